package dev.plumbline.evidence.bundle.release;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a run says of a subject that several checks or gates are about. */
public enum Standing {
  /** Everything that is named was seen to hold. */
  @JsonProperty("shown")
  SHOWN("shown"),
  /** Something was seen to hold, nothing to fail, and something was not looked at. */
  @JsonProperty("partly shown")
  PARTLY_SHOWN("partly shown"),
  /** Something failed. */
  @JsonProperty("failed")
  FAILED("failed"),
  /** Nothing of it was looked at. */
  @JsonProperty("not run")
  NOT_RUN("not run");

  private final String text;

  Standing(String text) {
    this.text = text;
  }

  /** The word in every report. */
  public String text() {
    return text;
  }
}
