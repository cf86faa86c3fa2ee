package dev.plumbline.ci.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.ci.cli.terminal.Display;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LedgerCommandTest {
  private static final int HOLDS = 0;
  private static final int DRIFTED = 1;
  private static final int USAGE = 2;

  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int ledger(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "ledger";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return CommandLines.execute(
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Display.PLAIN,
            Display.PLAIN,
            Map.of(),
            "plumbline"),
        all);
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String complaint() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void countsTheClausesOfBothEras() {
    assertThat(ledger()).isEqualTo(HOLDS);
    assertThat(printed())
        .contains(
            "2025-11-25  server", "2026-07-28  server", "testable on a server", "without a rule");
  }

  @Test
  void printsTheCountsForMachines() {
    assertThat(ledger("--json")).isEqualTo(HOLDS);
    assertThat(printed()).startsWith("{").contains("\"testable\"", "\"rows\"", "\"exclusions\"");
  }

  @Test
  void listsEveryClauseWithItsRule() {
    assertThat(ledger("--clauses")).isEqualTo(HOLDS);
    assertThat(printed()).contains("TOOL-501", "judged by stateless/ToolRules");
  }

  @Test
  void aCheckoutThatSaysSomethingElseIsDrift() throws IOException {
    Files.createDirectory(folder.resolve("2026-07-28"));
    Files.writeString(folder.resolve("2026-07-28/plumb.mdx"), "A plumb MUST hang.\n");

    assertThat(ledger("--drift", folder.toString())).isEqualTo(DRIFTED);
    assertThat(printed()).contains("gone", "TOOL-501", "A plumb MUST hang.", "0 unchanged");
  }

  @Test
  void printsThePageAContributorReads() throws IOException {
    Files.createDirectory(folder.resolve("2026-07-28"));
    Files.writeString(folder.resolve("2026-07-28/plumb.mdx"), "## Bob\n\nA bob is heavy.\n");

    assertThat(ledger("--drift", folder.toString(), "--page", "2026-07-28/plumb")).isEqualTo(HOLDS);
    assertThat(printed()).matches("[0-9a-f]{64} #bob A bob is heavy\\.\\R");
  }

  @Test
  void aWrongPathGetsOneLine() {
    assertThat(ledger("--drift", folder.resolve("nowhere").toString())).isEqualTo(USAGE);
    assertThat(complaint()).contains("nowhere is not a folder").hasLineCount(1);
  }

  @Test
  void aFolderThatIsNoCheckoutGetsOneLine() {
    assertThat(ledger("--drift", folder.toString())).isEqualTo(USAGE);
    assertThat(complaint()).contains("no checkout of the specification").hasLineCount(1);
  }

  @Test
  void aPageNeedsACheckout() {
    assertThat(ledger("--page", "2026-07-28/plumb")).isEqualTo(USAGE);
    assertThat(complaint()).contains("--page needs --drift PATH").hasLineCount(1);
  }
}
