package dev.plumbline.server.limit;

/**
 * What a role holds (R067, R126).
 *
 * @param role its name
 * @param depth held now
 * @param limit how many can be held
 * @param max the most that was ever held at once
 * @param rejected attempts that were refused, because of the limit or of an open breaker
 * @param exceeded attempts that found the limit reached, refused or not
 * @param oldestMillis age of what has been held longest; {@link RolePermits#UNKNOWN_AGE} when
 *     nobody knows
 */
public record RoleStats(
    String role, int depth, int limit, int max, long rejected, long exceeded, long oldestMillis) {
  private static final double PERCENT = 100.0;

  /** How full it is, in percent of the limit; a limit of nothing is always full. */
  public double utilization() {
    return utilization(depth, limit);
  }

  static double utilization(int depth, int limit) {
    return limit == 0 ? PERCENT : depth * PERCENT / limit;
  }
}
