package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.AccessScript;
import dev.plumbline.conformance.rule.AuthorizationBase;
import dev.plumbline.conformance.rule.MetadataJudges;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Script;
import dev.plumbline.conformance.rule.TokenJudges;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.function.Function;

/**
 * Rules of the page {@code 2025-11-25/basic/authorization} and its elders of 2025-06-18 and
 * 2025-03-26: what binds the server.
 */
public final class AuthorizationRules {
  private static final Script SCRIPT =
      stage -> {
        var _ = AccessScript.run(stage);
      };

  private AuthorizationRules() {}

  /** The page's rules. */
  public static List<Rule> rules() {
    return List.of(
        rule("AUTH-006", "2025-06-18", MetadataJudges::published),
        rule("AUTH-011", "2025-06-18", MetadataJudges::namesServers),
        rule("AUTH-012", "2025-06-18", MetadataJudges::discoverable),
        rule("AUTH-014", "2025-11-25", MetadataJudges::namesScopes),
        rule("AUTH-017", "2025-11-25", MetadataJudges::sameScopes),
        rule("AUTH-046", "2025-06-18", MetadataJudges::withoutSlash),
        rule("AUTH-052", "2025-03-26", TokenJudges::validates),
        rule("AUTH-054", "2025-03-26", TokenJudges::challenges),
        rule("AUTH-055", "2025-03-26", TokenJudges::unauthorized),
        rule("AUTH-059", "2025-03-26", TokenJudges::statuses),
        rule("AUTH-093", "2025-06-18", TokenJudges::leaksNothing),
        only("AUTH-101", "2025-06-18", MetadataJudges::challenged),
        only("AUTH-106", AuthorizationBase.REVISION, AuthorizationBase::published),
        only("AUTH-107", AuthorizationBase.REVISION, AuthorizationBase::defaults),
        only("AUTH-114", AuthorizationBase.REVISION, AuthorizationBase::atTheRoot),
        only("AUTH-117", AuthorizationBase.REVISION, AuthorizationBase::registers));
  }

  private static Rule only(String clause, String revision, Function<Recording, Verdict> judge) {
    return new Rule(
        clause, Probes.HTTP, Probes.HANDSHAKE.since(revision).until(revision), SCRIPT, judge);
  }

  private static Rule rule(String clause, String since, Function<Recording, Verdict> judge) {
    return new Rule(clause, Probes.HTTP, Probes.HANDSHAKE.since(since), SCRIPT, judge);
  }
}
