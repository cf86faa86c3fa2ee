package dev.plumbline.chaos.experiment;

import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.Profile;
import java.time.Duration;

/**
 * The settings of one experiment.
 *
 * @param mode the failure mode's id
 * @param profile how long it may take
 * @param seed where its choices come from
 * @param era the era the traffic speaks
 * @param method the request the traffic consists of
 * @param deadline how long the client waits for an answer
 * @param pace how far apart the requests of one lane are meant to be
 * @param steady how many results in a row make a steady state
 * @param backoff how the client waits between attempts
 * @param objective what the 95th percentile of the latency must not exceed
 * @param alertWindow how far back the latency alert looks
 * @param longestRecovery how long an experiment goes on trying after a healing
 * @param colour how the fault is shaded on charts
 */
public record BenchSetup(
    String mode,
    Profile profile,
    long seed,
    Era era,
    String method,
    Duration deadline,
    Duration pace,
    int steady,
    Backoff backoff,
    Duration objective,
    Duration alertWindow,
    Duration longestRecovery,
    String colour) {}
