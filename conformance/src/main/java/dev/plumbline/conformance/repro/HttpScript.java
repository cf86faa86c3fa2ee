package dev.plumbline.conformance.repro;

import dev.plumbline.conformance.wire.End;
import dev.plumbline.conformance.wire.Inbound;
import dev.plumbline.conformance.wire.Outbound;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A replay over HTTP with curl. */
final class HttpScript {
  /** What curl would add by itself when it was not sent. */
  private static final List<String> OWN = List.of("Accept", "Content-Type", "User-Agent", "Host");

  private static final Pattern TEMPLATE =
      Pattern.compile("([^:]+):\\s*((?:[A-Za-z]+\\s+)?)\\$\\{([A-Za-z_][A-Za-z0-9_]*)}\\s*");

  private final Reproducer reproducer;
  private final Story story;

  private HttpScript(Reproducer reproducer, Story story) {
    this.reproducer = reproducer;
    this.story = story;
  }

  static String of(Reproducer reproducer, Story story) {
    HttpScript script = new HttpScript(reproducer, story);
    StringBuilder text = new StringBuilder(script.where());
    text.append(script.secrets());
    text.append(FUNCTIONS);
    for (int i = 0; i < story.parts().size(); i++) {
      text.append(script.part(i));
    }
    text.append(script.fails());
    return text.append(ShellScript.conclusion(reproducer, story)).toString();
  }

  private String where() {
    String known = story.url().map(Shell::quoted).orElse("");
    String begin =
        """
        # Usage: sh FILE [URL]
        url=${1:-${MCP_URL:-%s}}
        work=$(mktemp -d) || exit 4
        server=
        tidy() {
          [ -z "$server" ] || kill "$server" 2>/dev/null
          rm -rf "$work"
        }
        trap tidy EXIT
        trap 'exit 4' HUP INT TERM
        """
            .formatted(known);
    if (!story.isBundled()) {
      return begin
          + """
          if [ -z "$url" ]; then
            echo "name the endpoint: sh $0 URL" >&2
            exit 2
          fi
          """
          + ORIGIN;
    }
    StringBuilder words = new StringBuilder();
    story.serveWords().forEach(word -> words.append(' ').append(Shell.word(word)));
    return begin
        + """
        if [ -z "$url" ]; then
          "$plumbline"%s >"$work/server.out" 2>"$work/server.err" &
          server=$!
          tries=0
          until url=$(sed -n 's/^listening //p' "$work/server.out" | head -n 1); [ -n "$url" ]; do
            tries=$((tries + 1))
            if [ "$tries" -gt 100 ] || ! kill -0 "$server" 2>/dev/null; then
              echo "the bundled server did not start; set PLUMBLINE to the program of that name" >&2
              exit 4
            fi
            sleep 0.2
          done
        fi
        """
            .formatted(words)
        + ORIGIN;
  }

  private static final String ORIGIN =
      """
      rest=${url#*://}
      origin=${url%%://*}://${rest%%/*}
      """;

  private static final String FUNCTIONS =
      """
      ask() { # number, seconds, where; the rest are words for curl
        n=$1
        limit=$2
        where=$3
        shift 3
        curl -q -sS --http1.1 -g --path-as-is -N --max-time "$limit" -D "$work/$n.head" \\
          -o "$work/$n.body" "$@" "$where" 2>"$work/$n.err"
        ended=$?
        touch "$work/$n.head" "$work/$n.body"
        echo "$ended" >"$work/$n.end"
      }
      reached() { # number
        case $(cat "$work/$1.end") in
          6 | 7 | 35)
            cat "$work/$1.err" >&2
            exit 4
            ;;
        esac
      }
      header() { # number, name, which: the value of a header of the answer
        tr -d '\\r' <"$work/$1.head" | grep -i "^$2:" | sed 's/^[^:]*:[[:space:]]*//' | sed -n "$3p"
      }
      member() { # number, name, which: a string in the answer, as JSON writes it
        grep -oE "\\"$2\\"[[:space:]]*:[[:space:]]*\\"([^\\"\\\\]|\\\\\\\\.)*\\"" "$work/$1.body" |
          sed -n "$3p" | sed -E 's/^[^:]*:[[:space:]]*"//; s/"$//'
      }
      event() { # number, name, which: the id of an event of the answer
        tr -d '\\r' <"$work/$1.body" | sed -n 's/^id: *//p' | sed -n "$3p"
      }
      """;

  /** Credentials are asked from the environment. */
  private String secrets() {
    StringBuilder checks = new StringBuilder();
    for (String template : reproducer.start().headers()) {
      Matcher matcher = TEMPLATE.matcher(template);
      if (matcher.matches()) {
        checks.append(
            """
            if [ -z "${%1$s:-}" ]; then
              echo 'set %1$s to what the header %2$s needs' >&2
              exit 2
            fi
            """
                .formatted(matcher.group(3), matcher.group(1).replaceAll("[^A-Za-z0-9-]", "")));
      }
    }
    return checks.toString();
  }

  private String secret(String name) {
    for (String template : reproducer.start().headers()) {
      Matcher matcher = TEMPLATE.matcher(template);
      if (matcher.matches() && matcher.group(1).equalsIgnoreCase(name)) {
        return Shell.quoted(name + ": " + matcher.group(2)) + "\"$" + matcher.group(3) + "\"";
      }
    }
    return Shell.quoted(name + ":");
  }

