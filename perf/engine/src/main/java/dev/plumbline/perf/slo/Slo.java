package dev.plumbline.perf.slo;

import dev.plumbline.perf.load.ConstantRate;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One objective with everything that is needed to run and to judge it; part of the raw evidence, so
 * that a later change of the file does not change an old verdict.
 *
 * @param id permanent id, {@code SLO-…}
 * @param title the objective in one sentence
 * @param scenario what is done
 * @param perSecond arrivals a second
 * @param warmUpSeconds how long to warm up before measuring
 * @param seconds how long to measure
 * @param connections how many connections at most
 * @param deadlineMillis after this long a request has failed
 * @param limitsMillis the highest latency allowed, by percentile: {@code p50}, {@code p95}, {@code
 *     p99}, {@code p999}
 * @param errorRatio the highest share of failed requests allowed, 0 to 1
 * @param latenessMillis the highest p99 of the generator's own lateness; above it the measurement
 *     is void
 */
public record Slo(
    String id,
    String title,
    Scenario scenario,
    double perSecond,
    double warmUpSeconds,
    double seconds,
    int connections,
    double deadlineMillis,
    Map<String, Double> limitsMillis,
    double errorRatio,
    double latenessMillis) {

  /** What an objective is about. */
  public enum Scenario {
    /** Calls in the handshake era. */
    CALL_HANDSHAKE,
    /** Calls in the stateless era. */
    CALL_STATELESS,
    /** The control port's health, asked while the calls run. */
    HEALTH,
    /** The Gatling journey: initialize, list, call, end the session. */
    JOURNEY
  }

  /**
   * @throws IllegalArgumentException when a number makes no sense; one line
   */
  public Slo {
    limitsMillis = Collections.unmodifiableMap(new TreeMap<>(limitsMillis));
    require(id, id.matches("SLO-[A-Z0-9-]+"), "an id starts with SLO-");
    require(id, positive(perSecond), "the rate must be above 0");
    require(
        id, warmUpSeconds >= 0 && !Double.isInfinite(warmUpSeconds), "a warm-up is not below 0");
    require(id, positive(seconds), "the measured time must be above 0");
    require(id, connections > 0, "at least one connection");
    require(id, positive(deadlineMillis), "the deadline must be above 0");
    require(id, positive(latenessMillis), "the lateness limit must be above 0");
    require(id, errorRatio >= 0 && errorRatio <= 1, "the error ratio lies between 0 and 1");
    for (Map.Entry<String, Double> limit : limitsMillis.entrySet()) {
      Percentile.named(limit.getKey());
      require(id, positive(limit.getValue()), limit.getKey() + " must be above 0");
    }
  }

  /** The same objective over another number of connections. */
  public Slo withConnections(int number) {
    return with(perSecond, number);
  }

  /** The same objective at another rate. */
  public Slo withRate(double rate) {
    return with(rate, connections);
  }

  private Slo with(double rate, int number) {
    return new Slo(
        id,
        title,
        scenario,
        rate,
        warmUpSeconds,
        seconds,
        number,
        deadlineMillis,
        limitsMillis,
        errorRatio,
        latenessMillis);
  }

  /** When its requests are due. */
  public ConstantRate schedule() {
    return new ConstantRate(
        perSecond,
        Duration.ofNanos(Math.round(warmUpSeconds * 1e9)),
        Duration.ofNanos(Math.round(seconds * 1e9)));
  }

  /** After this long a request has failed. */
  public Duration deadline() {
    return Duration.ofNanos(Math.round(deadlineMillis * 1e6));
  }

  private static boolean positive(double number) {
    return number > 0 && !Double.isInfinite(number);
  }

  private static void require(String id, boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException(id + ": " + what);
    }
  }
}
