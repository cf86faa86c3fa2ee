package dev.plumbline.conformance.rule;

import dev.plumbline.conformance.rule.Every.Subject;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Inbound;
import dev.plumbline.conformance.wire.Line;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** TRAN-010 and TRAN-516: a message on standard output is one line. */
public final class OneLine {
  /** A message over more lines than this is not put together. */
  private static final int MAX_LINES = 50;

  private OneLine() {}

  /** Judges every message. */
  public static Verdict judge(Recording recording) {
    return Every.of(OneLine::lines, "nothing was written to standard output")
        .judge(
            s ->
                s.node().has("lines")
                    ? Optional.of("stretches over several lines")
                    : Optional.empty(),
            "Each message is one line: newlines stand between messages, never within.",
            "Write JSON without line breaks; within strings they are escaped.")
        .apply(recording);
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
}
