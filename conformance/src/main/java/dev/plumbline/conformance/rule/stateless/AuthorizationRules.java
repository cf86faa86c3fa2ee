package dev.plumbline.conformance.rule.stateless;

import dev.plumbline.conformance.rule.MetadataJudges;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.RequestJudges;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.ScopeJudges;
import dev.plumbline.conformance.rule.TokenJudges;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Consent;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.function.Function;

/**
 * Rules of the pages on authorization: what binds the server. Also of what the page of best
 * practices adds about every request, and about what is handed to clients to keep.
 */
public final class AuthorizationRules {
  private AuthorizationRules() {}

  /** The rules of those pages. */
  public static List<Rule> rules() {
    return List.of(
        rule("ADIS-502", MetadataJudges::namesServers),
        rule("ADIS-504", MetadataJudges::discoverable),
        rule("ASEC-528", TokenJudges::leaksNothing),
        rule("AUTH-506", MetadataJudges::published),
        rule("AUTH-512", MetadataJudges::namesScopes),
        rule("AUTH-516", MetadataJudges::sameScopes),
        rule("AUTH-532", MetadataJudges::withoutSlash),
        rule("AUTH-536", RequestJudges::everyTime),
        new Rule(
            "AUTH-537",
            Probes.HTTP,
            Probes.STATELESS.consent(Consent.CREATES),
            Handles.SCRIPT,
            RequestJudges::notInQuery),
        rule("AUTH-538", TokenJudges::validates),
        rule("AUTH-539", ScopeJudges::ownAudience),
        rule("AUTH-540", TokenJudges::challenges),
        rule("AUTH-541", TokenJudges::unauthorized),
        rule("AUTH-548", MetadataJudges::noOfflineAccess),
        rule("AUTH-549", TokenJudges::statuses),
        rule("AUTH-550", ScopeJudges::tooFewScopes),
        rule("AUTH-551", ScopeJudges::neededScopes),
        rule("AUTH-552", ScopeJudges::allScopesAtOnce),
        rule("AUTH-558", ScopeJudges::broaderScopes),
        rule("SECU-514", RequestJudges::everyRequest),
        rule("SECU-515", Handles::authenticateNobody),
        rule("SECU-517", Handles::belongToTheirUser));
  }

  private static Rule rule(String clause, Function<Recording, Verdict> judge) {
    return new Rule(clause, Probes.HTTP, Probes.STATELESS, Handles.SCRIPT, judge);
  }
}
