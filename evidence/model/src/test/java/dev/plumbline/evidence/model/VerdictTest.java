package dev.plumbline.evidence.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictTest {
  private static final Finding FINDING =
      new Finding("summary", "sent", "received", "expected", "actual", "fix", List.of("raw/x#1"));

  @Test
  void refusesAPassWithNothingExamined() {
    assertThatThrownBy(() -> new Verdict.Pass(0)).hasMessageContaining("at least one");
  }

  @Test
  void refusesAFailWithoutFinding() {
    assertThatThrownBy(() -> new Verdict.Fail(List.of())).hasMessageContaining("at least one");
  }

  @Test
  void survivesTheRoundTripThroughJson() throws IOException {
    SuiteResult result =
        new SuiteResult(
            Suite.CONFORMANCE,
            List.of(
                check(new Verdict.Pass(3)),
                check(new Verdict.Fail(FINDING)),
                check(new Verdict.NotObserved("no tool")),
                check(new Verdict.NotApplicable("era")),
                check(new Verdict.HarnessFault("disk full"))),
            Map.of("seed", "7f3a"));
    assertThat(Json.read(Json.write(result), SuiteResult.class)).isEqualTo(result);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"verdict\":\"pass\",\"examined\":0}",
        "{\"verdict\":\"pass\"}",
        "{\"verdict\":\"pass\",\"examined\":\"1\"}",
        "{\"verdict\":\"pass\",\"examined\":1,\"extra\":true}",
        "{\"verdict\":\"pass\",\"examined\":1,\"examined\":1}",
        "{\"verdict\":\"pass\",\"examined\":1} {}",
        "{\"verdict\":\"fine\"}",
        "{\"examined\":1}",
        "null",
        "[]"
      })
  void refusesMalformedJson(String json) {
    assertThatThrownBy(() -> Json.read(json, Verdict.class)).isInstanceOf(IOException.class);
  }

  @Test
  void readsNullWhereARecordAllowsIt() throws IOException {
    CheckResult unbound =
        new CheckResult(
            "FM-07",
            "title",
            Level.MUST,
            null,
            null,
            "fmea",
            new Verdict.Pass(1),
            List.of(Measurement.of("rate", 2, "req/s", 1)),
            List.of());
    assertThat(Json.read(Json.write(unbound), CheckResult.class)).isEqualTo(unbound);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"verdict\":\"not-observed\",\"missing\":null}",
        "{\"verdict\":\"not-observed\"}"
      })
  void refusesNullWhereARecordDoesNotAllowIt(String json) {
    assertThatThrownBy(() -> Json.read(json, Verdict.class)).isInstanceOf(IOException.class);
  }

  @Test
  void writesAndReadsHalfASurrogatePair(@TempDir Path folder) throws IOException {
    String hostile = "a\ud800b\udc00\ud83d\ude00";
    Json.write(folder.resolve("x.json"), hostile);
    assertThat(Json.read(folder.resolve("x.json"), String.class)).isEqualTo(hostile);
  }

  private static CheckResult check(Verdict verdict) {
    return new CheckResult(
        "TOOL-001",
        "title",
        Level.MUST,
        Era.HANDSHAKE,
        Transport.HTTP,
        "2025-11-25/server/tools",
        verdict,
        List.of(Measurement.atMost("latency p99", 2.5, "ms", 10, 100)),
        List.of("raw/conformance/TOOL-001.json"));
  }
}
