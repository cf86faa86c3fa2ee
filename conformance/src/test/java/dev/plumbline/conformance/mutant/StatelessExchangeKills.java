package dev.plumbline.conformance.mutant;

import static dev.plumbline.conformance.mutant.Mutants.http;
import static dev.plumbline.conformance.mutant.Mutants.stdio;

import dev.plumbline.conformance.mutant.Mutants.Mutant;
import java.util.List;
import java.util.stream.Stream;

/** Planted defects of the stateless era in transports, streams and cancellation. */
final class StatelessExchangeKills {
  private StatelessExchangeKills() {}

  static List<Mutant> all() {
    return Stream.of(streams(), parameters(), oneEra(), uses(), overStdio(), endings())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Mutant> streams() {
    return List.of(
        http("prompts-elsewhere", "TRAN-531", "is answered with status 405"),
        http("answers-as-text", "TRAN-542", "Content-Type text/plain"),
        http("change-beside-answer", "TRAN-544", "on the stream of prompts/get"),
        http("stream-goes-on", "TRAN-546", "goes on after the response"),
        http("stream-buffered", "TRAN-547", "without X-Accel-Buffering"),
        http("notification-refused-in-success", "TRAN-541", "in the body of a success"),
        http("header-names-compared-as-written", "TRAN-588", "headers in other case"));
  }

  private static List<Mutant> parameters() {
    return List.of(
        http("parameter-header-not-compared", "TRAN-579", "has another value is served")
            .and("TRAN-580", "TRAN-581")
            .withFixture(),
        http("parameter-header-optional", "TRAN-587", "without the Mcp-Param header")
            .and("TRAN-580")
            .withFixture(),
        http("parameter-header-unreadable-accepted", "TRAN-578", "is no Base64 is served")
            .and("TRAN-580")
            .withFixture(),
        http("parameter-header-error-code", "TRAN-580", "wrong, missing or unreadable")
            .withFixture(),
        http("null-expected-in-header", "TRAN-583", "that is null is expected").withFixture(),
        http("absent-expected-in-header", "TRAN-585", "that is left out is expected").withFixture(),
        http("parameter-header-compared-as-text", "TRAN-590", "is not taken for the integer")
            .withFixture());
  }

  private static List<Mutant> oneEra() {
    return List.of(
        http("initialize-refused-without-versions", "VERS-508", "without naming the versions"),
        http("version-header-optional", "TRAN-553", "without MCP-Protocol-Version"),
        http("get-not-found", "TRAN-508", "is not answered with status 405"));
  }

  private static List<Mutant> uses() {
    return List.of(
        http("asks-whoever-declared-nothing", "BASE-552", "asks for what the client cannot do")
            .and("BASE-553")
            .withFixture(),
        http("roots-wanted-undeclared", "ROOT-506", "asks for its roots")
            .and("BASE-552", "BASE-553")
            .withFixture(),
        http("missing-capability-untold", "BASE-553", "is not told what is missing").withFixture(),
        http("task-result-undeclared", "VERS-505", "a result of an extension")
            .and("BASE-515", "BASE-552")
            .misshapen(),
        http("log-with-stack-trace", "LOGG-507", "holds a stack trace"),
        http("prompt-evaluates", "PROM-514", "evaluates an expression"),
        http("resource-path-escapes", "RES-517", "leaves its folder"),
        http("prompt-get-unknown", "PROM-513", "says there are no prompts").and("PROM-510"),
        http("answers-in-ascii", "TRAN-511", "do not come back as they were sent"));
  }

  private static List<Mutant> overStdio() {
    return List.of(
        stdio("message-over-two-lines", "TRAN-516", "stretches over several lines").and("TRAN-506"),
        stdio("token-demanded-on-stdio", "BASE-532", "refused for want of a token"));
  }

  private static List<Mutant> endings() {
    return List.of(
        stdio("cancellation-ignored", "TRAN-523", "works on to its result")
            .and("CANC-512", "TRAN-524"),
        http("closed-call-works-on", "TRAN-548", "closed the connection works on")
            .and("CANC-504", "TRAN-549")
            .withFixture(),
        http("closed-call-heard-elsewhere", "TRAN-550", "comes on another stream"),
        http("log-beside-changes", "LOGG-504", "on the stream of a subscription").withFixture(),
        http("tools-change-unannounced", "TOOL-512", "list of tools changed").withFixture(),
        http("prompts-change-unannounced", "PROM-506", "list of prompts changed").withFixture(),
        http("resources-change-unannounced", "RES-507", "list of resources changed").withFixture());
  }
}
