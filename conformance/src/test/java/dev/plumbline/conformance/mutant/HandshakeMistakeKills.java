package dev.plumbline.conformance.mutant;

import static dev.plumbline.conformance.mutant.Mutants.http;

import dev.plumbline.conformance.mutant.Mutants.Mutant;
import java.util.List;

/** Defects in how mistakes are refused, handshake era. */
final class HandshakeMistakeKills {
  private HandshakeMistakeKills() {}

  static List<Mutant> all() {
    return List.of(
        http("method-error-without-id", "BASE-004", "does not carry that id"),
        http("unknown-version-answered-old", "LIFE-004", "2024-11-05, not its newest"),
        http("missing-session-not-found", "TRAN-008", "refused with status 404, not 400"),
        http("foreign-origin-listens", "TRAN-016", "A GET from a foreign web origin"),
        http("tools-undeclared", "TOOL-004", "offers tools without declaring"),
        http("resources-undeclared", "RES-002", "offers resources without declaring")
            .and("TOOL-015"),
        http("completions-undeclared", "COMP-001", "offers completions without declaring"),
        http("wrong-argument-served", "TOOL-006", "an error, or a result with isError"),
        http("wrong-argument-protocol-error", "TOOL-025", "from which a model can learn"),
        http("tool-name-any-case", "TOOL-012", "A tool's name in another case"),
        http("call-without-name-served", "TOOL-024", "A call without a name"),
        http("empty-address-read", "RES-008", "at what is no address"),
        http("unknown-prompt-internal-error", "PROM-002", "a prompt that does not exist"),
        http("prompt-argument-internal-error", "PROM-012", "an argument that it requires"),
        http("unknown-completion-internal-error", "COMP-007", "a prompt that does not exist"),
        http("completion-without-ref-internal-error", "COMP-008", "without what it requires"),
        http("log-level-internal-error", "LOG-006", "A log level that does not exist"));
  }
}
