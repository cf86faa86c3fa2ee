package dev.plumbline.conformance.mutant;

import dev.plumbline.conformance.rule.Requires;
import dev.plumbline.evidence.model.Transport;
import java.util.List;
import java.util.stream.Stream;

/** The planted defects of the bundled server and the clause whose rule must notice each. */
final class Mutants {
  private static final String HANDSHAKE_SHAPES = "BASE-006";
  private static final String STATELESS_SHAPES = "BASE-508";

  private Mutants() {}

  /**
   * One planted defect.
   *
   * @param name what the server is started with
   * @param clause the clause it breaks
   * @param transport what it is run over
   * @param message words of the finding that the clause's own rule must come to
   * @param alsoKilledBy clauses that ask for the same: on another page, or of the shape of every
   *     message
   * @param fixture whether the defect shows only with what the official suite asks for
   * @param guarded whether the server asks for tokens
   * @param revision the older revision it shows in; empty for the newest of its era
   */
  record Mutant(
      String name,
      String clause,
      Transport transport,
      String message,
      List<String> alsoKilledBy,
      boolean fixture,
      boolean guarded,
      String revision) {
    Mutant misshapen() {
      return and(clause.charAt(clause.length() - 3) == '0' ? HANDSHAKE_SHAPES : STATELESS_SHAPES);
    }

    /** These clauses ask for the same. */
    Mutant and(String... clauses) {
      List<String> also = Stream.concat(alsoKilledBy.stream(), Stream.of(clauses)).toList();
      return new Mutant(name, clause, transport, message, also, fixture, guarded, revision);
    }

    Mutant withFixture() {
      return new Mutant(name, clause, transport, message, alsoKilledBy, true, guarded, revision);
    }

    /** Of a server that asks for tokens. */
    Mutant asked() {
      return new Mutant(name, clause, transport, message, alsoKilledBy, fixture, true, revision);
    }

    /** Seen by who asks for this revision. */
    Mutant in(String older) {
      return new Mutant(name, clause, transport, message, alsoKilledBy, fixture, guarded, older);
    }

    /** Whether its revision tells apart rules that require this: those of some revisions only. */
    boolean isFor(Requires requires) {
      String until = requires.until();
      return until == null
          ? revision.isEmpty()
          : requires.since().compareTo(revision) <= 0 && revision.compareTo(until) <= 0;
    }

    /** Every rule that must notice it, and no other may. */
    List<String> killers() {
      return Stream.concat(Stream.of(clause), alsoKilledBy.stream()).toList();
    }
  }

  /** Every mutant. */
  static List<Mutant> all() {
    return Stream.of(
            first(),
            AccessKills.all(),
            StatelessKills.all(),
            StatelessQuestionKills.all(),
            StatelessRoundKills.all(),
            StatelessTaskKills.all(),
            StatelessExchangeKills.all(),
            HandshakeMutants.all(),
            HandshakeTaskKills.all(),
            HandshakeMistakeKills.all(),
            HandshakeWireKills.all(),
            HandshakeFlowKills.all(),
            HandshakeAskKills.all(),
            HandshakeNewsKills.all(),
            HandshakeOlderKills.all(),
            StatelessStoppingKills.all())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Mutant> first() {
    return List.of(
        http("resource-without-name", "BASE-006", "result.resources[0].name is missing"),
        http("prompt-role-unknown", "BASE-508", "result.messages[0].role is \"system\""),
        http("id-digits-become-number", "BASE-001", "carries id 4712"),
        http("method-error-without-message", "BASE-002", "message is not a string").misshapen(),
        http("server-info-without-version", "LIFE-001", "serverInfo.version").misshapen(),
        http("version-rounded-up", "LIFE-002", "answers a request for it with"),
        http("unknown-version-echoed", "LIFE-003", "1900-01-01, which never existed"),
        http("ping-result-not-empty", "PING-001", "ping is not empty"),
        stdio("stdout-ping-log", "TRAN-001", "not an MCP message"),
        http("notification-answered-200", "TRAN-002", "status 200 instead of 202"),
        http("get-answers-json", "TRAN-003", "neither an event stream nor status 405"),
        http("session-survives-delete", "TRAN-004", "terminated session is still served"),
        http("version-header-ignored", "TRAN-005", "MCP-Protocol-Version: 1900-01-01"),
        http("foreign-origin-accepted", "TRAN-006", "Origin is not validated").and("TRAN-016"),
        http("null-input-schema", "TOOL-001", "not a valid JSON Schema object").misshapen(),
        http("unknown-tool-as-result", "TOOL-002", "answered with a tool result"),
        http("structured-content-wrong-type", "TOOL-003", "does not conform to its output schema")
            .and("TOOL-016"),
        http("unknown-resource-empty-contents", "RES-001", "result without contents"),
        http("invalid-cursor-ignored", "PAGE-001", "cursor that was never issued"),
        http("prompts-undeclared", "PROM-001", "without declaring the prompts capability"),
        http("result-type-missing", "BASE-501", "prompts/list does not state its type").misshapen(),
        http("string-id-lowercased", "BASE-502", "\"plumbline-id-a\"").and("BASE-518"),
        http("client-capabilities-optional", "BASE-503", "without clientCapabilities")
            .and("BASE-550"),
        http("version-error-without-supported", "VERS-501", "data.supported is not a list")
            .and("TRAN-598"),
        http("discover-without-versions", "DISC-501", "supportedVersions is not a list")
            .misshapen(),
        http("resources-list-without-cache-scope", "CACH-501", "resources/list lacks its caching")
            .misshapen(),
        http("version-mismatch-accepted", "TRAN-501", "MCP-Protocol-Version header contradicts"),
        http("mcp-method-unchecked", "TRAN-502", "Mcp-Method header").and("TRAN-589", "TRAN-591"),
        http("mcp-name-unchecked", "TRAN-503", "Mcp-Name header")
            .and("TRAN-509", "TRAN-571", "TRAN-573")
            .and("TRAN-589", "TRAN-591"),
        http("unknown-method-status-200", "TRAN-504", "status 404 and error -32601"),
        http("foreign-origin-accepted-stateless", "TRAN-505", "Origin is not validated")
            .and("TRAN-532"),
        stdio("stdout-warning-line", "TRAN-506", "not an MCP message"),
        http("unknown-tool-as-complete-result", "TOOL-501", "answered with a tool result"),
        http("tools-rotate", "TOOL-502", "listed in another order"),
        http("structured-content-omitted", "TOOL-503", "does not conform to its output schema"),
        http("unknown-resource-legacy-code", "RES-501", "error -32002 instead of error -32602")
            .and("BASE-522", "BASE-524"),
        http("invalid-cursor-restarts", "PAGE-501", "cursor that was never issued"),
        http("declared-prompts-unanswered", "PROM-501", "declares prompts but does not list")
            .and("PROM-513"));
  }

  static Mutant http(String name, String clause, String message) {
    return new Mutant(name, clause, Transport.HTTP, message, List.of(), false, false, "");
  }

  static Mutant stdio(String name, String clause, String message) {
    return new Mutant(name, clause, Transport.STDIO, message, List.of(), false, false, "");
  }
}
