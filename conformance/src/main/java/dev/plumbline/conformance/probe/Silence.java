package dev.plumbline.conformance.probe;

import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.Transport;

/**
 * An era that a server was asked for and neither spoke nor refused: a refusal says that it has no
 * such era, silence says nothing, so that its clauses are reported as not observed.
 *
 * @param era what was asked for
 * @param transport over what
 * @param waitedMillis for how long
 */
public record Silence(Era era, Transport transport, long waitedMillis) {
  /** In one line. */
  public String text() {
    String question = era == Era.STATELESS ? "server/discover" : "initialize";
    return question
        + " was not answered within "
        + waitedMillis
        + " ms over "
        + transport.id()
        + ": whether "
        + era.revision()
        + " is spoken is not known";
  }
}
