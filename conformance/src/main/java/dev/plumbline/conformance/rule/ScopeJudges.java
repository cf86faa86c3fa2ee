package dev.plumbline.conformance.rule;

import static dev.plumbline.conformance.rule.MetadataJudges.hold;
import static dev.plumbline.conformance.rule.MetadataJudges.judged;

import dev.plumbline.conformance.target.Credentials.Kind;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Names;
import dev.plumbline.evidence.model.Verdict;
import java.util.Optional;

/** What becomes of tokens that were issued lawfully, and for something else. */
public final class ScopeJudges {
  private static final int FORBIDDEN = 403;

  private ScopeJudges() {}

  private static Optional<Exchange> prepared(
      Recording recording, Kind kind, Examination examination) {
    Optional<Exchange> found = recording.exchange(kind.name()).filter(TokenJudges::isAnswer);
    if (found.isEmpty()) {
      examination.unseen("no request was sent with credentials." + Names.toId(kind));
    }
    return found;
  }

  /** A token for somebody else is none. */
  public static Verdict ownAudience(Recording recording) {
    return judged(
        recording,
        (challenge, examination) ->
            prepared(recording, Kind.AUDIENCE, examination)
                .ifPresent(
                    e ->
                        hold(
                            examination,
                            e,
                            !e.accepted(),
                            "A token that was issued for another server is taken.",
                            "A server takes only tokens whose audience it is.",
                            "Compare the audience of each token with the server's own URL.")));
  }

  /** What the token of too few scopes was refused, and is served with the usual one. */
  private static Optional<Exchange> denied(Recording recording, Examination examination) {
    Optional<Exchange> denied =
        recording
            .exchanges(AccessScript.NARROW)
            .filter(e -> TokenJudges.isAnswer(e) && e.refused())
            .filter(
                e ->
                    recording
                        .exchange(
                            AccessScript.FULL + e.label().substring(AccessScript.NARROW.length()))
                        .filter(Exchange::accepted)
                        .isPresent())
            .findFirst();
    if (denied.isEmpty()) {
      examination.unseen("no request was refused for the scopes of credentials.narrow");
    }
    return denied;
  }

  /** Too few scopes are a refusal of its own kind. */
  public static Verdict tooFewScopes(Recording recording) {
    return judged(
        recording,
        (challenge, examination) ->
            denied(recording, examination)
                .ifPresent(
                    e ->
                        hold(
                            examination,
                            e,
                            e.status().orElse(0) == FORBIDDEN
                                && BearerChallenge.of(e)
                                    .filter(ScopeJudges::saysInsufficient)
                                    .isPresent(),
                            "A token of too few scopes is not answered as one.",
                            "Too few scopes are answered with 403 and a Bearer challenge with"
                                + " error=\"insufficient_scope\" and resource_metadata.",
                            "Tell clients what is missing, so that they can ask for it.")));
  }

  private static boolean saysInsufficient(BearerChallenge challenge) {
    return challenge.parameter("error").orElse("").equals("insufficient_scope")
        && challenge.parameter("resource_metadata").isPresent();
  }

  /** And names those that are needed. */
  public static Verdict neededScopes(Recording recording) {
    return judged(
        recording,
        (challenge, examination) ->
            denied(recording, examination)
                .filter(e -> e.status().orElse(0) == FORBIDDEN)
                .ifPresent(
                    e ->
                        hold(
                            examination,
                            e,
                            BearerChallenge.of(e).filter(c -> !c.scopes().isEmpty()).isPresent(),
                            "The refusal of a token of too few scopes does not name those needed.",
                            "The challenge says in scope what the operation needs.",
                            "Add scope to the challenge.")));
  }

  /** All of them at once. */
  public static Verdict allScopesAtOnce(Recording recording) {
    return notShort(
        recording,
        Kind.CHALLENGED,
        "The scopes that a challenge named are not enough for its operation.",
        "One challenge names every scope of the operation.",
        "Collect what is missing before you answer.");
  }

  /** Broader ones included. */
  public static Verdict broaderScopes(Recording recording) {
    return notShort(
        recording,
        Kind.BROAD,
        "A broader scope is not taken for the narrower one.",
        "Where a scope includes others, a token with it is enough.",
        "Expand the scopes of a token before they are compared.");
  }

  private static Verdict notShort(
      Recording recording, Kind kind, String summary, String expected, String fix) {
    return judged(
        recording,
        (challenge, examination) -> {
          if (denied(recording, examination).isPresent()) {
            prepared(recording, kind, examination)
                .ifPresent(
                    e -> {
                      if (!e.accepted() && e.status().orElse(0) != FORBIDDEN) {
                        examination.unseen("the request is refused for another reason");
                      } else {
                        hold(examination, e, e.accepted(), summary, expected, fix);
                      }
                    });
          }
        });
  }
}
