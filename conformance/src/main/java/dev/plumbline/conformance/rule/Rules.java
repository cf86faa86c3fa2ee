package dev.plumbline.conformance.rule;

import java.util.List;

/** Every rule there is, in the order of running. */
public final class Rules {
  private Rules() {}

  /** All rules. */
  public static List<Rule> all() {
    return List.of();
  }
}
