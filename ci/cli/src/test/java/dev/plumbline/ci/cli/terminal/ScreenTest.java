package dev.plumbline.ci.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Finding;
import dev.plumbline.evidence.model.Level;
import dev.plumbline.evidence.model.Measurement;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ScreenTest {
  private static final InstantSource STILL = InstantSource.fixed(Instant.EPOCH);

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private Screen screen(Display display) {
    return Screen.on(new PrintStream(bytes, true, StandardCharsets.UTF_8), display, STILL);
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static CheckResult result(String id, Verdict verdict, Measurement... numbers) {
    return new CheckResult(
        id, "a title", Level.MUST, null, null, "page", verdict, List.of(numbers), List.of());
  }

  private static Verdict fail(String summary) {
    return new Verdict.Fail(new Finding(summary, "", "", "", "", "", List.of()));
  }

  private static void play(Screen screen) {
    screen.heading("target", "a server");
    screen.suiteStarted(Suite.CONFORMANCE);
    screen.planned(Suite.CONFORMANCE, 3, 5);
    screen.finished(Suite.CONFORMANCE, result("JSON-001", new Verdict.Pass(1)));
    screen.finished(Suite.CONFORMANCE, result("TOOL-003", fail("got a result with isError")));
    screen.finished(Suite.CONFORMANCE, result("RSRC-021", new Verdict.NotObserved("no change")));
    screen.suiteEnded();
    screen.verdict(false, "NO-GO", List.of("1 MUST clause failed (G-01)"), List.of("out/report"));
    screen.close();
  }

  @Test
  void plainLinesTellEverythingOnceWithoutEscapes() {
    play(screen(Display.PLAIN));

    assertThat(printed().lines())
        .containsExactly(
            " target   a server",
            " conformance  1/3     1 pass   0 fail                              0 s",
            "   ✗ TOOL-003  got a result with isError",
            " conformance  2/3     1 pass   1 fail                              0 s",
            "   ○ RSRC-021  no change",
            " conformance  3/3     1 pass   1 fail   1 not observed             0 s",
            "",
            " NO-GO   1 MUST clause failed (G-01)",
            "         out/report");
  }

  @Test
  void asciiReplacesEveryMark() {
    play(screen(new Display(true, false, Glyphs.ASCII, 100)));

    assertThat(printed().replace("\u001b", "")).matches("[\\x0a\\x0d\\x20-\\x7e]+");
    assertThat(printed()).contains("x TOOL-003").contains("####");
  }

  @Test
  void liveLinesArePaintedOverAndNeverWiderThanTheTerminal() {
    Screen screen = screen(new Display(true, true, Glyphs.UNICODE, 60));
    screen.suiteStarted(Suite.CHAOS);
    screen.planned(Suite.CHAOS, 1, 0);
    screen.finished(Suite.CHAOS, result("FM-07", fail("x".repeat(300))));
    screen.close();

    assertThat(printed()).contains("\u001b[2A");
    assertThat(printed().replaceAll("\u001b\\[[0-9;]*[A-Za-z]", "").split("[\r\n]+"))
        .allSatisfy(line -> assertThat(line.length()).isLessThan(60));
  }

  @Test
  void aTargetCannotReachTheTerminal() {
    Screen screen = screen(Display.PLAIN);
    screen.heading("target", "evil\u001b[2J\u202e\u0007\nname\u009b1m");
    screen.close();

    assertThat(printed()).isEqualTo(" target   evil?[2J?? name?1m\n");
  }

  @Test
  void loadShowsItsNumbersWithLimitsFirst() {
    Screen screen = screen(Display.PLAIN);
    screen.suiteStarted(Suite.PERF);
    screen.planned(Suite.PERF, 1, 0);
    screen.finished(
        Suite.PERF,
        result(
            "SLO-TOOLS-CALL",
            new Verdict.Pass(100),
            Measurement.of("rate", 1200, "req/s", 100),
            Measurement.atMost("p99", 6.123, "ms", 10, 100)));
    screen.close();

    assertThat(printed()).contains("load         1/1     p99 6.12 ms · rate 1,200 req/s");
  }

  @Test
  void colourNeedsATerminalAndNoNoColor() {
    Map<String, String> xterm = Map.of("TERM", "xterm");
    assertThat(Display.detect(true, "UTF-8", xterm).colour()).isTrue();
    assertThat(Display.detect(false, "UTF-8", xterm).colour()).isFalse();
    assertThat(Display.detect(true, "UTF-8", Map.of("TERM", "xterm", "NO_COLOR", "1")).colour())
        .isFalse();
    assertThat(Display.detect(true, "UTF-8", Map.of("TERM", "dumb")).live()).isFalse();
    assertThat(Display.detect(true, "US-ASCII", xterm).glyphs()).isEqualTo(Glyphs.ASCII);
    assertThat(Display.detect(true, "no such", xterm).glyphs()).isEqualTo(Glyphs.ASCII);
  }
}
