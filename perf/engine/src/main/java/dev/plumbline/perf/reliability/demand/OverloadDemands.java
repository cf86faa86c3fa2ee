package dev.plumbline.perf.reliability.demand;

import dev.plumbline.evidence.model.Measurement.Relation;
import dev.plumbline.perf.reliability.raw.Part;
import java.util.List;

/** What is demanded while a server gets twice what it can serve; the same of every tool. */
final class OverloadDemands {
  private static final String ISSUE = "reliability.txt";
  private static final String C1 = "decisions.md#C1";
  private static final String C3 = "decisions.md#C3";
  private static final String C4 = "decisions.md#C4";
  private static final String C6 = "decisions.md#C6";
  private static final String C19 = "decisions.md#C19";

  private static final String STARVED =
      "GET /control tells what starved whom: look at interference, threads and collector pauses";

  private static final String PEAK =
      "look at the latency over time: a peak is a pause, a slope is a queue";

  private final Part part;
  private final int first;

  private OverloadDemands(Part part, int first) {
    this.part = part;
    this.first = first;
  }

  static List<Demand> of(Part part, int first) {
    return new OverloadDemands(part, first).all();
  }

  /** What is demanded at 0.8 of the capacity (C2, C3, C4). */
  static List<Demand> sustained(Part part, int first) {
    OverloadDemands demands = new OverloadDemands(part, first);
    return List.of(
        demands.latency(1, "p50", 1),
        demands.latency(2, "p95", 5),
        demands.latency(3, "p99", 10),
        demands.latency(4, "p999", 50),
        new Demand(
            demands.id(5),
            part,
            "At 0.8 of the capacity 99.99 % of the requests succeed",
            "sustained success",
            Relation.AT_LEAST,
            0.9999,
            C4,
            List.of("sustained rate", "sustained failures, 95 % upper bound"),
            PEAK));
  }

  private Demand latency(int number, String percentile, double millis) {
    return atMost(
            number,
            "At 0.8 of the capacity the latency " + percentile + " keeps its limit",
            SustainedFigures.ALONE_AT + percentile,
            millis,
            C3,
            PEAK)
        .with("sustained " + percentile, SustainedFigures.ALONE, "sustained rate");
  }

  private List<Demand> all() {
    return List.of(
        atMost(1, "Health is answered in time under overload", "health p99", 100, C1, STARVED)
            .with("health p50", "health p95", "health max"),
        atMost(2, "A drain is acknowledged in time under overload", "drain p99", 50, C1, STARVED)
            .with("drain p50", "drain p95", "drain max"),
        atMost(
                3,
                "A cancellation is acknowledged in time under overload",
                "cancel p99",
                10,
                C1,
                STARVED)
            .with("cancel p50", "cancel p95", "cancel max"),
        atMost(
            4,
            "Half of the control messages reach their handler within 1 ms",
            "dispatch p50",
            1,
            C1,
            STARVED),
        atMost(
            5,
            "95 % of the control messages reach their handler within 5 ms",
            "dispatch p95",
            5,
            C1,
            STARVED),
        atMost(
                6,
                "99 % of the control messages reach their handler within 10 ms",
                "dispatch p99",
                10,
                C1,
                STARVED)
            .with("control objectives violated"),
        atMost(7, "No control request is lost", "control requests lost", 0, ISSUE, STARVED)
            .with("control requests lost, 95 % upper bound"),
        atMost(
            8,
            "No queue is ever above its cap",
            "depth over cap, highest",
            1,
            C6,
            "queues.jsonl says which: a permit is to be taken before anything is queued"),
        atMost(
                9,
                "Whoever is not served is refused within 50 ms",
                OverloadFigures.REFUSAL_MAX,
                50,
                C19,
                "refusing must cost less than serving, and must not wait behind what is served")
            .with("refusal p50", "refusal p99", "refusal p999", "refusal max", "refused"),
        atMost(
                10,
                "Whoever is not served gets 429, a time to wait and an error with the id",
                "wrong answers",
                0,
                C19,
                "overload.json holds the first of them in words")
            .with("refused"),
        atMost(
                11,
                "No request times out, closed connections and missing ones included",
                "timeouts",
                0,
                ISSUE,
                "what cannot be served in time must be refused, not queued")
            .with("answer p50", "answer p99", "answer max"),
        new Demand(
            id(12),
            part,
            "Goodput under overload stays at 90 % of the capacity",
            "goodput over capacity",
            Relation.AT_LEAST,
            0.9,
            ISSUE,
            List.of(
                "capacity",
                "offered",
                "offered over capacity",
                "goodput",
                "answered",
                "refused",
                OverloadFigures.SENT),
            "work that is begun and not finished, and dear refusals, take from what is served"),
        atMost(
                13,
                "The heap stays flat",
                "live heap growth",
                10,
                ISSUE,
                "compare class histograms before and after: something is kept for every request")
            .with("live heap before", "live heap after"),
        atMost(
                14,
                "Everything is back to normal within 5 s",
                "back to normal",
                5,
                ISSUE,
                "overload.json holds the calls after the load, queues.jsonl the queues and health")
            .with("call p99 before"),
        atMost(15, "The server does not end", "server ended", 0, ISSUE, "see its standard error"));
  }

  private Demand atMost(
      int number, String title, String figure, double limit, String source, String fix) {
    return new Demand(
        id(number), part, title, figure, Relation.AT_MOST, limit, source, List.of(), fix);
  }

  private String id(int number) {
    return "RC-" + (first + number);
  }
}
