package dev.plumbline.ci.cli.fleet;

import dev.plumbline.ci.cli.run.RunRequest;
import java.time.Duration;

/**
 * One server of a fleet.
 *
 * @param name how the user calls it
 * @param request everything its run needs to know
 * @param timeout how long its run may take; what is recorded until then is kept, marked incomplete
 */
public record Entrant(String name, RunRequest request, Duration timeout) {}
