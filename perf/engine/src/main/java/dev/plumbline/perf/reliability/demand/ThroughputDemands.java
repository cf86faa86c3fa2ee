package dev.plumbline.perf.reliability.demand;

import dev.plumbline.evidence.model.Measurement.Relation;
import dev.plumbline.perf.reliability.raw.Part;
import java.util.List;

/** What is demanded of messages of several sizes; how many there are a second is told beside. */
final class ThroughputDemands {
  private static final String ISSUE = "reliability.txt";
  private static final String C2 = "decisions.md#C2";
  private static final String C3 = "decisions.md#C3";
  private static final String C4 = "decisions.md#C4";

  private ThroughputDemands() {}

  static List<Demand> all() {
    return List.of(
        demand(
                191,
                "Every message is answered with the text it brought, whatever its size",
                ThroughputFigures.FAILED,
                Relation.AT_MOST,
                0,
                ISSUE,
                "throughput.json holds the first that were not in words")
            .with("messages a second of 64 B", "messages a second of 1 KiB"),
        demand(
                192,
                "Larger messages bring at least as many bytes a second as smaller ones",
                ThroughputFigures.GROWTH,
                Relation.AT_LEAST,
                1,
                C2,
                "look at what is copied, or waited for, when a message takes several reads")
            .with(
                "text a second of 64 B",
                "text a second of 1 KiB",
                "text a second of 4 KiB",
                "text a second of 64 KiB"),
        demand(
                193,
                "Messages of every size were measured",
                ThroughputFigures.FEWEST,
                Relation.AT_LEAST,
                1_000,
                C2,
                "the machine is too slow, or too busy, for what was asked of it")
            .with(
                "messages a second of 4 KiB",
                "messages a second of 64 KiB",
                ThroughputFigures.SHARE),
        demand(
                194,
                "At 0.8 of the capacity 99 % of the messages of 4 KiB are answered within 2 ms",
                SustainedFigures.ALONE_AT + "p99",
                Relation.AT_MOST,
                2,
                C3,
                "look at the latency over time: a peak is a pause, a slope is a queue")
            .with(
                SustainedFigures.ALONE_AT + "p50",
                SustainedFigures.ALONE_AT + "p999",
                "sustained p99",
                SustainedFigures.ALONE,
                "sustained rate",
                OverloadFigures.CAPACITY),
        demand(
                195,
                "At 0.8 of the capacity 99.99 % of the messages of 4 KiB succeed",
                "sustained success",
                Relation.AT_LEAST,
                0.9999,
                C4,
                "throughput.json holds the first failures in words")
            .with("sustained rate", "sustained failures, 95 % upper bound"),
        demand(
            196,
            "The server does not end",
            ThroughputFigures.ENDED,
            Relation.AT_MOST,
            0,
            ISSUE,
            "see its standard error"));
  }

  private static Demand demand(
      int number,
      String title,
      String figure,
      Relation relation,
      double limit,
      String source,
      String fix) {
    return new Demand(
        "RC-" + number, Part.THROUGHPUT, title, figure, relation, limit, source, List.of(), fix);
  }
}
