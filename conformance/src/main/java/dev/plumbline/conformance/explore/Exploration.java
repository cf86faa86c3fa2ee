package dev.plumbline.conformance.explore;

import dev.plumbline.conformance.model.Walk;
import dev.plumbline.conformance.wire.Exchange;
import java.util.List;

/**
 * What came of walking one model.
 *
 * @param walks how many walks were made
 * @param asked how many were asked for; fewer are made when one fails or time runs out
 * @param steps how many steps they had together
 * @param unclear how many of them could not be finished
 * @param why why the first of those could not
 * @param found the first walk that failed, made small; a walk that held when none failed
 * @param first the walk that failed, as it was found; the same as {@code found} when none failed
 * @param exchanges what was exchanged on {@code found}
 */
public record Exploration(
    int walks,
    int asked,
    long steps,
    int unclear,
    String why,
    Walk found,
    Walk first,
    List<Exchange> exchanges) {
  /** Copies the list. */
  public Exploration {
    exchanges = List.copyOf(exchanges);
  }
}
