package dev.plumbline.conformance.mutant;

import static dev.plumbline.conformance.mutant.Mutants.http;

import dev.plumbline.conformance.mutant.Mutants.Mutant;
import java.util.List;
import java.util.stream.Stream;

/** Defects of a server that asks for tokens. */
final class AccessKills {
  private AccessKills() {}

  static List<Mutant> all() {
    return Stream.of(handshake(), issuer(), stateless())
        .flatMap(List::stream)
        .map(mutant -> mutant.asked().withFixture())
        .toList();
  }

  private static List<Mutant> handshake() {
    return List.of(
        http("metadata-without-resource", "AUTH-006", "do not name their resource"),
        http("metadata-without-servers", "AUTH-011", "name no authorization server"),
        http("metadata-nowhere", "AUTH-012", "has no protected resource metadata").and("AUTH-006"),
        http("challenge-without-scope", "AUTH-014", "names no scopes"),
        http("challenge-scopes-vary", "AUTH-017", "other scopes the next time"),
        http("resource-ends-with-slash", "AUTH-046", "ends with a slash"),
        http("unsigned-token-taken", "AUTH-052", "a JSON web token without a signature"),
        http("bad-token-without-challenge", "AUTH-054", "carries no Bearer challenge"),
        http("bad-token-forbidden", "AUTH-055", "status 403 instead of 401"),
        http("empty-token-fails", "AUTH-059", "no token is answered with status 500"),
        http("refusal-tells-result", "AUTH-093", "tells what the request would have given"),
        http("challenge-without-metadata", "AUTH-101", "does not name the resource metadata")
            .in("2025-06-18"));
  }

  private static List<Mutant> issuer() {
    return Stream.of(
            http("issuer-not-named", "AUTH-106", "of the authorization server lack issuer"),
            http("issuer-metadata-nowhere", "AUTH-107", "lead to a token endpoint")
                .and("AUTH-106", "AUTH-117"),
            http("issuer-metadata-below-path", "AUTH-114", "lie below a path"),
            http("registration-not-named", "AUTH-117", "offers no registration of clients"))
        .map(mutant -> mutant.in("2025-03-26"))
        .toList();
  }

  private static List<Mutant> stateless() {
    return List.of(
        http("metadata-without-resource-stateless", "AUTH-506", "do not name their resource"),
        http("metadata-without-servers-stateless", "ADIS-502", "name no authorization server"),
        http("metadata-nowhere-stateless", "ADIS-504", "has no protected resource metadata")
            .and("AUTH-506"),
        http("challenge-without-scope-stateless", "AUTH-512", "names no scopes"),
        http("challenge-scopes-vary-stateless", "AUTH-516", "other scopes the next time"),
        http("resource-ends-with-slash-stateless", "AUTH-532", "ends with a slash"),
        http("same-request-without-token", "AUTH-536", "behind one that brought it")
            .and("SECU-514"),
        http("query-token-taken", "AUTH-537", "in the query of the URL is taken"),
        http("unsigned-token-taken-stateless", "AUTH-538", "web token without a signature"),
        http("foreign-audience-taken", "AUTH-539", "issued for another server is taken"),
        http("bad-token-without-challenge-stateless", "AUTH-540", "carries no Bearer challenge"),
        http("bad-token-forbidden-stateless", "AUTH-541", "status 403 instead of 401"),
        http("offline-access-advertised", "AUTH-548", "offline_access is among the scopes"),
        http("empty-token-fails-stateless", "AUTH-549", "no token is answered with status 500"),
        http("too-few-scopes-as-bad-token", "AUTH-550", "is not answered as one"),
        http("needed-scopes-not-named", "AUTH-551", "does not name those needed"),
        http("scopes-one-by-one", "AUTH-552", "are not enough for its operation"),
        http("broader-scope-unknown", "AUTH-558", "is not taken for the narrower one"),
        http("refusal-tells-result-stateless", "ASEC-528", "what the request would have given"),
        http("prompts-without-token", "SECU-514", "prompts/list is served without a token"),
        http("task-id-instead-of-token", "SECU-515", "to whoever holds it, without a token"),
        http("users-not-told-apart", "SECU-517", "is served to another user"));
  }
}
