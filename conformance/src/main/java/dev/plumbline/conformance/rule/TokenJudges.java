package dev.plumbline.conformance.rule;

import static dev.plumbline.conformance.rule.MetadataJudges.hold;
import static dev.plumbline.conformance.rule.MetadataJudges.judged;

import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What a server that asks for tokens does with those it gets. */
public final class TokenJudges {
  private static final int UNAUTHORIZED = 401;
  private static final int SERVER_ERROR = 500;
  private static final int INFORMATION = 200;

  /** A shorter text may stand in any answer. */
  private static final int TELLING = 12;

  private static final String VALIDATE =
      "Verify the signature, issuer, audience and time of every token before anything of the request"
          + " is worked on, and answer 401 when one of them is wrong.";

  private static final String NO_TOKEN = "no token is configured: use --header 'Authorization: …'";

  private TokenJudges() {}

  static boolean hasToken(Recording recording, Examination examination) {
    boolean configured = recording.fact(AccessScript.TOKEN).orElse("").equals("true");
    if (!configured) {
      examination.unseen(NO_TOKEN);
    }
    return configured;
  }

  static boolean refusedBare(Recording recording, String name) {
    return recording
        .exchange(AccessScript.FRESH + name)
        .filter(e -> e.status().orElse(0) == UNAUTHORIZED)
        .isPresent();
  }

  /** Whether anything can be said: an answer came that is not about load or a gateway. */
  static boolean isAnswer(Exchange exchange) {
    return exchange.status().isPresent()
        && (exchange.status().getAsInt() == UNAUTHORIZED || Answer.missing(exchange).isEmpty());
  }

  static Optional<Exchange> sent(Recording recording, String label, Examination examination) {
    return examination
        .exchange(label)
        .filter(
            e -> {
              if (!isAnswer(e)) {
                examination.unseen(Answer.missing(e).orElse(label + " got no answer"));
              }
              return isAnswer(e);
            });
  }

  /** A token that nobody issued opens nothing. */
  public static Verdict validates(Recording recording) {
    return judged(
        recording,
        (challenge, examination) -> {
          boolean twin =
              recording
                  .exchange(AccessScript.FULL + recording.fact(AccessScript.REFUSED).orElse(""))
                  .filter(Exchange::accepted)
                  .isPresent();
          if (!twin) {
            examination.unseen("the same request is not served with a lawful token");
          }
          recording
              .exchanges(AccessScript.BAD)
              .filter(TokenJudges::isAnswer)
              .forEach(
                  e ->
                      hold(
                          examination,
                          e,
                          !e.accepted(),
                          "A token that nobody issued is taken: " + kind(e) + ".",
                          "A server verifies each token as OAuth 2.1 asks of a resource.",
                          VALIDATE));
        });
  }

  private static String kind(Exchange exchange) {
    return switch (exchange.label().substring(AccessScript.BAD.length())) {
      case "random" -> "random characters";
      case "unsigned" -> "a JSON web token without a signature";
      case "own" -> "one that a stranger signed";
      case "expired" -> "one that has expired";
      default -> "one whose signature was changed";
    };
  }

  /** It is answered 401. */
  public static Verdict unauthorized(Recording recording) {
    return judged(
        recording,
        (challenge, examination) ->
            recording
                .exchanges(AccessScript.BAD)
                .filter(TokenJudges::isAnswer)
                .filter(e -> !e.accepted())
                .forEach(
                    e ->
                        hold(
                            examination,
                            e,
                            e.status().orElse(0) == UNAUTHORIZED && e.result().isEmpty(),
                            "A token that is no good is answered with status "
                                + e.status().orElse(0)
                                + " instead of 401.",
                            "An invalid or expired token is answered with status 401.",
                            "Answer 401 whatever is wrong with the token.")));
  }

  /** That answer is a challenge. */
  public static Verdict challenges(Recording recording) {
    return judged(
        recording,
        (challenge, examination) ->
            recording
                .exchanges(AccessScript.BAD)
                .filter(e -> e.status().orElse(0) == UNAUTHORIZED)
                .forEach(
                    e ->
                        hold(
                            examination,
                            e,
                            BearerChallenge.of(e)
                                .filter(c -> !c.parameters().isEmpty())
                                .isPresent(),
                            "The refusal of a token carries no Bearer challenge.",
                            "A refused token is answered with WWW-Authenticate of the scheme"
                                + " Bearer and at least one parameter.",
                            "Add WWW-Authenticate: Bearer error=\"invalid_token\".")));
  }

  /** The status of each refusal is of its kind. */
  public static Verdict statuses(Recording recording) {
    return judged(
        recording,
        (challenge, examination) ->
            sent(recording, AccessScript.MALFORMED, examination)
                .ifPresent(
                    e -> {
                      int status = e.status().orElse(0);
                      boolean wrong =
                          e.accepted()
                              || status >= SERVER_ERROR
                              || status / 100 * 100 == INFORMATION;
                      if (!wrong && status != UNAUTHORIZED && status != 400) {
                        examination.unseen("a field without a token is answered " + status);
                        return;
                      }
                      hold(
                          examination,
                          e,
                          !wrong,
                          "Authorization with the scheme Bearer and no token is answered with status "
                              + status
                              + ".",
                          "A malformed request for authorization is answered with 400, one without"
                              + " a good token with 401.",
                          "Treat a field without a token as malformed.");
                    }));
  }

  /** Nothing is worked on for who has no right to it. */
  public static Verdict leaksNothing(Recording recording) {
    return judged(
        recording,
        (challenge, examination) -> {
          if (!hasToken(recording, examination)) {
            return;
          }
          Stream.of("call", "read")
              .filter(name -> refusedBare(recording, name))
              .forEach(
                  name ->
                      recording
                          .exchange(AccessScript.FULL + name)
                          .filter(Exchange::accepted)
                          .ifPresent(full -> leak(recording, name, full, examination)));
        });
  }

  private static void leak(
      Recording recording, String name, Exchange full, Examination examination) {
    List<String> told = texts(full.result().orElseGet(Messages::object)).toList();
    recording
        .exchange(AccessScript.LEAK + name)
        .filter(e -> e.status().orElse(0) == UNAUTHORIZED)
        .ifPresent(
            e ->
                hold(
                    examination,
                    e,
                    e.result().isEmpty() && told.stream().noneMatch(e.receivedText()::contains),
                    "The refusal of a token tells what the request would have given.",
                    "Tokens are checked before a request is worked on, and refusals tell nothing"
                        + " of its result.",
                    VALIDATE));
  }

  /** What content says, as far as it is long enough to be told from other text. */
  private static Stream<String> texts(JsonNode result) {
    return Stream.of("content", "contents")
        .flatMap(member -> result.path(member).valueStream())
        .map(block -> block.path("text").asString(""))
        .filter(text -> text.length() >= TELLING);
  }
}
