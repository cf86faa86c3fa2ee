package dev.plumbline.perf.reliability.demand;

/**
 * A number that a part measured.
 *
 * @param name what it is
 * @param value the number
 * @param unit for example {@code ms}, {@code 1/s}, {@code 1}
 * @param samples how many samples stand behind it
 */
public record Figure(String name, double value, String unit, long samples) {}
