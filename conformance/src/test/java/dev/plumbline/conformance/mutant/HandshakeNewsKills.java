package dev.plumbline.conformance.mutant;

import static dev.plumbline.conformance.mutant.Mutants.http;
import static dev.plumbline.conformance.mutant.Mutants.stdio;

import dev.plumbline.conformance.mutant.Mutants.Mutant;
import java.util.List;

/** Defects in what either side is told, handshake era. */
final class HandshakeNewsKills {
  private HandshakeNewsKills() {}

  static List<Mutant> all() {
    return List.of(
        stdio("cancelled-call-answered", "CANC-004", "A cancelled call is answered"),
        http("session-not-told-of-tools", "TOOL-009", "list of tools changed").withFixture(),
        http("session-not-told-of-prompts", "PROM-003", "list of prompts changed").withFixture(),
        http("session-not-told-of-resources", "RES-003", "list of resources changed").withFixture(),
        http("changed-roots-refused", "ROOT-013", "roots changed are refused"),
        http("lost-roots-break", "ROOT-009", "the roots could not be read"));
  }
}
