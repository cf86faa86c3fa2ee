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

/**
 * FM-07: a connection stalls in the middle of a request. First only the answer is lost, so that the
 * target has done the work, then both directions. The client's deadline ends each attempt, waits
 * grow with full jitter, and meanwhile everybody else is served.
 */
final class TcpTimeout {
  /** How far the client's own deadline may be off, as a share of it. */
  private static final double DEADLINE_TOLERANCE = 0.10;

  private static final Injection STALL_ANSWERS =
      new Injection(Direction.DOWNSTREAM, new Toxic.Timeout(0));
  private static final Injection STALL_REQUESTS =
      new Injection(Direction.UPSTREAM, new Toxic.Timeout(0));

  static final FailureMode MODE =
      new FailureMode(
          "FM-07",
          "A stalled connection is given up at the deadline, holds up nobody else, and is replaced"
              + " once the stall is over",
          "fmea#FM-07",
          new Scores(6, 7, 4),
          List.of(
              new FaultPlan("answers stalled", List.of(STALL_ANSWERS), Proof.ANSWERS_SWALLOWED, 1),
              new FaultPlan(
                  "both directions stalled",
                  List.of(STALL_REQUESTS, STALL_ANSWERS),
                  Proof.REQUESTS_SWALLOWED,
                  1)),
          new FailureMode.SteadyState(5, Duration.ofSeconds(10)),
          new FailureMode.Limits(Duration.ofMillis(500), Duration.ofSeconds(5)),
          "#d1495b",
          Era.STATELESS,
          TcpTimeout::run,
          TcpTimeout::assess);

  private TcpTimeout() {}

  private static void run(FailureMode mode, Bench bench)
      throws TargetException, HarnessException, InterruptedException {
    Map<String, Double> before = bench.health();
    Way way = bench.way();
    Client direct = bench.direct();
    Client client = bench.through(way, Lane.PROXIED);
    if (!bench.steady(mode.steady().within(), direct, client)) {
      return;
    }
    int attempts = bench.setup().profile() == Profile.QUICK ? 2 : 4;
    try (Background others = bench.background(direct, bench.setup().pace())) {
      for (FaultPlan plan : mode.faults()) {
        Retries retries = new Retries(bench, client, plan.label());
        bench.during(
            plan,
            List.of(way),
            () -> {
              while (retries.attempts() < attempts) {
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

  private static void assess(Story story, Conclusion conclusion) {
    List<Entry.Fault> faults = story.all(Entry.Fault.class);
    double worst = 0;
    int timeouts = 0;
    for (Entry.Fault fault : faults) {
      for (Sample sample : story.samples(Lane.PROXIED, fault)) {
        if (sample.ok()) {
          conclusion.harnessFault("a request passed the stalled connection");
        } else if (sample.outcome() != Outcome.TIMEOUT) {
          conclusion.missing("a request through the stall ended early, as " + sample.outcome());
        } else {
          timeouts++;
          worst =
              Math.max(
                  worst, Math.abs(sample.latencyMs() - sample.deadlineMs()) / sample.deadlineMs());
        }
      }
      Common.others(story, fault, conclusion);
    }
    conclusion.measured(
        Measurement.atMost(
            "deadline off by",
            Statistics.rounded(worst * 100),
            "%",
            DEADLINE_TOLERANCE * 100,
            timeouts));
    if (worst > DEADLINE_TOLERANCE) {
      conclusion.harnessFault(
          "the client's deadline was off by "
              + Math.round(worst * 100)
              + " %: the machine is too busy");
    }
    Common.detection(
        story, conclusion, faults.stream().map(fault -> noticed(story, fault)).toList());
    Common.recovery(story, conclusion, Common.recoveries(story));
  }

  private static Optional<Double> noticed(Story story, Entry.Fault fault) {
    return story.samples(Lane.PROXIED, fault).stream()
        .filter(sample -> sample.outcome() == Outcome.TIMEOUT)
        .findFirst()
        .map(sample -> sample.doneMs() - fault.startMs());
  }
}
