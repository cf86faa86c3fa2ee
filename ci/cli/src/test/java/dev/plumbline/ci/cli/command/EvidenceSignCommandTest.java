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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EvidenceSignCommandTest {
  private static final int HOLDS = 0;
  private static final int REJECTED = 1;
  private static final int USAGE = 2;

  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Map<String, String> environment = Map.of();

  @BeforeEach
  void writeAPaper() throws IOException {
    Files.writeString(folder.resolve("paper.pdf"), "a paper");
    assertThat(plumbline("keygen", at("me"))).isEqualTo(HOLDS);
  }

  @Test
  void signsAFileThatThenHolds() throws IOException {
    assertThat(plumbline("evidence", "sign", at("paper.pdf"), "--signing-key", at("me.pem")))
        .isEqualTo(HOLDS);
    assertThat(folder.resolve("paper.pdf.dsse.json")).isRegularFile();
    assertThat(check("me.pub.pem")).isEqualTo(HOLDS);
    assertThat(printed()).contains("HOLDS", "7 bytes", "signed as paper.pdf");
    Files.writeString(folder.resolve("paper.pdf"), "a better paper");
    assertThat(check("me.pub.pem")).isEqualTo(REJECTED);
    assertThat(printed()).contains("REJECTED", "the file was changed");
  }

  @Test
  void takesTheKeyOfTheEnvironment() {
    environment = Map.of("PLUMBLINE_SIGNING_KEY", at("me.pem"));
    assertThat(plumbline("evidence", "sign", at("paper.pdf"))).isEqualTo(HOLDS);
    assertThat(check("me.pub.pem")).isEqualTo(HOLDS);
  }

  @Test
  void rejectsTheKeyOfSomebodyElse() {
    plumbline("evidence", "sign", at("paper.pdf"), "--signing-key", at("me.pem"));
    plumbline("keygen", at("other"));
    assertThat(check("other.pub.pem")).isEqualTo(REJECTED);
    assertThat(printed()).contains("signed by key ");
  }

  @Test
  void doesNotSignWithAKeyThatNobodyHas() {
    assertThat(plumbline("evidence", "sign", at("paper.pdf"))).isEqualTo(USAGE);
    assertThat(complaint()).contains("nothing to sign with").hasLineCount(1);
    assertThat(folder.resolve("paper.pdf.dsse.json")).doesNotExist();
  }

  @Test
  void saysInOneLineWhatIsMissing() {
    assertThat(plumbline("evidence", "sign", at("no.pdf"), "--signing-key", at("me.pem")))
        .isEqualTo(USAGE);
    assertThat(complaint()).contains("no.pdf: no such file to sign").hasLineCount(1);
    err.reset();
    assertThat(check("me.pub.pem")).isEqualTo(USAGE);
    assertThat(complaint()).contains("paper.pdf.dsse.json is missing").hasLineCount(1);
    err.reset();
    assertThat(plumbline("evidence", "sign", at("paper.pdf"), "--signing-key", at("no.pem")))
        .isEqualTo(USAGE);
    assertThat(complaint()).contains("no.pem cannot be read").hasLineCount(1);
    err.reset();
    assertThat(plumbline("evidence", "check", at("no.pdf"), "--key", at("me.pub.pem")))
        .isEqualTo(USAGE);
    assertThat(complaint()).contains("no.pdf: no such file to check").hasLineCount(1);
  }

  private int check(String key) {
    return plumbline("evidence", "check", at("paper.pdf"), "--key", at(key));
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  private int plumbline(String... arguments) {
    return CommandLines.execute(
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Display.PLAIN,
            Display.PLAIN,
            environment,
            "plumbline"),
        arguments);
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String complaint() {
    return err.toString(StandardCharsets.UTF_8).strip();
  }
}
