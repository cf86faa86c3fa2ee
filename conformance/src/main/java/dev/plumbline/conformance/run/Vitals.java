package dev.plumbline.conformance.run;

import dev.plumbline.conformance.probe.EraProbe;
import dev.plumbline.conformance.target.Target;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.End;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Tells whether a target answers lawful requests at all, before anything is blamed on it. */
final class Vitals {
  /** How long a target that does not answer is given to come back. */
  private static final Duration RECOVERY = Duration.ofSeconds(2);

  private static final Duration PAUSE = Duration.ofMillis(200);

  private final Target target;
  private final Duration deadline;

  Vitals(Target target, Duration deadline) {
    this.target = target;
    this.deadline = deadline;
  }

  /** What the cheapest lawful conversation looked like, and what was wrong with it. */
  record Sign(Recording recording, Optional<String> trouble) {}

  /** Opens a conversation and asks the cheapest thing there is. */
  Sign take(EraProbe probe, String id)
      throws TargetException, HarnessException, InterruptedException {
    try (Conversation conversation = target.converse(probe.era(), probe.transport())) {
      conversation.ask(probe.revision());
      conversation.deadline(deadline);
      Optional<String> trouble;
      try {
        conversation.open();
        String method = probe.era() == Era.HANDSHAKE ? "ping" : "server/discover";
        Exchange exchange = conversation.send("lawful", conversation.draft(method));
        // An error is an answer: what is wrong with it is for rules to say.
        boolean answered = exchange.response().isPresent() || exchange.error().isPresent();
        trouble =
            answered ? Optional.empty() : Optional.of(method + " got no answer (" + told(exchange));
      } catch (TargetException e) {
        trouble = Optional.of(e.getMessage() == null ? "it does not open" : e.getMessage());
      }
      Map<String, String> facts = trouble.map(t -> Map.of(Recording.STOPPED, t)).orElse(Map.of());
      return new Sign(conversation.recording(id, facts), trouble);
    }
  }

  private static String told(Exchange exchange) {
    return (exchange.end() == End.COMPLETE
            ? "status " + exchange.status().orElse(0)
            : exchange.end().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '))
        + ")";
  }

  /** Why the target is lost; empty when it answers, possibly after a moment. */
  Optional<String> lost(EraProbe probe) throws HarnessException, InterruptedException {
    long until = System.nanoTime() + RECOVERY.toNanos();
    while (true) {
      Optional<String> trouble;
      try {
        trouble = take(probe, "vitals").trouble();
      } catch (TargetException e) {
        trouble = Optional.of(String.valueOf(e.getMessage()));
      }
      if (trouble.isEmpty() || System.nanoTime() >= until) {
        return trouble;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
      if (Thread.interrupted()) {
        throw new InterruptedException("stopped while waiting for the target");
      }
    }
  }
}
