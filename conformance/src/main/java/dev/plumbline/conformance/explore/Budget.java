package dev.plumbline.conformance.explore;

import dev.plumbline.evidence.model.Profile;
import dev.plumbline.evidence.model.Transport;
import java.time.Duration;

/**
 * How much is walked.
 *
 * @param walks how many walks of one model at most
 * @param steps how long a walk may be
 * @param time how long the walks of one model may take together; the walk that runs then is the
 *     last
 * @param atOnce how many walks are made beside each other
 */
public record Budget(int walks, int steps, Duration time, int atOnce) {
  /** So many walks wait for a target beside each other. */
  public static final int AT_ONCE = 16;

  /** Where every walk starts a process. */
  private static final int PROCESSES = 2;

  /** What a profile allows for one model. */
  private static Budget of(Profile profile) {
    return switch (profile) {
      case QUICK -> new Budget(25, 20, Duration.ofMillis(400), 1);
      case STANDARD -> new Budget(10_000, 14, Duration.ofSeconds(90), AT_ONCE);
      case NIGHTLY -> new Budget(100_000, 30, Duration.ofMinutes(5), AT_ONCE);
    };
  }

  /** What a profile allows over that transport. */
  public static Budget of(Profile profile, Transport transport) {
    Budget budget = of(profile);
    return transport == Transport.STDIO && profile == Profile.QUICK
        ? new Budget(3, 8, budget.time(), 1)
        : budget.over(transport);
  }

  /** The same over that transport; where every walk starts a process few are made at once. */
  public Budget over(Transport transport) {
    return transport == Transport.STDIO
        ? new Budget(walks, steps, time, Math.min(atOnce, PROCESSES))
        : this;
  }

  /** How long making one walk smaller may take. */
  Duration shrinking() {
    Duration most = Duration.ofSeconds(20);
    Duration twice = time.multipliedBy(5);
    return twice.compareTo(most) < 0 ? twice : most;
  }
}
