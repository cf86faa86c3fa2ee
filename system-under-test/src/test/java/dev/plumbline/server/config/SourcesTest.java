package dev.plumbline.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourcesTest {
  private static ServerConfig read(String yaml) throws InvalidConfigException {
    return Sources.none().over("test", yaml.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void nothingSaidMeansTheDefaults() throws InvalidConfigException {
    assertThat(read("")).isEqualTo(ServerConfig.standard());
    assertThat(read("# a comment\n")).isEqualTo(ServerConfig.standard());
    assertThat(Sources.none().read()).isEqualTo(ServerConfig.standard());
  }

  @Test
  void readsNumbersTimesWordsAndNamesOfItsOwn() throws InvalidConfigException {
    ServerConfig config =
        read(
            """
            queues: {caps: {session: 20000, task_worker: 2000, custom_role: 5000}}
            rate: {kind: fixed_window, perSecond: 10}
            sessions:
              idle: 2h
              store: jdbc:postgresql://db/plumbline?user=a&password=b
            switches: {overloadMonitor: false}
            """);
    assertThat(config.queues().cap("session")).isEqualTo(20_000);
    assertThat(config.queues().cap("custom_role")).isEqualTo(5_000);
    assertThat(config.queues().cap("transport")).isEqualTo(2_000);
    assertThat(config.rate().kind()).isEqualTo(RateKind.FIXED_WINDOW);
    assertThat(config.rate().perSecond()).isEqualTo(10);
    assertThat(config.sessions().idle()).isEqualTo(Duration.ofHours(2));
    assertThat(config.switches().overloadMonitor()).isFalse();
    assertThat(config.breaker()).isEqualTo(ServerConfig.standard().breaker());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nope: 1 | nope: unknown setting; known here: authorization, breaker, control,",
        "queues: {capz: {session: 1}} | queues.capz.session: unknown setting; known here: caps",
        "queues: {caps: {Session: 1}} | queues.caps.Session: unknown setting; known here: a name of",
        "queues: 7 | queues: holds settings; set one of caps",
        "rate: {perSecond: {x: 1}} | rate.perSecond.x: unknown setting; known here: burst,",
        "queues: {caps: {session: -1}} | queues.caps.session: -1 is out of range; use 0 to 10000000",
        "queues: {caps: {session: many}} | queues.caps.session: must be a whole number, not 'many'",
        "queues: {caps: {session: '5'}} | queues.caps.session: must be a whole number, not '5' in quotes; write",
        "queues: {caps: {session: 1.5}} | queues.caps.session: must be a whole number, not '1.5'",
        "queues: {caps: {session: 99999999999}} | queues.caps.session: '99999999999' is out of range;",
        "queues: {caps: {session: 2147483648}} | queues.caps.session: '2147483648' is out of range;",
        "rate: {perSecond: 99999999999999999999} | rate.perSecond: '99999999999999999999' is out of",
        "switches: {controlPlane: 'true'} | switches.controlPlane: must be true or false, not 'true' in",
        "queues: {caps: {session: [1]}} | queues.caps.session: takes one value, not a list",
        "queues: {caps: {session: }} | queues.caps.session: has no value; write one or remove",
        "queues: {caps: {session: 1, session: 2}} | queues.caps.session: is set twice; keep one",
        "rate: {kind: leaky} | rate.kind: must be one of token_bucket, fixed_window, off, not",
        "sessions: {idle: 5} | sessions.idle: must be a length of time such as 250ms, 30s",
        "sessions: {idle: 31d} | sessions.idle: 31d is out of range; use 10ms to 30d",
        "switches: {controlPlane: yes} | switches.controlPlane: must be true or false, not 'yes'",
        "overload: {warning: 95} | overload.critical: must lie between overload.warning and",
        "sessions: {suspend: 1h} | sessions.suspend: must be shorter than sessions.idle",
        "sessions: {store: redis} | sessions.store: must be memory, file:PATH or a",
        "security: {requireTls: false} | security.override: must be true as well before a",
        "security: {requireAuthentication: false} | security.override: must be true as well before",
        "security: {override: true} | security.override: overrides nothing: switch",
        "security: {names: 'a,b'} | security.names: must be host names separated by single spaces",
        "security: {names: 'A.example'} | security.names: must be host names separated by single",
        "control: {cancel: 60ms} | control.cancel: must not be longer than control.drain",
        "breaker: {successes: 4} | breaker.successes: must not be more than breaker.probes",
        "rate: {burst: &x 5, perSecond: *x} | rate.perSecond: anchors and aliases are not supported",
        "[1, 2] | line 1: write settings as 'name: value' lines",
        "just words | line 1: write settings as 'name: value' lines",
        "{ | line 1: not YAML",
      })
  void saysWhereAndWhatToDo(String yaml, String message) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(InvalidConfigException.class)
        .message()
        .startsWith("test: " + message)
        .doesNotContain("\n");
  }

  @Test
  void tellsEverythingThatIsWrongAtOnce() {
    assertThatThrownBy(() -> read("nope: 1\nrate: {burst: 0, kind: x}\n"))
        .hasMessageEndingWith("(and 2 more)")
        .isInstanceOfSatisfying(
            InvalidConfigException.class, e -> assertThat(e.problems()).hasSize(3));
  }

  @Test
  void refusesWhatIsNoOneSmallDocument() {
    assertThatThrownBy(() -> read("rate: {burst: 1}\n---\nrate: {burst: 2}\n"))
        .hasMessageContaining("a second document");
    assertThatThrownBy(() -> read("a: ".repeat(40))).isInstanceOf(InvalidConfigException.class);
    assertThatThrownBy(() -> read("{a: ".repeat(40) + "1" + "}".repeat(40)))
        .hasMessageContaining("nested deeper than");
    assertThatThrownBy(() -> read("# " + "x".repeat(SettingsReader.MAX_BYTES)))
        .hasMessageContaining("longer than");
    StringBuilder many = new StringBuilder("queues:\n  caps:\n");
    for (int i = 0; i < Settings.MAX_NAMES; i++) {
      many.append("    r").append(i).append(": 1\n");
    }
    assertThatThrownBy(() -> read(many.toString())).hasMessageContaining("names more than");
  }

  @Test
  void laterSourcesWin(@TempDir Path folder) throws IOException, InvalidConfigException {
    Path file = folder.resolve("a.yaml");
    Files.writeString(file, "rate: {burst: 1, perSecond: 1}\ndomains: {count: 1}\n");
    Map<String, String> environment =
        Map.of(
            "PLUMBLINE_CONFIG", file.toString(), "PLUMBLINE_SET", "rate.burst=2 rate.perSecond=2");
    Sources sources = Sources.of(environment, Optional.empty(), List.of("rate.burst=3"));
    ServerConfig config = sources.read();
    assertThat(config.domains().count()).isEqualTo(1);
    assertThat(config.rate().perSecond()).isEqualTo(2);
    assertThat(config.rate().burst()).isEqualTo(3);
    Path other = folder.resolve("b.yaml");
    Files.writeString(other, "domains: {count: 9}\n");
    assertThat(Sources.of(environment, Optional.of(other), List.of()).read().domains().count())
        .isEqualTo(9);
  }

  @ParameterizedTest
  @CsvSource({"burst,must be path=value", "=1,must be path=value", "rate.burst=x,rate.burst: must"})
  void saysWhatIsWrongWithASingleSetting(String set, String message) {
    assertThatThrownBy(() -> Sources.of(Map.of(), Optional.empty(), List.of(set)).read())
        .hasMessageContaining(message);
  }

  @Test
  void aFileThatCannotBeReadIsOneLine(@TempDir Path folder) {
    for (Path path : List.of(folder, folder.resolve("absent.yaml"))) {
      assertThatThrownBy(() -> Sources.of(Map.of(), Optional.of(path), List.of()).read())
          .hasMessageContaining("cannot be read");
    }
  }

  @Test
  void theCollectorIsAUrlOrNothing() throws Exception {
    assertThat(read("observe: {otlp: 'https://collector:4318'}").observe().otlp())
        .isEqualTo("https://collector:4318");
    for (String wrong : List.of("collector", "ftp://collector/x", "http://")) {
      assertThatThrownBy(() -> read("observe: {otlp: '" + wrong + "'}"))
          .hasMessageContaining("observe.otlp: must be an http or https URL, off or environment");
    }
  }

  @Test
  void neverRepeatsAPassword() {
    assertThatThrownBy(() -> read("sessions: {store: 'mysql://u:hunter2@h'}"))
        .message()
        .doesNotContain("hunter2");
  }

  @Test
  void theSampleNamesEverySettingWithItsDefault() throws Exception {
    Path sample =
        Path.of(System.getProperty("plumbline.home", ".."), "samples/config/plumbline-server.yaml");
    byte[] text = Files.readAllBytes(sample);
    assertThat(SettingsReader.read(text).stream().map(SettingsReader.Said::path))
        .containsExactlyInAnyOrderElementsOf(
            Settings.SERVER.flatten(ServerConfig.standard()).keySet());
    assertThat(Sources.none().over("sample", text)).isEqualTo(ServerConfig.standard());
  }

  @Test
  void theSampleMarksWhatNeedsARestart() throws IOException {
    Path sample =
        Path.of(System.getProperty("plumbline.home", ".."), "samples/config/plumbline-server.yaml");
    List<String> marked =
        Files.readString(sample)
            .lines()
            .filter(line -> line.contains("# [restart]"))
            .map(line -> line.strip().replaceFirst(":.*", ""))
            .toList();
    assertThat(
            Settings.SERVER.rows().stream()
                .filter(row -> row.effect() == Setting.Effect.RESTART)
                .map(row -> row.path().replaceFirst("\\.\\*$", "").replaceFirst(".*\\.", "")))
        .containsExactlyInAnyOrderElementsOf(marked);
  }
}
