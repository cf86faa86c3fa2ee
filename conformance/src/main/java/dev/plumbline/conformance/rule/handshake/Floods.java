package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.Every;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells a flood from a lively server. The pages name no number, so only what no reader can follow
 * counts as a flood.
 */
final class Floods {
  /** More than this in a second is no limited rate. */
  static final int MAX_PER_SECOND = 1_000;

  private static final long SECOND_NANOS = 1_000_000_000L;

  private Floods() {}

  /** Judges how many of these messages came with each exchange, by the time it took. */
  static Verdict judge(
      Recording recording,
      Stream<Heard> messages,
      String what,
      String occasion,
      String expected,
      String fix) {
    Map<Exchange, List<Heard>> byExchange =
        messages.collect(Collectors.groupingBy(Heard::exchange));
    return Every.verdict(
        recording,
        byExchange.entrySet().stream(),
        "the target gave no occasion: " + occasion,
        entry -> {
          Exchange exchange = entry.getKey();
          long seconds = 1 + (exchange.endNanos() - exchange.sentNanos()) / SECOND_NANOS;
          long count = entry.getValue().size();
          return count <= MAX_PER_SECOND * seconds
              ? Optional.empty()
              : Optional.of(
                  new Every.Broken(
                      exchange,
                      "More than " + MAX_PER_SECOND + " " + what + " came in a second.",
                      expected,
                      count + " came within " + seconds + " s, with the answer to one request.",
                      fix));
        });
  }
}
