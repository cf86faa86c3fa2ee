package dev.plumbline.evidence.bundle.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.evidence.bundle.report.Comparison.Change;
import dev.plumbline.evidence.bundle.report.Grid.Column;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Finding;
import dev.plumbline.evidence.model.Level;
import dev.plumbline.evidence.model.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SideBySideTest {
  private static final Verdict PASS = new Verdict.Pass(3);
  private static final Verdict UNSEEN = new Verdict.NotObserved("no tool is listed");
  private static final Verdict NONE = new Verdict.NotApplicable("capability tools");

  @Test
  void whatBBreaksAndADoesNotIsWorse() {
    assertThat(changes(column("a", PASS), column("b", fail("x")))).containsExactly(Change.WORSE);
    assertThat(changes(column("a", NONE), column("b", fail("x")))).containsExactly(Change.WORSE);
    assertThat(changes(column("a", fail("x")), column("b", PASS))).containsExactly(Change.BETTER);
    assertThat(changes(column("a", PASS), column("b", UNSEEN))).containsExactly(Change.OTHER);
    assertThat(changes(column("a", fail("x")), column("b", fail("x"))))
        .containsExactly(Change.SAME);
    assertThat(changes(column("a", fail("x")), column("b", fail("y"))))
        .containsExactly(Change.OTHER);
  }

  @Test
  void aRuleThatOneSideDidNotHaveProvesNothing() {
    assertThat(changes(column("a"), column("b", fail("x")))).containsExactly(Change.OTHER);
  }

  @Test
  void theGridOpensEveryFindingAndEscapesWhatServersSay() {
    String page =
        GridPage.render(
            new Grid(
                "0.1.0",
                "7f3a",
                Instant.EPOCH,
                Instant.EPOCH.plusSeconds(5),
                List.of(
                    column("first", PASS, fail("<script>alert(1)</script>")),
                    column("second", NONE, UNSEEN),
                    new Column(
                        "third", "NOT REACHABLE", 2, "refused & gone", "", 1, null, List.of()))));

    assertThat(page)
        .contains("href=\"#f-1-TOOL-002\"", "id=\"f-1-TOOL-002\"", "id=\"c-1-TOOL-002\"")
        .contains("aria-label=\"TOOL-002 on first: broken\"", "id=\"f-2-TOOL-002\"")
        .contains("NOT REACHABLE", "refused &amp; gone", "&lt;script&gt;alert(1)")
        .doesNotContain("<script", "id=\"f-1-TOOL-001\"", "src=");
  }

  @Test
  void theComparisonShowsBothSides() {
    Comparison comparison =
        Comparison.of("7f3a", column("v1", PASS), column("v2", fail("no <answer>")));

    assertThat(DiffPage.render(comparison))
        .contains("<h1>1 worse, 0 better</h1>", "no &lt;answer&gt;", "v1", "v2")
        .doesNotContain("<script", "<answer>");
    assertThat(comparison.rows().getFirst().saidOfB()).isEqualTo("fail: no <answer>");
  }

  private static List<Change> changes(Column a, Column b) {
    return Comparison.of("1", a, b).rows().stream().map(Comparison.Row::change).toList();
  }

  private static Verdict fail(String summary) {
    return new Verdict.Fail(new Finding(summary, "s", "r", "e", "a", "f", List.of()));
  }

  private static Column column(String name, Verdict... verdicts) {
    List<CheckResult> checks = new ArrayList<>();
    for (Verdict verdict : verdicts) {
      checks.add(
          new CheckResult(
              "TOOL-%03d".formatted(checks.size() + 1),
              "title",
              Level.MUST,
              null,
              null,
              "2025-11-25/server/tools#x",
              verdict,
              List.of(),
              List.of()));
    }
    return new Column(name, "GO", 0, "", "", 5, null, checks);
  }
}
