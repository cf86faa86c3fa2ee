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
 */
public record Budget(int walks, int steps, Duration time) {
  /** What a profile allows for one model. */
  private static Budget of(Profile profile) {
    return switch (profile) {
      case QUICK -> new Budget(25, 20, Duration.ofMillis(400));
      case STANDARD -> new Budget(10_000, 14, Duration.ofSeconds(45));
      case NIGHTLY -> new Budget(100_000, 30, Duration.ofMinutes(5));
    };
  }

  /** The same over that transport; where every walk starts a process there are fewer of them. */
  public static Budget of(Profile profile, Transport transport) {
    Budget budget = of(profile);
    return transport == Transport.STDIO && profile == Profile.QUICK
        ? new Budget(3, 8, budget.time())
        : budget;
  }

  /** How long making one walk smaller may take. */
  Duration shrinking() {
    Duration most = Duration.ofSeconds(20);
    Duration twice = time.multipliedBy(5);
    return twice.compareTo(most) < 0 ? twice : most;
  }
}
