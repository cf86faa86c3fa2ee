package dev.plumbline.conformance.mutant;

import static dev.plumbline.conformance.mutant.Mutants.http;
import static dev.plumbline.conformance.mutant.Mutants.stdio;

import dev.plumbline.conformance.mutant.Mutants.Mutant;
import java.util.List;
import java.util.stream.Stream;

/** Defects in what only older revisions know, and in completion, pages and dialects. */
final class HandshakeOlderKills {
  private static final String BATCHING = "2025-03-26";

  private HandshakeOlderKills() {}

  static List<Mutant> all() {
    return Stream.concat(
            Stream.of(
                    http("batch-half-served", "BASE-031", "A ping in a batch is not served"),
                    http("batch-mislabelled", "TRAN-055", "neither JSON nor a stream"),
                    http("batch-answered-twice", "TRAN-056", "brings 2 responses"),
                    http("batch-stream-ends-early", "TRAN-057", "before all its requests")
                        .and("TRAN-056"),
                    http("batch-stream-stays-open", "TRAN-058", "after its last response"),
                    http("stream-without-answer", "TRAN-053", "is closed before its answer"),
                    http("sampling-undeclared", "LIFE-026", "asks for sampling/createMessage"))
                .map(mutant -> mutant.in(BATCHING)),
            Stream.of(
                http("completion-missing-internal-error", "COMP-006", "with error -32601"),
                http("cursor-used-up", "PAGE-006", "the same page when it is used again"),
                http("wrong-cursor-harms", "PAGE-007", "another one after wrong cursors"),
                http("broken-connection-cancels", "TRAN-032", "when its connection breaks")
                    .withFixture(),
                http("default-dialect-ignored", "BASE-017", "names no dialect").withFixture(),
                http("named-dialect-ignored", "BASE-018", "that the schema names").withFixture(),
                stdio("handshake-message-over-two-lines", "TRAN-010", "over several lines")))
        .toList();
  }
}
