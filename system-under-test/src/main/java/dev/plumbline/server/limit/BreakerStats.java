package dev.plumbline.server.limit;

import dev.plumbline.server.machine.BreakerState;
import java.time.Instant;
import java.util.Optional;

/**
 * What can be said of a circuit breaker (R216).
 *
 * @param name the dependency
 * @param state its state
 * @param failures failed calls in the window
 * @param lastFailure when a call failed last
 * @param opened how often it opened
 * @param refused calls that were refused
 */
public record BreakerStats(
    String name,
    BreakerState state,
    int failures,
    Optional<Instant> lastFailure,
    long opened,
    long refused) {}
