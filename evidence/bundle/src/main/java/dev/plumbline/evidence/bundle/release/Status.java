package dev.plumbline.evidence.bundle.release;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What became of a figure. */
public enum Status {
  /** It keeps its target. */
  @JsonProperty("met")
  MET("met"),
  /** It misses its target. */
  @JsonProperty("not met")
  NOT_MET("not met"),
  /** It was measured and has no target. */
  @JsonProperty("observed")
  OBSERVED("observed"),
  /** Its check is part of Plumbline, and saw nothing in this run. */
  @JsonProperty("not run")
  NOT_RUN("not run"),
  /** It was asked for by name, and this run has no figure of it (C2). */
  @JsonProperty("not attempted")
  NOT_ATTEMPTED("not attempted");

  private final String text;

  Status(String text) {
    this.text = text;
  }

  /** The word in every report. */
  public String text() {
    return text;
  }
}
