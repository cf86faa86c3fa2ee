package dev.plumbline.ci.cli.config;

import dev.plumbline.evidence.model.Consent;
import dev.plumbline.evidence.model.Names;
import java.util.Optional;

/**
 * What the user allows to be done to the target, in the form {@code creates,load}.
 *
 * @param level what may be called
 * @param load whether load may be applied
 */
public record ConsentGrant(Consent level, boolean load) {
  private static final String LOAD = "load";

  /** What holds for a stranger's server when nothing is said. */
  public static final ConsentGrant DEFAULT = new ConsentGrant(Consent.READ_ONLY, false);

  /** What holds for the bundled server, which is ours. */
  public static final ConsentGrant ALL = new ConsentGrant(Consent.DESTRUCTIVE, true);

  /** The written forms, for messages and help. */
  public static final String FORMS = Names.allIds(Consent.class) + ", each with or without ,load";

  /**
   * Parses {@code read-only}, {@code creates}, {@code destructive}, with or without {@code ,load}.
   *
   * @throws UsageException when the text is none of them
   */
  public static ConsentGrant parse(String text) throws UsageException {
    Consent level = null;
    boolean load = false;
    for (String part : text.split(",", -1)) {
      String word = part.strip();
      Optional<Consent> named = Names.fromId(Consent.class, word);
      if (word.equals(LOAD) && !load) {
        load = true;
      } else if (named.isPresent() && level == null) {
        level = named.get();
      } else {
        throw new UsageException("'" + text + "' is not a consent; use one of " + FORMS);
      }
    }
    return new ConsentGrant(level == null ? Consent.READ_ONLY : level, load);
  }

  /** The grant as people read it: {@code read-only}, {@code destructive + load}. */
  public String text() {
    return level.id() + (load ? " + load" : "");
  }
}
