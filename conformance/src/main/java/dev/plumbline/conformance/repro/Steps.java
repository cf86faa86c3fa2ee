package dev.plumbline.conformance.repro;

import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Outbound;
import dev.plumbline.conformance.wire.Recording;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The exchanges of a recording as steps that can be taken again, and left out. */
final class Steps {
  /** What a conversation says by itself when the target asks it something. */
  private static final String ANSWER = "answer";

  /** What a WebSocket's opening is recorded as; a conversation makes it by itself. */
  private static final String UPGRADE = "upgrade";

  private Steps() {}

  /**
   * One step.
   *
   * @param exchange what was sent and came back
   * @param conversation the number of the conversation it belongs to
   */
  record Step(Exchange exchange, int conversation) {
    /** Whether a conversation takes this step by itself. */
    boolean isByItself() {
      String label = exchange.label();
      if (label.equals(UPGRADE) || label.startsWith(UPGRADE + "-")) {
        return exchange.sent() instanceof Outbound.HttpRequest request
            && request.method().equals("GET");
      }
      return (label.equals(ANSWER) || label.startsWith(ANSWER + "-"))
          && exchange.sentMessage().filter(Messages::isResponse).isPresent();
    }
  }

  /** All steps, in the order in which they were begun. */
  static List<Step> inOrder(Recording recording) {
    List<Integer> numbers = recording.conversations();
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < recording.count(); i++) {
      steps.add(new Step(recording.exchanges().get(i), numbers.get(i)));
    }
    steps.sort(Comparator.comparingLong(step -> step.exchange().sentNanos()));
    return steps;
  }

  /** The recording with these steps only, in the order it had. */
  static Recording only(Recording recording, List<Step> kept) {
    List<Exchange> exchanges = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    List<Integer> all = recording.conversations();
    for (int i = 0; i < recording.count(); i++) {
      Exchange exchange = recording.exchanges().get(i);
      if (kept.stream().anyMatch(step -> step.exchange().label().equals(exchange.label()))) {
        exchanges.add(exchange);
        numbers.add(all.get(i));
      }
    }
    Map<String, String> facts = new HashMap<>(recording.facts());
    facts.remove(Recording.CONVERSATIONS);
    if (new TreeSet<>(numbers).size() > 1) {
      facts.put(
          Recording.CONVERSATIONS,
          numbers.stream().map(String::valueOf).collect(Collectors.joining(",")));
    }
    return new Recording(recording.id(), recording.era(), recording.transport(), exchanges, facts);
  }
}
