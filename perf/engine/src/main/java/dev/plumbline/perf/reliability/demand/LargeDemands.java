package dev.plumbline.perf.reliability.demand;

import dev.plumbline.evidence.model.Measurement.Relation;
import dev.plumbline.perf.reliability.raw.Part;
import java.util.List;

/** What is demanded while messages are as large as they may be. */
final class LargeDemands {
  private static final String ISSUE = "reliability.txt";
  private static final String BESIDE = "small calls beside large messages";

  private LargeDemands() {}

  static List<Demand> all() {
    return List.of(
        demand(
                181,
                "Every large message is answered, or refused for want of room",
                "large messages failed",
                0,
                ISSUE,
                "its standard error says what came instead")
            .with("large messages answered", "large messages refused", "bytes taken in"),
        demand(
                182,
                "No small call fails beside large messages",
                BESIDE + ", failed",
                0,
                ISSUE,
                "look at the permits and at the bytes that are held at once")
            .with("small calls alone, failed"),
        demand(
                183,
                "99 % of the small calls are answered within 50 ms beside large messages",
                BESIDE + ", p99",
                50,
                "decisions.md#C3",
                "look at what one message keeps from everybody else: a thread, a lock, the heap")
            .with(BESIDE + ", p50", "small calls alone, p50", "small calls alone, p99"),
        demand(
            184,
            "No pause of the collector is a breach beside large messages",
            "longest pause of the collector beside large messages",
            100,
            "decisions.md#C7",
            "look at what is copied or kept of a message"),
        demand(
                185,
                "Nothing of large messages stays in the heap",
                "live heap grown by large messages",
                4,
                ISSUE,
                "compare two heap dumps: something keeps a message, or a buffer of its size")
            .with("live heap before large messages"));
  }

  private static Demand demand(
      int number, String title, String figure, double limit, String source, String fix) {
    return new Demand(
        "RC-" + number, Part.LARGE, title, figure, Relation.AT_MOST, limit, source, List.of(), fix);
  }
}