  private String part(int number) {
    Story.Part part = story.parts().get(number);
    StringBuilder text = new StringBuilder();
    text.append('\n').append(Shell.comment(part.exchange().label())).append('\n');
    String send = "\"$work/" + number + ".send\"";
    text.append("{ ").append(Shell.print(part.body())).append("; } >").append(send).append('\n');
    if (part.exchange().sent() instanceof Outbound.HttpRequest request) {
      text.append("ask ").append(number).append(' ').append(part.seconds()).append(' ');
      text.append(
          story.otherTarget(part).map(t -> "\"$origin\"" + Shell.quoted(t)).orElse("\"$url\""));
      text.append(request.method().equals("HEAD") ? " -I" : " -X " + Shell.word(request.method()));
      headers(part, text);
      if (!part.body().isEmpty() && request.body().size() > 0) {
        text.append(" \\\n  --data-binary @").append(send);
      }
      text.append('\n');
    } else {
      // Bytes that are no request of curl's: written to the connection as they are.
      text.append("ask ").append(number).append(' ').append(part.seconds());
      text.append(" \"telnet://${origin#*://}\" <").append(send).append('\n');
      text.append("cp \"$work/").append(number).append(".body\" \"$work/");
      text.append(number).append(".head\"\n");
    }
    if (part.exchange().end() != End.CONNECT_FAILED) {
      text.append("reached ").append(number).append('\n');
    }
    for (int kept : part.kept()) {
      text.append(kept(number, kept));
    }
    return text.toString();
  }

  private void headers(Story.Part part, StringBuilder text) {
    Set<String> named = new HashSet<>();
    for (Story.Field field : part.headers()) {
      named.add(field.name().toLowerCase(java.util.Locale.ROOT));
      text.append(" \\\n  -H ").append(field.secret() ? secret(field.name()) : Shell.header(field));
    }
    for (String own : OWN) {
      boolean sentHost =
          own.equals("Host")
              && part.exchange().sent() instanceof Outbound.HttpRequest request
              && request.headers().stream().anyMatch(h -> h.isNamed("Host"));
      if (!named.contains(own.toLowerCase(java.util.Locale.ROOT)) && !sentHost) {
        text.append(" \\\n  -H ").append(Shell.quoted(own + ":"));
      }
    }
    text.append(" -H 'Expect:'");
  }

  private String kept(int number, int variable) {
    Carried carried = story.carried().get(variable);
    String how =
        switch (carried.place()) {
          case HEADER -> "header";
          case MEMBER -> "member";
          case EVENT -> "event";
        };
    return "kept%d=$(%s %d %s %d)%n"
        .formatted(
            variable,
            how,
            number,
            carried.name().isEmpty() ? "id" : Shell.word(carried.name()),
            carried.index() + 1)
        .replace("\r\n", "\n");
  }

  private String fails() {
    Sign sign = story.sign();
    int number = story.telling();
    boolean stream =
        story.parts().get(number).exchange().received() instanceof Inbound.HttpResponse response
            && !response.events().isEmpty();
    StringBuilder text = new StringBuilder("\nfails() {\n");
    text.append("  ended=$(cat \"$work/%d.end\")\n".formatted(number));
    text.append(
        switch (sign.end()) {
          case COMPLETE -> "  case $ended in 0 | 18 | 28) ;; *) return 1 ;; esac\n";
          case TIMED_OUT -> "  [ \"$ended\" -eq 28 ] || return 1\n";
          case CLOSED -> "  case $ended in 18 | 52 | 55 | 56) ;; *) return 1 ;; esac\n";
          case CONNECT_FAILED -> "  [ \"$ended\" -eq 7 ] || return 1\n";
          case MALFORMED -> "  case $ended in 0 | 7 | 28) return 1 ;; esac\n";
        });
    if (sign.status() != null && sign.end() != End.MALFORMED) {
      text.append(
          """
            status=$(sed -n 's/^HTTP\\/[0-9.]* \\([0-9][0-9]*\\).*/\\1/p' "$work/%d.head" | tail -n 1)
            [ "$status" = %d ] || return 1
          """
              .formatted(number, sign.status()));
    }
    if (!sign.headers().isEmpty()) {
      text.append(names(number, sign.headers()));
    }
    text.append(
        """
          tr -d '\\r' <"$work/%d.body" | %str '\\n' ' ' >"$work/line"
        """
            .formatted(number, stream ? "sed -e '/^:/d' -e '/^$/d' | " : ""));
    return text.append(PipeScript.compare(sign, !stream)).append("}\n").toString();
  }

  private static String names(int number, List<String> headers) {
    return """
          names=$(tr -d '\\r' <"$work/%d.head" | sed -n 's/^\\([^: ]*\\):.*/\\1/p' | tr 'A-Z' 'a-z' |
            grep -vxE '%s' | sort -u | tr '\\n' ' ')
          [ "$names" = %s ] || return 1
        """
        .formatted(
            number, String.join("|", Sign.PASSING), Shell.quoted(String.join(" ", headers) + " "));
  }
}
