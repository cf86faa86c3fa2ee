package dev.plumbline.conformance.mutant;

import static dev.plumbline.conformance.mutant.Mutants.http;
import static dev.plumbline.conformance.mutant.Mutants.stdio;

import dev.plumbline.conformance.mutant.Mutants.Mutant;
import java.util.List;

/** Defects in streams and in the course of a conversation, handshake era. */
final class HandshakeFlowKills {
  private HandshakeFlowKills() {}

  static List<Mutant> all() {
    return List.of(
        http("stream-begins-with-a-message", "TRAN-025", "does not begin with an event"),
        http("connection-ends-without-retry", "TRAN-027", "without a retry field").withFixture(),
        http("stream-without-answer", "TRAN-029", "ended without its answer"),
        http("stream-stays-open", "TRAN-031", "stays open after its answer"),
        http("progress-on-other-stream", "TRAN-035", "comes on a stream opened by GET"),
        http("answers-on-other-stream", "TRAN-036", "A response comes on a stream opened by GET"),
        http("messages-on-two-streams", "TRAN-038", "sent on two streams").and("TRAN-035"),
        http("event-id-again", "TRAN-039", "The event id again occurs twice"),
        http("resumed-with-another", "TRAN-041", "brings what belongs to another"),
        stdio("notice-answered", "BASE-005", "A notification is answered"),
        http("late-cancellation-breaks", "CANC-006", "requests are not served any more"),
        http("cancellation-refused", "CANC-009", "is not ignored"),
        http("asks-while-opening", "LIFE-009", "before the client is initialized"),
        http("asks-before-answering-initialize", "LIFE-005", "before it has answered initialize"),
        http("bad-initialize-breaks", "LIFE-022", "answered by a breakdown"),
        http("progress-after-answer", "PROG-011", "was answered before").and("TRAN-030"),
        http("refused-notification-200", "TRAN-023", "answered with status 200"),
        http("version-header-required", "TRAN-050", "A request without MCP-Protocol-Version"),
        http("prompt-argument-coerced", "PROM-008", "takes an object for an argument"),
        http("completion-of-much-breaks", "COMP-012", "leads to a breakdown"),
        http("task-of-prompt-refused", "TASK-016", "that cannot be a task"),
        http("page-required-of-anybody", "ELIC-017", "cannot open addresses").withFixture(),
        http("page-required-without-list", "ELIC-018", "lists no elicitations")
            .misshapen()
            .withFixture(),
        http("page-required-as-form", "ELIC-019", "no elicitation by address").withFixture(),
        http("page-required-with-other-code", "ELIC-029", "another code than -32042").withFixture(),
        http("tasks-undeclared", "TASK-001", "without declaring tasks").and("TASK-016"),
        http("task-not-required", "TASK-008", "without the task that it requires").withFixture(),
        http("task-look-as-stream", "TASK-024", "answered by an event stream"),
        http("task-comes-when-done", "TASK-035", "comes when its work is done"),
        http("task-result-too-early", "TASK-037", "before the task has ended").and("TASK-038"),
        http("task-by-metadata", "TASK-041", "the task in the metadata"),
        http("task-list-cut", "TASK-047", "ends without a nextCursor"),
        http("task-id-counts", "TASK-064", "a number that counts"),
        http("tasks-of-everybody", "TASK-065", "shows one session the tasks of another"),
        http("progress-of-ended-task", "PROG-008", "A task that has ended reports progress"));
  }
}
