package dev.plumbline.conformance.rule;

import static dev.plumbline.conformance.rule.MetadataJudges.hold;
import static dev.plumbline.conformance.rule.MetadataJudges.judged;
import static dev.plumbline.conformance.rule.TokenJudges.hasToken;
import static dev.plumbline.conformance.rule.TokenJudges.refusedBare;
import static dev.plumbline.conformance.rule.TokenJudges.sent;

import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;

/** Whether each request brings its own token, and where. */
public final class RequestJudges {
  private RequestJudges() {}

  /** A connection that once brought a token needs one each time. */
  public static Verdict everyTime(Recording recording) {
    return judged(
        recording,
        (challenge, examination) -> {
          if (hasToken(recording, examination)) {
            behind(recording, examination);
          }
        });
  }

  private static void behind(Recording recording, Examination examination) {
    recording
        .exchanges(AccessScript.BARE)
        .filter(e -> refusedBare(recording, e.label().substring(AccessScript.BARE.length())))
        .filter(TokenJudges::isAnswer)
        .forEach(
            e ->
                hold(
                    examination,
                    e,
                    !e.accepted(),
                    "A request without a token is served behind one that brought it.",
                    "Every request is authorized by its own token, whatever came before on its"
                        + " connection.",
                    "Verify the token of each request; remember none with a connection."));
  }

  /** Where even the most public request needs a token, all do. */
  public static Verdict everyRequest(Recording recording) {
    return judged(
        recording,
        (challenge, examination) -> {
          if (!hasToken(recording, examination)) {
            return;
          }
          if (!refusedBare(recording, "cheapest")) {
            examination.unseen("the server tells what it is without a token");
            return;
          }
          recording
              .exchanges(AccessScript.FRESH)
              .filter(TokenJudges::isAnswer)
              .forEach(
                  e ->
                      hold(
                          examination,
                          e,
                          !e.accepted(),
                          Seen.method(e) + " is served without a token.",
                          "A server with authorization verifies every request.",
                          "Ask for the token in one place, before methods are told apart."));
          behind(recording, examination);
        });
  }

  /** A token in the address is none. */
  public static Verdict notInQuery(Recording recording) {
    return judged(
        recording,
        (challenge, examination) -> {
          if (hasToken(recording, examination)) {
            sent(recording, AccessScript.QUERY, examination)
                .ifPresent(
                    e ->
                        hold(
                            examination,
                            e,
                            !e.accepted(),
                            "A token in the query of the URL is taken.",
                            "Tokens travel in the Authorization field and never in a URL.",
                            "Do not read access_token from the query."));
          }
        });
  }
}
