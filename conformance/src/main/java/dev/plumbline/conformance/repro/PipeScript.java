package dev.plumbline.conformance.repro;

import dev.plumbline.conformance.wire.Outbound;
import dev.plumbline.evidence.model.Transport;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A replay over the standard streams of a process with two pipes. */
final class PipeScript {
  /** What the start of a process may take beside its answers. */
  private static final long START_SECONDS = 10;

  private final Story story;

  private PipeScript(Story story) {
    this.story = story;
  }

  static String of(Reproducer reproducer, Story story) {
    PipeScript script = new PipeScript(story);
    StringBuilder text = new StringBuilder(script.where(reproducer));
    text.append(FUNCTIONS);
    int conversation = -1;
    for (int i = 0; i < story.parts().size(); i++) {
      Story.Part part = story.parts().get(i);
      if (part.conversation() != conversation) {
        text.append(conversation < 0 ? "" : "end\n");
        text.append("begin \"$@\"\n");
        conversation = part.conversation();
      }
      text.append(script.part(i));
    }
    text.append("end\n").append(script.fails());
    return text.append(ShellScript.conclusion(reproducer, story)).toString();
  }

  private String where(Reproducer reproducer) {
    StringBuilder own = new StringBuilder();
    if (story.transport() == Transport.TCP) {
      own.append(" curl -q -sS -N \"telnet://${MCP_ADDRESS:?name it as HOST:PORT}\"");
    } else if (story.isBundled()) {
      own.append(" \"$plumbline\"");
      story.serveWords().forEach(word -> own.append(' ').append(Shell.word(word)));
    } else {
      reproducer.start().command().forEach(word -> own.append(' ').append(Shell.word(word)));
    }
    return """
        # Usage: sh FILE [SERVER-COMMAND ARGS...]
        if [ $# -eq 0 ]; then set --%s; fi
        command -v "$1" >/dev/null 2>&1 || {
          echo "cannot find $1; name the command that starts the server" >&2
          exit 4
        }
        limit=%d
        work=$(mktemp -d) || exit 4
        child=
        guard=
        tidy() {
          [ -z "$guard" ] || kill "$guard" 2>/dev/null
          [ -z "$child" ] || kill "$child" 2>/dev/null
          rm -rf "$work"
        }
        trap tidy EXIT
        trap 'exit 4' HUP INT TERM
        """
        .formatted(own, limit());
  }

  private long limit() {
    long sum = START_SECONDS;
    for (Story.Part part : story.parts()) {
      // A request that was never answered is waited for only when its silence tells.
      sum += part.timedOut() ? part.seconds() : 1;
    }
    return sum;
  }

  private static final String FUNCTIONS =
      """
      begin() { # the server's command
        rm -f "$work/in" "$work/out"
        mkfifo "$work/in" "$work/out" || exit 4
        "$@" <"$work/in" >"$work/out" 2>>"$work/err" &
        child=$!
        exec 3>"$work/in" 4<"$work/out"
        (
          trap 'kill "$nap" 2>/dev/null; exit 0' TERM
          sleep "$limit" &
          nap=$!
          wait "$nap"
          : >"$work/late"
          kill "$child" 2>/dev/null
          sleep 2
          kill -9 "$child" 2>/dev/null
        ) 3>&- 4<&- >/dev/null 2>&1 &
        guard=$!
      }
      end() {
        exec 3>&-
        kill "$guard" 2>/dev/null
        wait "$guard" 2>/dev/null
        kill "$child" 2>/dev/null
        wait "$child" 2>/dev/null
        exec 4<&-
        guard=
        child=
      }
      say() { # number
        : >"$work/$1.body"
        cat "$work/$1.send" >&3 2>/dev/null
      }
      hear() { # number, what a line must match to end the waiting
        while IFS= read -r line <&4 || [ -n "$line" ]; do
          printf '%s\\n' "$line" >>"$work/$1.body"
          if printf '%s\\n' "$line" | grep -q '"method"'; then continue; fi
          if printf '%s\\n' "$line" | grep -Eq -e "$2"; then return 0; fi
        done
        if [ -f "$work/late" ]; then echo late >"$work/$1.end"; else echo closed >"$work/$1.end"; fi
      }
      member() { # number, name, which: a string in the answer, as JSON writes it
        grep -oE "\\"$2\\"[[:space:]]*:[[:space:]]*\\"([^\\"\\\\]|\\\\\\\\.)*\\"" "$work/$1.body" |
          sed -n "$3p" | sed -E 's/^[^:]*:[[:space:]]*"//; s/"$//'
      }
      """;

  private String part(int number) {
    Story.Part part = story.parts().get(number);
    StringBuilder text = new StringBuilder();
    text.append('\n').append(Shell.comment(part.exchange().label())).append('\n');
    boolean line = part.exchange().sent() instanceof Outbound.Line;
    String send = "\"$work/" + number + ".send\"";
    text.append("{ ").append(Shell.print(part.body()));
    text.append(line ? "; echo" : "").append("; } >").append(send).append('\n');
    if (part.exchange().sent() instanceof Outbound.Listening) {
      text.append(": >\"$work/").append(number).append(".body\"\n");
      text.append("exec 3>&-\nhear ").append(number).append(" 'nothing ends the waiting'\n");
      return text.toString();
    }
    text.append("say ").append(number).append('\n');
    boolean tells = number == story.telling();
    if (!part.isNotification() && (tells || !part.timedOut())) {
      text.append("hear ").append(number).append(' ').append(Shell.quoted(awaited(part)));
      text.append('\n');
    }
    for (int kept : part.kept()) {
      Carried carried = story.carried().get(kept);
      text.append(
          "kept%d=$(member %d %s %d)\n"
              .formatted(kept, number, Shell.word(carried.name()), carried.index() + 1));
    }
    return text.toString();
  }

  private static String awaited(Story.Part part) {
    Optional<JsonNode> id = part.awaited().filter(node -> !node.isNull());
    return id.map(
            node -> "\"id\"[[:space:]]*:[[:space:]]*" + literal(node.toString()) + "[],}[:space:]]")
        .orElse("\"(result|error)\"");
  }

  private static String literal(String text) {
    return new Sign.Piece(Sign.Piece.Kind.LITERAL, text).expression();
  }

  private String fails() {
    Sign sign = story.sign();
    int number = story.telling();
    StringBuilder text = new StringBuilder("\nfails() {\n");
    if (!story.parts().get(number).isNotification()) {
      text.append(
          switch (sign.end()) {
            case COMPLETE -> "  [ ! -f \"$work/%d.end\" ] || return 1\n".formatted(number);
            case TIMED_OUT -> "  [ -f \"$work/late\" ] || return 1\n";
            case CLOSED, CONNECT_FAILED, MALFORMED ->
                "  [ -f \"$work/%d.end\" ] || return 1\n".formatted(number);
          });
    }
    text.append(
        """
          tr -d '\\r' <"$work/%d.body" | tr '\\n' ' ' >"$work/line"
        """
            .formatted(number));
    return text.append(compare(sign, false)).append("}\n").toString();
  }

  /** Compares the file {@code line} with what was recorded. */
  static String compare(Sign sign, boolean whole) {
    List<Sign.Piece> pieces = sign.pieces();
    String expression = sign.expression().strip();
    if (pieces.isEmpty() && !whole) {
      return "  return 0\n";
    }
    if (pieces.isEmpty()) {
      return "  [ ! -s \"$work/line\" ]\n";
    }
    String all = whole ? "^" + expression + " *$" : expression;
    return "  grep -Eq -e " + Shell.quoted(all) + " \"$work/line\"\n";
  }
}
