package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.UnknownResource;
import java.util.List;

/** Rules of the page {@code 2025-11-25/server/resources}. */
public final class ResourceRules {
  private static final int RESOURCE_NOT_FOUND = -32002;

  private ResourceRules() {}

  /** The page's rules. */
  public static List<Rule> rules() {
    return List.of(
        new Rule(
            "RES-001",
            Probes.ANY,
            Probes.HANDSHAKE.capability("resources"),
            UnknownResource.SCRIPT,
            UnknownResource.judging(RESOURCE_NOT_FOUND)));
  }
}
