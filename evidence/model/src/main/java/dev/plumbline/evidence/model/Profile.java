package dev.plumbline.evidence.model;

/** How much time a run may take (decision C5): about a minute, about ten minutes, hours. */
public enum Profile {
  QUICK,
  STANDARD,
  NIGHTLY;

  /** The name in files and on the command line. */
  public String id() {
    return Names.toId(this);
  }
}
