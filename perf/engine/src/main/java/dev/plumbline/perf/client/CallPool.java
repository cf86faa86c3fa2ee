package dev.plumbline.perf.client;

import dev.plumbline.conformance.probe.EraProbe;
import dev.plumbline.conformance.target.Target;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Recorder;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import dev.plumbline.evidence.model.Transport;
import dev.plumbline.perf.load.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Open conversations that all make the same call, which was seen to be answered rightly. */
public final class CallPool implements AutoCloseable {
  /** So many calls without load tell how long one takes. */
  static final int TRIALS = 5;

  private static final double NANOS_PER_MILLI = 1e6;

  private final Call call;
  private final String sample;
  private final double trialMillis;
  private final List<CallClient> clients;

  private CallPool(Call call, String sample, double trialMillis, List<CallClient> clients) {
    this.call = call;
    this.sample = sample;
    this.trialMillis = trialMillis;
    this.clients = clients;
  }

  /**
   * Opens up to {@code connections} conversations, after the first candidate that is answered
   * rightly was found. Over stdio there is one: each further one would be another process.
   *
   * @param deadline how long each call may take
   * @throws TargetException when no conversation can be opened or nothing is answered rightly
   *     without load; one line
   */
  public static CallPool open(
      Target target, EraProbe probe, int connections, Duration deadline, Ticker ticker)
      throws TargetException, HarnessException, InterruptedException {
    List<CallClient> clients = new ArrayList<>();
    Conversation first = conversation(target, probe, deadline);
    try {
      Trial trial = trial(first, probe);
      clients.add(new CallClient(first, trial.call(), ticker));
      int wanted = probe.transport() == Transport.STDIO ? 1 : connections;
      while (clients.size() < wanted) {
        try {
          Conversation more = conversation(target, probe, deadline);
          clients.add(new CallClient(more, trial.call(), ticker));
        } catch (TargetException e) {
          break; // A target may allow fewer sessions: load goes over as many as it gives.
        }
      }
      return new CallPool(trial.call(), trial.sample(), trial.millis(), List.copyOf(clients));
    } catch (TargetException | HarnessException | InterruptedException | RuntimeException e) {
      first.close();
      clients.forEach(CallClient::close);
      throw e;
    }
  }

  private static Conversation conversation(Target target, EraProbe probe, Duration deadline)
      throws TargetException, HarnessException, InterruptedException {
    Conversation conversation =
        target.converse(probe.era(), probe.transport(), Recorder.forgetting());
    try {
      conversation.deadline(deadline);
      conversation.open();
      return conversation;
    } catch (TargetException | HarnessException | InterruptedException | RuntimeException e) {
      conversation.close();
      throw e;
    }
  }

  private record Trial(Call call, String sample, double millis) {}

  private static Trial trial(Conversation conversation, EraProbe probe)
      throws TargetException, HarnessException, InterruptedException {
    List<String> tried = new ArrayList<>();
    for (Call call : Call.candidates(probe)) {
      long[] nanos = new long[TRIALS];
      String sample = "";
      int right = 0;
      for (int i = 0; i < TRIALS; i++) {
        Exchange exchange =
            conversation.send("trial", conversation.draft(call.method(), call.params().deepCopy()));
        nanos[i] = exchange.endNanos() - exchange.sentNanos();
        sample = exchange.sentText();
        if (!call.outcome(exchange).isOk()) {
          tried.add(call.words() + ": " + call.outcome(exchange).meaning());
          break;
        }
        right++;
      }
      if (right == TRIALS) {
        Arrays.sort(nanos);
        return new Trial(call, sample, nanos[TRIALS / 2] / NANOS_PER_MILLI);
      }
    }
    throw new TargetException("nothing is answered rightly without load: " + tried);
  }

  /** The call all clients make. */
  public Call call() {
    return call;
  }

  /** The request as text, without credentials. */
  public String sample() {
    return sample;
  }

  /** How long one call took without load: the median of a few. */
  public double trialMillis() {
    return trialMillis;
  }

  /** The clients, at least one. */
  public List<CallClient> clients() {
    return clients;
  }

  @Override
  public void close() {
    clients.forEach(CallClient::close);
  }
}
