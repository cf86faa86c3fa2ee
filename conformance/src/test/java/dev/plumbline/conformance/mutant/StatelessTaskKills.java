package dev.plumbline.conformance.mutant;

import static dev.plumbline.conformance.mutant.Mutants.http;

import dev.plumbline.conformance.mutant.Mutants.Mutant;
import java.util.List;

/** Defects in tasks, stateless era. */
final class StatelessTaskKills {
  private StatelessTaskKills() {}

  static List<Mutant> all() {
    return List.of(
        http("task-to-anyone", "TASK-501", "did not declare the extension gets a task"),
        http("task-capability-unnamed", "TASK-504", "as one that needs the extension")
            .withFixture(),
        http("task-says-complete", "TASK-506", "has resultType \"complete\""),
        http("result-says-task", "TASK-507", "The result of tools/call has resultType task"),
        http("task-failed-with-result", "TASK-508", "says failed and carries a result")
            .withFixture(),
        http("task-found-late", "TASK-509", "just returned is not found"),
        http("task-before-its-answers", "TASK-511", "before the questions of its call are settled")
            .withFixture(),
        http("task-status-running", "TASK-515", "has the status \"running\""),
        http("task-working-with-result", "TASK-516", "says working and carries result"),
        http("task-asks-for-nothing", "TASK-517", "without saying for which").withFixture(),
        http("task-forgets-question", "TASK-518", "does not ask for it").withFixture(),
        http("task-without-result", "TASK-519", "without the result of the tool"),
        http("task-works-again", "TASK-520", "after it said cancelled"),
        http("task-error-without-code", "TASK-521", "failed without a JSON-RPC error")
            .and("TASK-549")
            .withFixture(),
        http("task-get-says-task", "TASK-522", "has resultType \"task\"").and("TASK-507"),
        http("task-key-of-two-questions", "TASK-527", "stands for two different questions")
            .withFixture(),
        http("task-key-again", "TASK-528", "stands for two different questions").withFixture(),
        http("task-update-shows-task", "TASK-529", "carries status"),
        http("task-update-accepted", "TASK-533", "has resultType \"accepted\""),
        http("task-cancel-accepted", "TASK-535", "has resultType \"accepted\""),
        http("task-update-of-nothing", "TASK-530", "is acknowledged"),
        http("task-cancel-of-nothing-internal", "TASK-541", "error -32603 instead of"),
        http("task-refuses-other-keys", "TASK-532", "because of a key").withFixture(),
        http("task-told-to-anyone", "TASK-536", "A subscription to tasks by a client"),
        http("task-progress-on-subscription", "TASK-537", "carries notifications/progress"),
        http("task-without-id-internal", "TASK-539", "without a taskId"),
        http("task-unknown-internal", "TASK-540", "of a task that does not exist"),
        http("task-cancelled-by-anyone", "TASK-543", "tasks/cancel by a client that did not"),
        http("task-error-says-nothing", "TASK-544", "do not say what caused them"),
        http("task-fails-silently", "TASK-545", "without a statusMessage").withFixture(),
        http("task-tool-error-fails", "TASK-547", "though the tool reports an error").withFixture(),
        http("task-error-replaced", "TASK-549", "does not carry the error").withFixture(),
        http("task-result-replaced", "TASK-550", "another result than the same call"),
        http("task-ids-counted", "TASK-551", "can be guessed"));
  }
}
