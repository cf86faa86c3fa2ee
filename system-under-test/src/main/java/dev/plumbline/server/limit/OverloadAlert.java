package dev.plumbline.server.limit;

import java.time.Instant;

/**
 * A queue crossed a level (R125).
 *
 * @param at when it was noticed
 * @param level the level it reached
 * @param role the role
 * @param owner whose queue it is: {@code server}, or a connection
 * @param depth the most that was held since the check before
 * @param limit how many can be held
 * @param utilization the depth in percent of the limit
 */
public record OverloadAlert(
    Instant at,
    OverloadLevel level,
    String role,
    String owner,
    int depth,
    int limit,
    double utilization) {}
