package dev.plumbline.chaos.experiment;

import dev.plumbline.chaos.journal.Entry.Sample;
import dev.plumbline.chaos.journal.Lane;
import dev.plumbline.chaos.journal.Outcome;
import dev.plumbline.conformance.target.Target;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Recorder;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import dev.plumbline.evidence.model.Transport;
import java.time.Duration;
import java.util.Optional;

/**
 * An MCP client of one lane: asks the one lawful, read-only question of the experiment again and
 * again, and notes what becomes of each. It dials again when its connection is gone, and keeps its
 * session as long as the target knows it. For one thread at a time.
 */
public final class Client implements AutoCloseable {
  private static final int HTTP_NOT_FOUND = 404;

  private final Bench bench;
  private final Target target;
  private final Lane lane;
  private Conversation conversation;
  private Optional<String> firstSession = Optional.empty();

  private Client(Bench bench, Target target, Lane lane, Conversation conversation) {
    this.bench = bench;
    this.target = target;
    this.lane = lane;
    this.conversation = conversation;
  }

  /**
   * A client with its session, where the era has one.
   *
   * @throws TargetException when the target does not take it
   */
  static Client open(Bench bench, Target target, Lane lane)
      throws TargetException, HarnessException, InterruptedException {
    Conversation conversation = converse(bench, target);
    Client client = new Client(bench, target, lane, conversation);
    try {
      conversation.deadline(bench.patience());
      conversation.open();
      client.firstSession = conversation.session();
      return client;
    } catch (TargetException | HarnessException | InterruptedException | RuntimeException e) {
      conversation.close();
      throw e;
    }
  }

  private static Conversation converse(Bench bench, Target target)
      throws TargetException, HarnessException {
    return target.converse(bench.era(), Transport.HTTP, Recorder.forgetting());
  }

  /** Asks once without counting it, to have a connection. */
  void warmUp() throws HarnessException, InterruptedException {
    ask(Lane.WARM_UP, System.nanoTime(), 0, 0);
  }

  /** Asks once, meaning to start now. */
  public Sample ask() throws HarnessException, InterruptedException {
    return ask(System.nanoTime(), 0, 0);
  }

  /**
   * Asks once.
   *
   * @param intended when it is meant to start, {@link System#nanoTime()}
   * @param attempt 0 for a first try, n for the nth repetition
   * @param injectedMs the delay the fault is set to for this request
   */
  public Sample ask(long intended, int attempt, double injectedMs)
      throws HarnessException, InterruptedException {
    return ask(lane, intended, attempt, injectedMs);
  }

  private Sample ask(Lane on, long intended, int attempt, double injectedMs)
      throws HarnessException, InterruptedException {
    String fault = bench.fault();
    var phase = bench.phase();
    Duration deadline = bench.deadline();
    Exchange seen =
        conversation.send(bench.method(), conversation.draft(bench.method()).deadline(deadline));
    long ended = System.nanoTime();
    Sample sample =
        new Sample(
            bench.at(intended),
            bench.span(ended - intended),
            on,
            phase,
            outcome(seen, Duration.ofNanos(ended - intended), deadline),
            fault,
            attempt,
            deadline.toMillis(),
            injectedMs,
            session());
    bench.note(sample);
    return sample;
  }

  private String session() {
    Optional<String> now = conversation.session();
    if (now.isEmpty()) {
      return "none";
    }
    return now.equals(firstSession) ? "kept" : "renewed";
  }

  private Outcome outcome(Exchange seen, Duration took, Duration deadline) {
    return switch (seen.end()) {
      case COMPLETE -> {
        if (seen.accepted()) {
          yield Outcome.OK;
        }
        boolean lost =
            seen.status().orElse(0) == HTTP_NOT_FOUND
                && bench.era() == Era.HANDSHAKE
                && conversation.session().isPresent();
        yield lost ? Outcome.SESSION_LOST : Outcome.REFUSED;
      }
      case TIMED_OUT -> Outcome.TIMEOUT;
      case CLOSED -> Outcome.CLOSED;
      // With TLS a stall already hits the handshake, and then it is the deadline that ends it.
      case CONNECT_FAILED ->
          took.compareTo(deadline.multipliedBy(9).dividedBy(10)) >= 0
              ? Outcome.TIMEOUT
              : Outcome.CONNECT_FAILED;
      case MALFORMED -> Outcome.MALFORMED;
    };
  }

  /**
   * Initializes anew, as a client must when the target no longer knows its session (2025-11-25
   * basic/transports#session-management).
   *
   * @throws TargetException when the target does not take it
   */
  public void renew() throws TargetException, HarnessException, InterruptedException {
    conversation.close();
    conversation = converse(bench, target);
    conversation.deadline(bench.patience());
    conversation.open();
  }

  @Override
  public void close() {
    conversation.close();
  }
}
