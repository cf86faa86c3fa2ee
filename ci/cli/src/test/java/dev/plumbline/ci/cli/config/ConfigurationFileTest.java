package dev.plumbline.ci.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.conformance.target.Credentials;
import dev.plumbline.evidence.model.Consent;
import dev.plumbline.evidence.model.Profile;
import dev.plumbline.supplychain.Waiver;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigurationFileTest {
  @TempDir Path folder;

  private Configuration read(String text) throws Exception {
    return ConfigurationFile.read(Files.writeString(folder.resolve("plumbline.yaml"), text));
  }

  @Test
  void readsEverySetting() throws Exception {
    Configuration configuration =
        read(
            """
            target:
              url: https://mcp.example.com/mcp
              headers: ["Authorization: Bearer ${TOKEN}"]
              credentials: {narrow: "${NARROW}", other: "${OTHER}"}
            profile: standard
            seed: 7f3a
            out: evidence
            consent: creates,load
            baseline: plumbline-baseline.yaml
            signing-key: release.pem
            toxiproxy: 127.0.0.1:8474
            modes: [FM-07, FM-24]
            only: [TOOL-003]
            tag: ["tools,prompts", must]
            era: handshake
            read-only-tools: [echo]
            waivers:
              - advisory: GHSA-aaaa-bbbb-cccc
                reason: the class is never loaded
                expires: 2026-12-31
            """);

    assertThat(configuration)
        .isEqualTo(
            new Configuration(
                new TargetChoice.Url(
                    URI.create("https://mcp.example.com/mcp"),
                    List.of("Authorization: Bearer ${TOKEN}"),
                    Map.of(
                        Credentials.Kind.NARROW, "${NARROW}",
                        Credentials.Kind.OTHER, "${OTHER}")),
                Profile.STANDARD,
                0x7f3aL,
                folder.resolve("evidence"),
                new ConsentGrant(Consent.CREATES, true),
                folder.resolve("plumbline-baseline.yaml"),
                folder.resolve("release.pem"),
                "127.0.0.1:8474",
                List.of("FM-07", "FM-24"),
                List.of("TOOL-003"),
                List.of("tools,prompts", "must"),
                "handshake",
                List.of("echo"),
                List.of(
                    new Waiver(
                        "GHSA-aaaa-bbbb-cccc",
                        "the class is never loaded",
                        LocalDate.parse("2026-12-31")))));
  }

  @Test
  void refusesAWaiverWithoutAReasonOrAnEnd() {
    String waiver = "waivers:\n  - advisory: GHSA-a\n    reason: known\n    expires: 2026-12-31\n";
    assertThatThrownBy(() -> read(waiver.replace("known", "TODO")))
        .hasMessageContaining(":3: reason: still says TODO");
    assertThatThrownBy(() -> read(waiver.replace("    reason: known\n", "")))
        .hasMessageContaining("'reason' is missing here");
    assertThatThrownBy(() -> read(waiver.replace("2026-12-31", "soon")))
        .hasMessageContaining("'soon' is not a date");
    assertThatThrownBy(() -> read(waiver + waiver.replace("waivers:\n", "")))
        .hasMessageContaining("GHSA-a is waived twice");
  }

  @Test
  void anEmptyFileSaysNothing() throws Exception {
    assertThat(read("")).isEqualTo(Configuration.EMPTY);
    assertThat(read("# only a comment\n")).isEqualTo(Configuration.EMPTY);
  }

  @Test
  void readsSeedsAsWrittenWhateverYamlThinksTheyAre() throws Exception {
    assertThat(read("seed: 0010").seed()).isEqualTo(0x10L);
    assertThat(read("seed: 1e3").seed()).isEqualTo(0x1e3L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          profile: quick\\nprofle: quick | :2: unknown key 'profle'; allowed here: baseline,
          profile: quick\\nprofile: quick | :2: 'profile' is set twice
          profile: fast | :1: profile: 'fast' is not a profile; use quick, standard, nightly
          profile: [quick] | :1: 'profile' needs a single value here, not a list
          modes: FM-07 | :1: 'modes' must be a list ([a, b]), not a single value
          modes: [FM-7] | :1: modes: 'FM-7' is not a failure mode, as in FM-07
          - a\\n- b | :1: the file must be a mapping (key: value), not a list
          profile: quick\\n\\ttab: x | :2: not YAML
          target: {} | :1: set either url or command below target
          target:\\n  url: ftp://x | :2: url: 'ftp://x' is not a web URL
          target:\\n  url: http://me:pw@x/ | :2: url: the URL carries credentials
          target:\\n  uri: http://x/ | :2: unknown key 'uri'; allowed here: command, credentials,
          target: {url: 'http://x/', credentials: {narrow: x}} | :1: narrow: a token is named by its variable
          target: {url: 'http://x/', credentials: {wide: x}} | :1: unknown key 'wide'; allowed here: audience,
          target: {url: 'http://x/', credentials: {other: '${X}'}} | :1: credentials are tried beside a lawful
          consent: everything | :1: consent: 'everything' is not a consent
          seed: xyz | :1: seed: 'xyz' is not a seed
          toxiproxy: 8474 | :1: toxiproxy: '8474' is not HOST:PORT
          out: | :1: 'out' needs a single value here, not nothing
          a: &x 1\\nb: *x | :2: anchors and aliases are not supported
          profile: quick\\n---\\nprofile: quick | second document
          """)
  void pointsAtTheLineOfAMistake(String text, String message) {
    assertThatThrownBy(() -> read(text.replace("\\n", "\n").replace("\\t", "\t")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("plumbline.yaml")
        .hasMessageContaining(message)
        .extracting(Throwable::getMessage)
        .asString()
        .doesNotContain("\n");
  }

  @Test
  void saysThatAFileIsMissing() {
    assertThatThrownBy(() -> ConfigurationFile.read(folder.resolve("none.yaml")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("no such file");
  }
}
