package dev.plumbline.perf.reliability.demand;

import dev.plumbline.evidence.model.Measurement.Relation;

/**
 * What must hold for a part to say anything about the server: when it does not, the part is void,
 * and that is Plumbline's fault or the machine's, never the server's.
 *
 * @param figure the name of the figure; begins with {@code generator} when it is the generator's
 *     own health
 * @param relation how figure and limit relate when it holds
 * @param limit the limit, in the figure's unit
 * @param otherwise what to tell when it does not hold
 */
public record Premise(String figure, Relation relation, double limit, String otherwise) {}
