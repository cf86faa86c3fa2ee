package dev.plumbline.server.feature.task;

import dev.plumbline.server.session.Ticker;
import java.time.InstantSource;

/**
 * What time it is.
 *
 * @param ticker for lengths of time
 * @param wall for the moments a client is told
 */
public record Clocks(Ticker ticker, InstantSource wall) {}
