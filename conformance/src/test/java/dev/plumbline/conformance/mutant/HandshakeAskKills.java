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
            .withFixture());
  }
}
