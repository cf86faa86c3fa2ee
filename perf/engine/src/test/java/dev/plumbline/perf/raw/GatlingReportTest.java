package dev.plumbline.perf.raw;

import static dev.plumbline.perf.raw.Journeys.report;
import static dev.plumbline.perf.raw.Journeys.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class GatlingReportTest {
  private static final String SUM = row("All Requests", 30, 2, 1, 2, 3, 4);
  private static final String WARM = row("warm-up initialize", 10, 0, 90, 91, 92, 93);
  private static final String OPEN = row("initialize", 20, 2, 5, 6, 7, 8);

  @Test
  void readsTheTable() throws Exception {
    GatlingReport report = GatlingReport.parse(report(SUM, WARM, OPEN));
    assertThat(report.rows())
        .containsExactly(
            new GatlingReport.Row("warm-up initialize", 10, 10, 0, 90, 91, 92, 93),
            new GatlingReport.Row("initialize", 20, 18, 2, 5, 6, 7, 8));
    assertThat(report.rows())
        .extracting(GatlingReport.Row::isMeasured)
        .containsExactly(false, true);
  }

  @Test
  void refusesWhatWasCutShort() {
    String whole = report(SUM, WARM, OPEN).strip();
    for (int length = 0; length < whole.length(); length += 50) {
      String part = whole.substring(0, length);
      assertThatThrownBy(() -> GatlingReport.parse(part)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void refusesRowsThatDoNotAddUp() {
    assertThatThrownBy(() -> GatlingReport.parse(report(SUM, WARM)))
        .hasMessageContaining("does not add up");
    assertThatThrownBy(() -> GatlingReport.parse(report(WARM, OPEN)))
        .hasMessageContaining("does not add up");
    String wrong = OPEN.replace("col-3\">18<", "col-3\">19<");
    assertThatThrownBy(() -> GatlingReport.parse(report(SUM, WARM, wrong)))
        .hasMessageContaining("the row of initialize does not add up");
    String none = OPEN.replace("col-11\">7<", "col-11\">-<");
    assertThatThrownBy(() -> GatlingReport.parse(report(SUM, WARM, none)))
        .hasMessageContaining("column 11 of initialize is -");
  }

  @Test
  void refusesATableWithOtherColumns() {
    String other = report(SUM, WARM, OPEN).replace("99th pct", "90th pct");
    assertThatThrownBy(() -> GatlingReport.parse(other)).hasMessageContaining("another Gatling");
  }
}
