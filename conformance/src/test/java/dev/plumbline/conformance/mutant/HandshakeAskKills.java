package dev.plumbline.conformance.mutant;

import static dev.plumbline.conformance.mutant.Mutants.http;

import dev.plumbline.conformance.mutant.Mutants.Mutant;
import java.util.List;

/** Defects in what is asked of a client, and in what becomes of its answers, handshake era. */
final class HandshakeAskKills {
  private HandshakeAskKills() {}

  static List<Mutant> all() {
    return List.of(
        http("task-asks-while-working", "TASK-026", "waits for its client is working")
            .withFixture(),
        http("task-question-unrelated", "TASK-027", "does not name it").withFixture(),
        http("task-waits-for-ever", "TASK-029", "still says input_required").withFixture(),
        http("task-question-of-another", "TASK-040", "names another task").withFixture(),
        http("task-status-related", "TASK-045", "carries related-task metadata").withFixture(),
        http("task-failure-untold", "TASK-059", "does not say what went wrong").withFixture(),
        http("task-error-becomes-result", "TASK-060", "the error that the request came to")
            .withFixture(),
        http("task-of-undeclared-method", "TASK-002", "elicits as a task"),
        http("log-tells-password", "LOG-004", "holds a secret").withFixture(),
        http("cancels-what-it-never-asked", "CANC-001", "cancels a request that it never made")
            .withFixture(),
        http("late-answer-refused", "CANC-005", "taken back is not ignored").withFixture(),
        http("progress-token-of-two-questions", "PROG-002", "have the progress token \"same\"")
            .withFixture(),
        http("page-told-by-another-id", "ELIC-014", "this client was not asked for").withFixture(),
        http("answer-of-any-session", "ELIC-031", "filled in by another one").withFixture(),
        http("form-number-taken", "ELIC-053", "completed by a form that does not fit")
            .withFixture(),
        http("sampled-role-taken", "SAMP-014", "completed by a sampled message").withFixture(),
        http("sampling-results-beside-text", "SAMP-008", "beside tool results").withFixture(),
        http("sampling-result-missing", "SAMP-009", "has no result for the tool use")
            .withFixture());
  }
}
