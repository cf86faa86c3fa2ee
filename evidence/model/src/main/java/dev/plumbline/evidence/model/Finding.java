package dev.plumbline.evidence.model;

import java.util.List;

/**
 * One broken requirement, told so that a person who never saw the code understands it.
 *
 * @param summary what is wrong, one sentence
 * @param sent what Plumbline sent, as text (bounded; the exact bytes are in {@code evidence})
 * @param received what came back, as text (bounded)
 * @param expected what the cited page asks for, in our words
 * @param actual what was observed instead
 * @param fix what to change in the target
 * @param evidence places in the raw data, as {@code raw/<suite>/<file>#<exchange label>}
 */
public record Finding(
    String summary,
    String sent,
    String received,
    String expected,
    String actual,
    String fix,
    List<String> evidence) {
  /** Copies the list. */
  public Finding {
    evidence = List.copyOf(evidence);
  }
}
