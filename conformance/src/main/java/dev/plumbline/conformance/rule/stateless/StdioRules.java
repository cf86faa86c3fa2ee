package dev.plumbline.conformance.rule.stateless;

import static dev.plumbline.conformance.rule.stateless.MessageRules.when;

import dev.plumbline.conformance.rule.Every;
import dev.plumbline.conformance.rule.Every.Subject;
import dev.plumbline.conformance.rule.MessageShapes;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Script;
import dev.plumbline.conformance.rule.Seen;
import dev.plumbline.conformance.rule.StdoutPurity;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Inbound;
import dev.plumbline.conformance.wire.Line;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rules of the page {@code 2026-07-28/basic/transports/stdio}, and others that stdio alone shows.
 */
public final class StdioRules {
  private static final Set<String> LISTS =
      Set.of("server/discover", "tools/list", "prompts/list", "resources/list");

  private static final Pattern CHALLENGE =
      Pattern.compile("(?i)www-authenticate|oauth|bearer|access token|authorization header");

  /** A message over more lines than this is not put together. */
  private static final int MAX_LINES = 50;

  private StdioRules() {}

  /** The page's rules. */
  public static List<Rule> rules() {
    return List.of(
        rule("TRAN-506", StdoutPurity.SCRIPT, StdoutPurity::judge),
        rule("TRAN-516", MessageShapes.SCRIPT, oneLine()),
        rule("BASE-532", MessageShapes.SCRIPT, noChallenge()));
  }

  private static Rule rule(String clause, Script script, Function<Recording, Verdict> judge) {
    return new Rule(clause, Probes.STDIO, Probes.STATELESS, script, judge);
  }

  private static Function<Recording, Verdict> oneLine() {
    return Every.of(StdioRules::lines, "nothing was written to standard output")
        .judge(
            s -> when(s.node().has("lines"), "stretches over several lines"),
            "Each message is one line: newlines stand between messages, never within.",
            "Write JSON without line breaks; within strings they are escaped.");
  }

  /** Every line that is a message, and lines that are one only together. */
  private static Stream<Subject> lines(Recording recording) {
    List<Subject> all = new ArrayList<>();
    for (Exchange exchange : recording.exchanges()) {
      if (exchange.received() instanceof Inbound.Lines received) {
        List<String> open = new ArrayList<>();
        for (Line line : received.lines()) {
          if (line.json().isPresent()) {
            open.clear();
            all.add(new Subject(exchange, "A message", line.json().get()));
          } else if (open.size() < MAX_LINES) {
            open.add(line.bytes().text());
            Messages.parse(String.join("\n", open))
                .filter(m -> m.has("jsonrpc"))
                .ifPresent(
                    m -> {
                      ObjectNode spread = Messages.object();
                      open.forEach(spread.putArray("lines")::add);
                      open.clear();
                      all.add(new Subject(exchange, "A message", spread));
                    });
          }
        }
      }
    }
    return all.stream();
  }

  private static Function<Recording, Verdict> noChallenge() {
    return Every.of(
            r -> Seen.responses(r).filter(s -> LISTS.contains(Seen.method(s.exchange()))),
            "nothing was answered")
        .judge(
            s ->
                when(
                    s.node().has("error")
                        && CHALLENGE.matcher(s.node().path("error").toString()).find(),
                    "is refused for want of a token"),
            "Over stdio nobody sends tokens: a server takes its credentials from the environment.",
            "Read credentials from environment variables when the process starts.");
  }
}
