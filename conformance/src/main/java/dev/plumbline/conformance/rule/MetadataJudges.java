package dev.plumbline.conformance.rule;

import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What a server that asks for tokens tells of where to get one, and of which scopes. */
public final class MetadataJudges {
  private static final String WELL_KNOWN =
      "Serve the protected resource metadata of RFC 9728 without asking for a token, and name their"
          + " address as resource_metadata in WWW-Authenticate.";
  private static final int OK = 200;

  private MetadataJudges() {}

  /** Judges what was recorded of a server that asks for tokens. */
  static Verdict judged(Recording recording, BiConsumer<Exchange, Examination> judge) {
    Examination examination = new Examination(recording);
    Optional<String> refused = recording.fact(AccessScript.REFUSED);
    if (refused.isPresent()) {
      recording
          .exchange(AccessScript.FRESH + refused.get())
          .ifPresent(exchange -> judge.accept(exchange, examination));
    } else if (recording.fact(Recording.STOPPED).isEmpty()) {
      return new Verdict.NotApplicable("no request without a token was answered 401");
    }
    return examination.verdict();
  }

  private static Stream<Exchange> documents(Recording recording) {
    return recording
        .exchanges(AccessScript.METADATA)
        .filter(e -> e.status().orElse(0) == OK && json(e).isObject());
  }

  static JsonNode json(Exchange exchange) {
    return exchange.messages().stream().findFirst().orElseGet(Messages::object);
  }

  /** The document that a client would use; leaves a note when it lies where nobody looked. */
  private static Optional<Exchange> document(Recording recording, Examination examination) {
    Optional<Exchange> found = documents(recording).findFirst();
    if (found.isEmpty()) {
      examination.unseen(
          recording
              .fact(AccessScript.ELSEWHERE)
              .map(url -> "the metadata are at " + url + ", which is not the server judged")
              .orElse("no metadata were found"));
    }
    return found;
  }

  /** The metadata are there, and are about a resource. */
  public static Verdict published(Recording recording) {
    return judged(
        recording,
        (challenge, examination) -> {
          if (documents(recording).findAny().isEmpty()
              && recording.fact(AccessScript.ELSEWHERE).isEmpty()) {
            none(challenge, examination);
          } else {
            holds(
                recording,
                examination,
                document -> isUrl(document.path("resource").asString("")),
                "The protected resource metadata do not name their resource by URL.",
                "The metadata describe this server: resource is its URL.",
                "Add resource with the URL clients reach the server by.");
          }
        });
  }

  private static void none(Exchange challenge, Examination examination) {
    examination.broken(
        challenge,
        "A server that asks for a token has no protected resource metadata.",
        "The metadata of RFC 9728 are found by the challenge or at a well-known address.",
        "Neither WWW-Authenticate nor the two well-known addresses lead to a JSON document.",
        WELL_KNOWN);
  }

  /** A way leads to them. */
  public static Verdict discoverable(Recording recording) {
    return judged(
        recording,
        (challenge, examination) -> {
          if (documents(recording).findAny().isPresent()) {
            examination.kept();
          } else if (recording.fact(AccessScript.ELSEWHERE).isPresent()) {
            var _ = document(recording, examination);
          } else {
            none(challenge, examination);
          }
        });
  }

  /** The challenge itself leads there, as revision 2025-06-18 asked. */
  public static Verdict challenged(Recording recording) {
    return judged(
        recording,
        (challenge, examination) ->
            hold(
                examination,
                challenge,
                BearerChallenge.of(challenge)
                    .flatMap(c -> c.parameter("resource_metadata"))
                    .filter(MetadataJudges::isUrl)
                    .isPresent(),
                "The refusal of a request without a token does not name the resource metadata.",
                "WWW-Authenticate of a refusal with 401 holds resource_metadata.",
                WELL_KNOWN));
  }

