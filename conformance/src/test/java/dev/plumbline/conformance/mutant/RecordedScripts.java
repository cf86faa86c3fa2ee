package dev.plumbline.conformance.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.conformance.mutant.RecordedMatrix.Given;
import dev.plumbline.conformance.probe.EraProbe;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.run.Scripts;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Outbound;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.conformance.wire.Replay;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Transport;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs every script once more against what a kill matrix recorded of a server, without the server:
 * given the same answers it sends the same again, and leaves the same facts to the judge.
 */
abstract class RecordedScripts {
  /**
   * The clauses whose scripts wait for what their mutants never do, so that the clock tells what
   * they send next: they are held to what the server without a defect said.
   */
  private static final Set<String> PATIENT =
      Set.of("PROM-003", "PROM-506", "RES-003", "RES-507", "TOOL-009", "TOOL-512", "TRAN-548");

  /** The other way round: its script waits for what its mutant does and no other server. */
  private static final String WATCHING = "TRAN-032";

  private final Era era;

  RecordedScripts(Era era) {
    this.era = era;
  }

  @TestFactory
  Stream<DynamicTest> everyScriptSendsTheSameAgain() {
    return RecordedMatrix.tests(era, RecordedScripts::sendsTheSame);
  }

  /** Each course that the conversation took on some server, once. */
  private static void sendsTheSame(Rule rule, List<Given> all) {
    Set<List<String>> courses = new HashSet<>();
    for (Given given : all) {
      Recording once = given.recording();
      boolean http = once.transport() == Transport.HTTP && Replay.shows(once);
      boolean timed =
          given.line().control() ? rule.clause().equals(WATCHING) : PATIENT.contains(rule.clause());
      if (given.own() && http && !timed && courses.add(course(once))) {
        sendsTheSame(rule, given, once);
      }
    }
  }

  private static List<String> course(Recording once) {
    return once.exchanges().stream().map(e -> e.label() + " " + e.status() + e.end()).toList();
  }

  private static void sendsTheSame(Rule rule, Given given, Recording once) {
    EraProbe probe = given.probe().era(once.era(), Transport.HTTP).orElseThrow();
    Recording again;
    try {
      again = Scripts.run(rule, new Replay(once), probe, given.probe().deadline());
    } catch (HarnessException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
    assertThat(sent(again)).as(given.file().toString()).isEqualTo(sent(once));
    assertThat(again.facts()).as(given.file().toString()).isEqualTo(once.facts());
  }

  private static Map<String, Outbound> sent(Recording recording) {
    return recording.exchanges().stream()
        .collect(Collectors.toMap(Exchange::label, Exchange::sent, (a, b) -> b, TreeMap::new));
  }
}
