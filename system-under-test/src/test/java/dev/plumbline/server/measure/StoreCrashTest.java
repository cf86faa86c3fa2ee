package dev.plumbline.server.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class StoreCrashTest {
  @TempDir Path folder;

  @Test
  void whatAKilledProcessAcknowledgedIsKept() throws Exception {
    ObjectNode figures = StoreCrash.run(folder, 8, 7);
    assertThat(figures.path("acknowledged").longValue()).isGreaterThan(8);
    assertThat(figures.path("lost").longValue()).isZero();
    assertThat(figures.path("resurrected").longValue()).isZero();
  }

  private static ObjectNode judged(List<String> said, Map<String, Long> found) {
    CrashLedger ledger = new CrashLedger();
    ledger.read(said);
    ledger.compare(found);
    ObjectNode figures = JsonNodeFactory.instance.objectNode();
    ledger.tell(figures);
    return figures;
  }

  @Test
  void theLedgerSeesWhatIsMissing() {
    assertThat(judged(List.of("? a", "+ a 1"), Map.of()).path("lost").longValue()).isOne();
  }

  @Test
  void theLedgerSeesAnOlderState() {
    List<String> said = List.of("? a", "+ a 1", "? a", "+ a 2");
    assertThat(judged(said, Map.of("a", 1L)).path("lost").longValue()).isOne();
  }

  @Test
  void theLedgerSeesWhatCameBack() {
    List<String> said = List.of("? a", "+ a 1", "? a", "- a");
    assertThat(judged(said, Map.of("a", 1L)).path("resurrected").longValue()).isOne();
    assertThat(judged(List.of(), Map.of("a", 1L)).path("resurrected").longValue()).isOne();
  }

  @Test
  void whatWasOnlyBegunMayHaveHappenedOrNot() {
    List<String> begun = List.of("? a", "+ a 1", "? a");
    for (Map<String, Long> found :
        List.of(Map.of("a", 1L), Map.of("a", 2L), Map.<String, Long>of())) {
      ObjectNode figures = judged(begun, found);
      assertThat(figures.path("lost").longValue()).isZero();
      assertThat(figures.path("resurrected").longValue()).isZero();
    }
  }
}
