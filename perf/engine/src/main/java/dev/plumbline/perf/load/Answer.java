package dev.plumbline.perf.load;

/**
 * What became of one request.
 *
 * @param outcome how it ended
 * @param endNanos when it ended, by the engine's {@link Ticker}
 * @param detail for a failure what was seen, bounded text; empty for the right answer
 */
public record Answer(Outcome outcome, long endNanos, String detail) {}
