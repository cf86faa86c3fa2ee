package dev.plumbline.conformance.mutant;

import static dev.plumbline.conformance.mutant.Mutants.http;

import dev.plumbline.conformance.mutant.Mutants.Mutant;
import java.util.List;

/** Defects in tasks, handshake era. */
final class HandshakeTaskKills {
  private HandshakeTaskKills() {}

  static List<Mutant> all() {
    return List.of(
        http("task-undeclared", "TASK-003", "asks for a task of a client that offers none")
            .and("TASK-002"),
        http("task-forbidden-served", "TASK-006", "as a task that does not allow it"),
        http("task-id-number", "TASK-017", "A task's id is 7"),
        http("task-id-as-wished", "TASK-018", "the id that its requestor wished for")
            .and("TASK-019"),
        http("task-id-again", "TASK-019", "Two tasks have the same id"),
        http("task-begins-completed", "TASK-020", "begins with the status \"completed\""),
        http("task-status-unknown", "TASK-021", "has the status \"done\""),
        http("task-fails-later", "TASK-022", "completed is failed later"),
        http("task-created-yesterday", "TASK-030", "created at \"yesterday\""),
        http("task-updated-before-created", "TASK-031", "changed last before it was created"),
        http("task-without-ttl", "TASK-032", "has the ttl nothing"),
        http("task-beside-content", "TASK-034", "more or less than the task"),
        http("task-result-without-content", "TASK-036", "gives no tool result"),
        http("task-result-differs", "TASK-038", "something else than the same call"),
        http("task-list-names-task", "TASK-043", "carries related-task metadata"),
        http("task-not-listed", "TASK-049", "is not in the list").and("TASK-047"),
        http("task-cancelled-late", "TASK-050", "Cancelling a task that has ended"),
        http("task-cancel-says-working", "TASK-051", "the task is working"),
        http("task-revived", "TASK-052", "A cancelled task is completed afterwards"),
        http("task-report-unrelated", "TASK-054", "does not name it"),
        http("task-report-other-token", "PROG-006", "under the token \"other\""),
        http("task-result-unrelated", "TASK-056", "does not name its task"),
        http("unknown-task-internal-error", "TASK-072", "tasks/result for a task that does not"),
        http("task-cursor-ignored", "TASK-073", "cursor of tasks/list that was never issued"),
        http("task-kept-for-ever", "TASK-077", "a thousand years"));
  }
}
