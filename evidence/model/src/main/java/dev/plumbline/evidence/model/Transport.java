package dev.plumbline.evidence.model;

/** What carries the messages between Plumbline and the target. */
public enum Transport {
  HTTP,
  STDIO;

  /** The name in files. */
  public String id() {
    return Names.toId(this);
  }
}
