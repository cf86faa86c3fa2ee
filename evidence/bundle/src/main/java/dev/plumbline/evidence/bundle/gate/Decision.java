package dev.plumbline.evidence.bundle.gate;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.plumbline.evidence.model.ExitCode;
import java.util.List;

/**
 * What a run ends in. Only {@link Go} lets a target ship; the other three say why not, in one line
 * a reason.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "word")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Decision.Go.class, name = "GO"),
  @JsonSubTypes.Type(value = Decision.NoGo.class, name = "NO-GO"),
  @JsonSubTypes.Type(value = Decision.Inconclusive.class, name = "INCONCLUSIVE"),
  @JsonSubTypes.Type(value = Decision.HarnessFault.class, name = "HARNESS FAULT")
})
public sealed interface Decision {

  /** No gate objected. */
  record Go() implements Decision {}

  /**
   * The target, or the evidence about it, is not good enough.
   *
   * @param reasons why, at least one
   */
  record NoGo(List<String> reasons) implements Decision {
    /** Copies the reasons. */
    public NoGo {
      reasons = atLeastOne(reasons);
    }
  }

  /**
   * Nothing speaks against the target, but too little was observed to speak for it.
   *
   * @param reasons what could not be observed, at least one
   */
  record Inconclusive(List<String> reasons) implements Decision {
    /** Copies the reasons. */
    public Inconclusive {
      reasons = atLeastOne(reasons);
    }
  }

  /**
   * Plumbline itself failed; the run says nothing about the target.
   *
   * @param reasons what broke, at least one
   */
  record HarnessFault(List<String> reasons) implements Decision {
    /** Copies the reasons. */
    public HarnessFault {
      reasons = atLeastOne(reasons);
    }
  }

  /** The decision as people read it: {@code GO}, {@code NO-GO}, … */
  default String word() {
    return switch (this) {
      case Go _ -> "GO";
      case NoGo _ -> "NO-GO";
      case Inconclusive _ -> "INCONCLUSIVE";
      case HarnessFault _ -> "HARNESS FAULT";
    };
  }

  /** Why it is not GO, one line a reason; empty for GO. */
  default List<String> why() {
    return switch (this) {
      case Go _ -> List.of();
      case NoGo(var reasons) -> reasons;
      case Inconclusive(var reasons) -> reasons;
      case HarnessFault(var reasons) -> reasons;
    };
  }

  /** How the decision is told to the shell. */
  default ExitCode exitCode() {
    return switch (this) {
      case Go _ -> ExitCode.GO;
      case NoGo _ -> ExitCode.NO_GO;
      case Inconclusive _ -> ExitCode.INCONCLUSIVE;
      case HarnessFault _ -> ExitCode.HARNESS_FAULT;
    };
  }

  private static List<String> atLeastOne(List<String> reasons) {
    if (reasons.isEmpty()) {
      throw new IllegalArgumentException("a decision against a target needs a reason");
    }
    return List.copyOf(reasons);
  }
}