  /** They name who issues tokens. */
  public static Verdict namesServers(Recording recording) {
    return judged(
        recording,
        (challenge, examination) ->
            holds(
                recording,
                examination,
                document ->
                    document
                        .path("authorization_servers")
                        .valueStream()
                        .anyMatch(server -> isUrl(server.asString(""))),
                "The protected resource metadata name no authorization server.",
                "authorization_servers holds the URL of at least one.",
                "List the issuer whose tokens the server takes."));
  }

  /** The name of the resource has no slash at its end. */
  public static Verdict withoutSlash(Recording recording) {
    boolean lawful = recording.fact(AccessScript.ENDPOINT).orElse("").endsWith("/");
    return judged(
        recording,
        (challenge, examination) ->
            holds(
                recording,
                examination,
                document -> lawful || !document.path("resource").asString("").endsWith("/"),
                "The URL of the resource ends with a slash that the endpoint has not.",
                "A server is named without a slash at the end of its URL.",
                "Leave the slash out, here and where the audience of tokens is compared."));
  }

  /** Whether the metadata, if there are any to be seen, are right. */
  private static void holds(
      Recording recording,
      Examination examination,
      Predicate<JsonNode> right,
      String summary,
      String expected,
      String fix) {
    document(recording, examination)
        .ifPresent(
            found -> hold(examination, found, right.test(json(found)), summary, expected, fix));
  }

  /** The challenge names scopes. */
  public static Verdict namesScopes(Recording recording) {
    return judged(
        recording,
        (challenge, examination) ->
            hold(
                examination,
                challenge,
                BearerChallenge.of(challenge).filter(c -> !c.scopes().isEmpty()).isPresent(),
                "The refusal of a request without a token names no scopes.",
                "WWW-Authenticate says in scope what a token has to allow.",
                "Add scope to the challenge."));
  }

  /** It names the same ones each time. */
  public static Verdict sameScopes(Recording recording) {
    return judged(
        recording,
        (challenge, examination) -> {
          Set<String> first = scopes(challenge);
          if (first.isEmpty()) {
            examination.unseen("the challenge names no scopes");
            return;
          }
          recording
              .exchanges(AccessScript.AGAIN)
              .filter(e -> BearerChallenge.of(e).isPresent())
              .forEach(
                  e ->
                      hold(
                          examination,
                          e,
                          scopes(e).equals(first),
                          "The same request is asked for other scopes the next time.",
                          "Which scopes a challenge names follows one scheme.",
                          "Derive the scopes from the request alone."));
        });
  }

  private static Set<String> scopes(Exchange exchange) {
    return BearerChallenge.of(exchange).map(BearerChallenge::scopes).orElse(Set.of());
  }

  /** What a token lives for is none of the scopes of a resource. */
  public static Verdict noOfflineAccess(Recording recording) {
    return judged(
        recording,
        (challenge, examination) -> {
          examination.kept();
          recording.exchanges().stream()
              .filter(MetadataJudges::namesOfflineAccess)
              .limit(1)
              .forEach(
                  e ->
                      hold(
                          examination,
                          e,
                          false,
                          "offline_access is among the scopes that a server names.",
                          "A resource does not ask for refresh tokens: offline_access is in neither"
                              + " a challenge nor scopes_supported.",
                          "Leave it to clients to ask for offline_access."));
        });
  }

  private static boolean namesOfflineAccess(Exchange exchange) {
    return scopes(exchange).contains("offline_access")
        || (exchange.label().startsWith(AccessScript.METADATA)
            && json(exchange)
                .path("scopes_supported")
                .valueStream()
                .anyMatch(scope -> scope.asString("").equals("offline_access")));
  }

  static void hold(
      Examination examination,
      Exchange exchange,
      boolean right,
      String summary,
      String expected,
      String fix) {
    if (right) {
      examination.kept();
    } else {
      examination.broken(
          exchange, summary, expected, "The answer is " + Answer.told(exchange) + ".", fix);
    }
  }

  static boolean isUrl(String text) {
    try {
      URI uri = new URI(text);
      return uri.isAbsolute() && uri.getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
