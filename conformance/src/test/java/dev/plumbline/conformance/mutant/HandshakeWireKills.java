package dev.plumbline.conformance.mutant;

import static dev.plumbline.conformance.mutant.Mutants.http;

import dev.plumbline.conformance.mutant.Mutants.Mutant;
import java.util.List;

/** Defects in how messages and sessions are written down, paced and kept apart, handshake era. */
final class HandshakeWireKills {
  private HandshakeWireKills() {}

  static List<Mutant> all() {
    return List.of(
        http("session-id-with-umlaut", "TRAN-007", "not visible ASCII"),
        http("session-id-counts", "TRAN-043", "a number that counts"),
        http("answer-mislabelled", "TRAN-009", "is labelled text/plain"),
        http("log-in-latin-1", "TRAN-011", "is not UTF-8"),
        http("log-floods", "LOG-008", "More than 1000 log messages"),
        http("pings-flood", "PING-005", "The server pings"));
  }
}
