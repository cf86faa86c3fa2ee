package dev.plumbline.ci.cli.requirement;

/** How a requirement is meant to be shown. */
public enum Standing {
  /** Everything it asks for has something that shows it with a number. */
  MEASURED,
  /** A part of it has; the note says what has not. */
  PARTLY,
  /** A decision replaced it; the note says what holds instead. */
  DECIDED,
  /** It belongs to a part that is not there yet; the note names it. */
  NOT_BUILT,
  /** It asks for something people do, which no program shows; the note says what. */
  PROCESS
}
