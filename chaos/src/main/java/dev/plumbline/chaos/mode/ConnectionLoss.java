package dev.plumbline.chaos.mode;

import dev.plumbline.chaos.experiment.Background;
import dev.plumbline.chaos.experiment.Bench;
import dev.plumbline.chaos.experiment.Client;
import dev.plumbline.chaos.experiment.FaultPlan;
import dev.plumbline.chaos.experiment.FaultPlan.Proof;
import dev.plumbline.chaos.experiment.Retries;
import dev.plumbline.chaos.experiment.Way;
import dev.plumbline.chaos.journal.Entry;
import dev.plumbline.chaos.journal.Entry.Sample;
import dev.plumbline.chaos.journal.Lane;
import dev.plumbline.chaos.journal.Outcome;
import dev.plumbline.chaos.journal.Phase;
import dev.plumbline.chaos.journal.Story;
import dev.plumbline.chaos.proxy.FaultLink.Injection;
import dev.plumbline.chaos.toxic.Direction;
import dev.plumbline.chaos.toxic.Toxic;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Measurement;
import dev.plumbline.evidence.model.Profile;
import dev.plumbline.evidence.model.TargetException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * FM-25: connections are reset again and again. Each loss comes at a random moment of the seed and
 * lasts a random time; an answer on its way is lost with its connection. The client reconnects by
 * itself, its waits drawn with full jitter, and goes on in its session or begins a new one.
 */
final class ConnectionLoss {
  private static final int QUICK_LOSSES = 2;
  private static final int LOSSES = 6;
  private static final long CALM_MIN_MS = 200;
  private static final long CALM_MAX_MS = 600;
  private static final long LOSS_MIN_MS = 500;
  private static final long LOSS_MAX_MS = 1_000;
  private static final int MIN_ATTEMPTS = 2;
  private static final String LABEL = "connections reset";

  /** A reset that comes this long after the first byte of an answer. */
  private static final long RESET_AFTER_MS = 5;

  private static final FaultPlan RESET =
      new FaultPlan(
          LABEL,
          List.of(new Injection(Direction.DOWNSTREAM, new Toxic.ResetPeer(RESET_AFTER_MS))),
          Proof.RESETS,
          1);

  static final FailureMode MODE =
      new FailureMode(
          "FM-25",
          "After repeated loss of its connection a client is served again, in its session or a new"
              + " one, and nothing of the lost connections stays behind",
          "fmea#FM-25",
          new Scores(8, 4, 6),
          List.of(RESET),
          new FailureMode.SteadyState(5, Duration.ofSeconds(10)),
          new FailureMode.Limits(Duration.ofSeconds(1), Duration.ofSeconds(5)),
          "#8e6c8a",
          Era.HANDSHAKE,
          ConnectionLoss::run,
          ConnectionLoss::assess);

  private ConnectionLoss() {}

  private static void run(FailureMode mode, Bench bench)
      throws TargetException, HarnessException, InterruptedException {
    Map<String, Double> before = bench.health();
    Way way = bench.way();
    Client direct = bench.direct();
    Client client = bench.through(way, Lane.PROXIED);
    if (!bench.steady(mode.steady().within(), direct, client)) {
      return;
    }
    int losses = bench.setup().profile() == Profile.QUICK ? QUICK_LOSSES : LOSSES;
    try (Background others = bench.background(direct, bench.setup().pace())) {
      for (int loss = 1; loss <= losses; loss++) {
        calm(bench, client);
        FaultPlan plan =
            new FaultPlan(LABEL + " #" + loss, RESET.toxics(), RESET.proof(), RESET.atLeast());
        Retries retries = new Retries(bench, client, plan.label());
        bench.during(
            plan,
            List.of(way),
            () -> {
              long end =
                  System.nanoTime()
                      + TimeUnit.MILLISECONDS.toNanos(
                          bench.random().nextLong(LOSS_MIN_MS, LOSS_MAX_MS));
              while (System.nanoTime() < end || retries.attempts() < MIN_ATTEMPTS) {
                retries.next();
              }
            });
        retries.untilOk(bench.longestRecovery());
      }
    }
    bench.fresh(way);
    direct.ask();
    bench.endClients();
    bench.drained(before);
  }

  private static void calm(Bench bench, Client client)
      throws HarnessException, InterruptedException {
    long end =
        System.nanoTime()
            + TimeUnit.MILLISECONDS.toNanos(bench.random().nextLong(CALM_MIN_MS, CALM_MAX_MS));
    while (System.nanoTime() < end) {
      client.ask();
      bench.pauseUntil(System.nanoTime() + bench.setup().pace().toNanos());
    }
  }

  private static void assess(Story story, Conclusion conclusion) {
    List<Entry.Fault> faults = story.all(Entry.Fault.class);
    for (Entry.Fault fault : faults) {
      if (story.samples(Lane.PROXIED, fault).stream().anyMatch(Sample::ok)) {
        conclusion.harnessFault("a request was answered while connections were reset");
      }
      Common.others(story, fault, conclusion);
    }
    Common.detection(
        story, conclusion, faults.stream().map(fault -> noticed(story, fault)).toList());
    Common.recovery(story, conclusion, Common.recoveries(story));
    sessions(story, conclusion);
  }

  private static Optional<Double> noticed(Story story, Entry.Fault fault) {
    return story.samples(Lane.PROXIED, fault).stream()
        .filter(
            sample ->
                sample.outcome() == Outcome.CLOSED || sample.outcome() == Outcome.CONNECT_FAILED)
        .findFirst()
        .map(sample -> sample.doneMs() - fault.startMs());
  }

  private static void sessions(Story story, Conclusion conclusion) {
    List<Sample> after = story.samples(Lane.PROXIED, Phase.AFTER);
    conclusion.measured(
        Measurement.of(
            "results in the old session after a loss",
            (double) after.stream().filter(s -> s.ok() && s.session().equals("kept")).count(),
            "1",
            after.size()));
    long refused = after.stream().filter(s -> s.outcome() == Outcome.REFUSED).count();
    if (refused > 0) {
      conclusion.broken(
          "a client that comes back after a loss is refused",
          "a result in the old session, or HTTP 404 and a new session by initialize",
          refused + " of " + after.size() + " requests after the losses were refused",
          "keep the session when a connection is lost, or answer 404 so that the client begins anew");
    }
  }
}
