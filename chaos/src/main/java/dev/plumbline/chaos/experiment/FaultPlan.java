package dev.plumbline.chaos.experiment;

import dev.plumbline.chaos.proxy.FaultLink.Injection;
import java.util.List;

/**
 * A fault and what proves it.
 *
 * @param label what it is, for charts and records; unique in its experiment
 * @param toxics what is injected
 * @param proof which measurement proves that it hit the traffic
 * @param atLeast what that measurement must reach
 */
public record FaultPlan(String label, List<Injection> toxics, Proof proof, double atLeast) {
  /** Copies the list. */
  public FaultPlan {
    toxics = List.copyOf(toxics);
  }

  /** Measurements of the taps. */
  public enum Proof {
    /** Bytes of answers that left the target and never reached the client. */
    ANSWERS_SWALLOWED("swallowed bytes of answers", "B"),
    /** Bytes of requests that left the client and never reached the target. */
    REQUESTS_SWALLOWED("swallowed bytes of requests", "B"),
    /** Connections that ended by RST. */
    RESETS("connections reset", "1"),
    /** How much later answers came than they left the target. */
    DELAY("mean delay added", "ms");

    private final String measured;
    private final String unit;

    Proof(String measured, String unit) {
      this.measured = measured;
      this.unit = unit;
    }

    /** What is measured, in words. */
    public String measured() {
      return measured;
    }

    /** Its unit. */
    public String unit() {
      return unit;
    }

    double of(List<Way.Seen> seen) {
      return switch (this) {
        case ANSWERS_SWALLOWED -> seen.stream().mapToLong(Way.Seen::swallowedDown).sum();
        case REQUESTS_SWALLOWED -> seen.stream().mapToLong(Way.Seen::swallowedUp).sum();
        case RESETS -> seen.stream().mapToInt(Way.Seen::resets).sum();
        case DELAY -> seen.stream().mapToDouble(Way.Seen::addedMs).average().orElse(0);
      };
    }
  }
}
