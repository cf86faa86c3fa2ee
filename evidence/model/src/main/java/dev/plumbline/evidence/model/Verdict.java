package dev.plumbline.evidence.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/**
 * What a judge concludes from a recording. A pass must be earned: it names how many subjects were
 * examined and cannot be built from none. A harness fault is never the target's failure.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "verdict")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Verdict.Pass.class, name = "pass"),
  @JsonSubTypes.Type(value = Verdict.Fail.class, name = "fail"),
  @JsonSubTypes.Type(value = Verdict.NotObserved.class, name = "not-observed"),
  @JsonSubTypes.Type(value = Verdict.NotApplicable.class, name = "not-applicable"),
  @JsonSubTypes.Type(value = Verdict.HarnessFault.class, name = "harness-fault")
})
public sealed interface Verdict {

  /**
   * The requirement held for everything looked at.
   *
   * @param examined how many subjects (messages, entries, probes) were examined; at least 1
   */
  record Pass(long examined) implements Verdict {
    /**
     * @throws IllegalArgumentException when nothing was examined
     */
    public Pass {
      if (examined < 1) {
        throw new IllegalArgumentException(
            "a pass needs at least one examined subject, not " + examined);
      }
    }
  }

  /**
   * The requirement was broken.
   *
   * @param findings what was seen, at least one
   */
  record Fail(List<Finding> findings) implements Verdict {
    /**
     * @throws IllegalArgumentException when there is no finding
     */
    public Fail {
      findings = List.copyOf(findings);
      if (findings.isEmpty()) {
        throw new IllegalArgumentException("a fail needs at least one finding");
      }
    }

    /** A failure with a single finding. */
    public Fail(Finding finding) {
      this(List.of(finding));
    }
  }

  /**
   * The requirement applies, but the run gave no occasion to see it kept or broken.
   *
   * @param missing what was missing, for the reader
   */
  record NotObserved(String missing) implements Verdict {}

  /**
   * The requirement does not bind this target in this run.
   *
   * @param reason for example {@code era}, {@code capability tools}, {@code consent load}
   */
  record NotApplicable(String reason) implements Verdict {}

  /**
   * The harness failed; the run is void.
   *
   * @param cause what broke, in one line
   */
  record HarnessFault(String cause) implements Verdict {}
}
