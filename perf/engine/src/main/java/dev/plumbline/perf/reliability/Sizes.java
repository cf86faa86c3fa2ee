package dev.plumbline.perf.reliability;

import dev.plumbline.evidence.model.Profile;
import dev.plumbline.evidence.model.RunSettings;
import dev.plumbline.perf.reliability.overload.OverloadPlan;
import dev.plumbline.perf.reliability.raw.Part;
import java.time.Duration;
import java.util.List;

/** How much is done in which profile (C5). */
final class Sizes {
  private static final int WALKS = 10_000;

  /** A server takes no connection when nine in ten of its descriptors are in use. */
  private static final int FILES_OVER_CONNECTIONS_PERCENT = 125;

  private static final int PERCENT = 100;

  private Sizes() {}

  /** Arguments of the server's own measurements. */
  static List<String> arguments(Part part, RunSettings settings) {
    String seed = Long.toString(settings.seed());
    return switch (part) {
      case TABLES -> List.of(Integer.toString(WALKS), seed);
      case CRASH ->
          List.of("--cycles", Integer.toString(cycles(settings.profile())), "--seed", seed);
      case REGISTRY ->
          settings.profile() == Profile.QUICK ? List.of("1", "1000", "10000", "100000") : List.of();
      case ATTACKS -> List.of(Integer.toString(inputs(settings.profile())), seed);
      case HANDOVER -> List.of(Integer.toString(handovers(settings.profile())));
      case LARGE -> settings.profile() == Profile.QUICK ? List.of("3") : List.of();
      case CONNECTIONS -> connections(settings.profile());
      case CONTAINER -> settings.profile() == Profile.QUICK ? List.of("3") : List.of();
      case COSTS -> settings.profile() == Profile.QUICK ? List.of("12") : List.of();
      case IDS, CONTROL, HANDSHAKE, ISOLATION, THROUGHPUT, OVERLOAD_CHEAP, OVERLOAD_WORK ->
          List.of();
    };
  }

  private static List<String> connections(Profile profile) {
    return switch (profile) {
      case QUICK -> List.of("10000", "5");
      case STANDARD -> List.of("10000", "15");
      case NIGHTLY -> List.of("100000", "60");
    };
  }

  /** So many files a measurement may need to have open; 0 when it needs no more than anybody. */
  static long openFiles(Part part, Profile profile) {
    return part == Part.CONNECTIONS
        ? Long.parseLong(connections(profile).getFirst()) * FILES_OVER_CONNECTIONS_PERCENT / PERCENT
        : 0;
  }

  private static int handovers(Profile profile) {
    return switch (profile) {
      case QUICK -> 3;
      case STANDARD -> 5;
      case NIGHTLY -> 20;
    };
  }

  private static int inputs(Profile profile) {
    return switch (profile) {
      case QUICK -> 10_000;
      case STANDARD -> 100_000;
      case NIGHTLY -> 1_000_000;
    };
  }

  private static int cycles(Profile profile) {
    return switch (profile) {
      case QUICK -> 5;
      case STANDARD -> 20;
      case NIGHTLY -> 1_000;
    };
  }

  /** A measurement that takes longer has failed. */
  static Duration limit(Part part, Profile profile) {
    if (profile != Profile.NIGHTLY) {
      return Duration.ofMinutes(5);
    }
    return switch (part) {
      case CRASH -> Duration.ofHours(2);
      case CONNECTIONS -> Duration.ofMinutes(20);
      default -> Duration.ofMinutes(5);
    };
  }

  /**
   * How a server is loaded.
   *
   * @param warmUpSeconds how long the server is kept busy first, again and again until it gets no
   *     faster
   * @param stepSeconds how long each step of the capacity search lasts
   * @param steps at most so many steps
   * @param overtureSeconds how long a load lasts that fills what is filled once
   * @param seconds how long the overload lasts, or the messages of each size
   * @param sustainedSeconds how long the load at 0.8 of the capacity lasts
   * @param healthPerSecond health checks a second
   * @param endingsPerSecond drains a second, and cancellations
   */
  record Overload(
      double warmUpSeconds,
      double stepSeconds,
      int steps,
      double overtureSeconds,
      double seconds,
      double sustainedSeconds,
      double healthPerSecond,
      double endingsPerSecond) {}

  static Overload overload(Part part, Profile profile) {
    return part == Part.THROUGHPUT ? messages(profile) : overload(profile);
  }

  private static Overload messages(Profile profile) {
    return switch (profile) {
      case QUICK -> new Overload(2, 1, 8, 1, 2, 10, 0, 0);
      case STANDARD -> new Overload(3, 1, 10, 1, 4, 30, 0, 0);
      case NIGHTLY -> new Overload(5, 5, 12, 3, 30, 60, 0, 0);
    };
  }

  private static Overload overload(Profile profile) {
    return switch (profile) {
      case QUICK -> new Overload(4, 1, 8, 2, 5, 3, 100, 50);
      case STANDARD -> new Overload(8, 2, 12, 5, 60, 30, 50, 9);
      // C4: 99.999 % of control requests under 100 ms needs 300,000 of them.
      case NIGHTLY -> new Overload(10, 5, 12, 10, 300, 60, 1_000, 5);
    };
  }

  /** Starting, opening sessions, searching, and the calls after it come on top. */
  static Duration limit(Overload overload) {
    double load =
        overload.warmUpSeconds() * (OverloadPlan.WARM_UPS + 1)
            + overload.stepSeconds() * overload.steps() * 2
            + overload.overtureSeconds()
            + overload.seconds()
            + overload.sustainedSeconds();
    return Duration.ofSeconds(Math.round(load) + 240);
  }
}
