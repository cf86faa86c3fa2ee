package dev.plumbline.conformance.mutant;

import static dev.plumbline.conformance.mutant.Mutants.http;

import dev.plumbline.conformance.mutant.Mutants.Mutant;
import java.util.List;

/** Defects in later rounds and in who is asked what, stateless era. */
final class StatelessRoundKills {
  private StatelessRoundKills() {}

  static List<Mutant> all() {
    return List.of(
        http("state-shows-stack-trace", "MRTR-507", "lets the server show a stack trace"),
        http("state-unsealed", "MRTR-508", "A changed requestState changes what")
            .and("MRTR-509")
            .withFixture(),
        http("state-unbound", "MRTR-510", "of another tool is accepted by").withFixture(),
        http("asks-for-roots-undeclared", "MRTR-513", "What was not declared is asked for"),
        http("asks-form-undeclared", "MRTR-514", "An elicitation is asked for").and("MRTR-513"),
        http("asks-page-undeclared", "ELIC-506", "A mode of elicitation is asked for"),
        http("questions-pile-up", "MRTR-515", "that nobody answered the same call is refused"),
        http("answers-of-any-kind", "MRTR-522", "inputResponses that are no answers"),
        http("state-error-without-message", "MRTR-523", "A requestState that is a number"),
        http("answers-nobody-asked-for-refused", "MRTR-524", "an entry nobody asked for"),
        http("answers-missing-refused", "MRTR-525", "without the answers it needs"),
        http("page-token-to-client", "ELIC-518", "gives the client a credential"),
        http("decline-not-handled", "ELIC-523", "fails when the user declines"),
        http("form-number-becomes-text", "ELIC-545", "by a form that does not fit").withFixture(),
        http("sampled-role-ignored", "SAMP-517", "by a sampled message of role system"),
        http("tool-result-beside-text", "SAMP-509", "beside tool results in one message")
            .and("SAMP-521")
            .withFixture(),
        http("tool-result-missing", "SAMP-510", "has no result for the tool use")
            .and("SAMP-521")
            .withFixture(),
        http("tool-result-twice", "SAMP-521", "has 2 results for the tool use").withFixture(),
        http("tool-loop-endless", "SAMP-522", "as long as the model wants").withFixture());
  }
}
