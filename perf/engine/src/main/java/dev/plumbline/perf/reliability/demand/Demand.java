package dev.plumbline.perf.reliability.demand;

import dev.plumbline.evidence.model.Measurement.Relation;
import dev.plumbline.perf.reliability.raw.Part;
import java.util.List;
import java.util.Optional;

/**
 * One demand on the reliability core.
 *
 * @param id permanent id, {@code RC-101}
 * @param part the part that measures it
 * @param title the demand in one sentence
 * @param figure the name of the figure that is held against the limit
 * @param relation how figure and limit relate when the demand is met
 * @param limit the limit, in the figure's unit
 * @param source where the demand stands: a decision, or {@code reliability.txt}
 * @param beside names of figures that inform beside it
 * @param fix what to do when it is not met
 * @param given what must hold for the demand to apply at all; empty when it always does
 */
public record Demand(
    String id,
    Part part,
    String title,
    String figure,
    Relation relation,
    double limit,
    String source,
    List<String> beside,
    String fix,
    Optional<Premise> given) {
  /**
   * @throws IllegalArgumentException when the id is not of the form
   */
  public Demand {
    beside = List.copyOf(beside);
    if (!id.matches("RC-[0-9]{3}")) {
      throw new IllegalArgumentException("not an id of a demand: " + id);
    }
  }

  /** One that always applies. */
  public Demand(
      String id,
      Part part,
      String title,
      String figure,
      Relation relation,
      double limit,
      String source,
      List<String> beside,
      String fix) {
    this(id, part, title, figure, relation, limit, source, beside, fix, Optional.empty());
  }

  /** With figures that inform beside it. */
  Demand with(String... figures) {
    return new Demand(
        id, part, title, figure, relation, limit, source, List.of(figures), fix, given);
  }

  /** Not applicable unless this holds. */
  Demand given(Premise premise) {
    return new Demand(
        id, part, title, figure, relation, limit, source, beside, fix, Optional.of(premise));
  }
}
