package dev.plumbline.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.Transport;
import dev.plumbline.evidence.model.Verdict;
import dev.plumbline.perf.raw.Attempt;
import dev.plumbline.perf.raw.PerfPlan;
import dev.plumbline.perf.raw.PerfPlan.Entry;
import dev.plumbline.perf.raw.PerfPlan.State;
import dev.plumbline.perf.raw.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PerfJudgeTest {
  @TempDir Path raw;

  private void write(Scenario... scenarios) throws IOException {
    List<String> folders = new java.util.ArrayList<>();
    for (int i = 0; i < scenarios.length; i++) {
      String folder = "SLO-TEST-" + (i + 1);
      scenarios[i].write(raw.resolve(folder));
      folders.add(folder);
    }
    Entry ran =
        new Entry(
            "SLO-TEST",
            "title",
            Attempt.SLO,
            Era.STATELESS,
            Transport.HTTP,
            State.RUN,
            "",
            folders);
    Entry other =
        new Entry(
            "SLO-OTHER",
            "title",
            null,
            null,
            null,
            State.NOT_APPLICABLE,
            "profile quick",
            List.of());
    Json.write(
        raw.resolve(PerfPlan.FILE),
        new PerfPlan(PerfPlan.SCHEMA, "quick", "7f3a", List.of(ran, other), Map.of("a", "b"), 2));
  }

  @Test
  void givesTheSameResultForTheSameFilesAnywhere() throws Exception {
    write(Attempt.steady(3));
    SuiteResult first = new PerfJudge().judge(raw);
    Locale usual = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      assertThat(Json.write(new PerfJudge().judge(raw))).isEqualTo(Json.write(first));
    } finally {
      Locale.setDefault(usual);
    }
    assertThat(first.suite()).isEqualTo(Suite.PERF);
    assertThat(first.checks().get(0).verdict()).isEqualTo(new Verdict.Pass(1_000));
    assertThat(first.checks().get(1).verdict())
        .isEqualTo(new Verdict.NotApplicable("profile quick"));
    assertThat(first.facts()).containsEntry("a", "b").containsKey("request SLO-TEST");
  }

  @Test
  void namesOnlyFilesThatExist() throws Exception {
    write(Attempt.steady(3), Attempt.steady(2));
    for (String file : new PerfJudge().judge(raw).checks().getFirst().raw()) {
      assertThat(raw.resolve(file.substring("raw/perf/".length()))).exists();
    }
  }

  @Test
  void refusesAPlanThatWasCutShortOrChanged() throws Exception {
    write(Attempt.steady(3));
    Path plan = raw.resolve(PerfPlan.FILE);
    String text = Files.readString(plan);
    Files.writeString(plan, text.substring(0, text.length() / 2));
    assertThatThrownBy(() -> new PerfJudge().judge(raw))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(PerfPlan.FILE);
    Files.writeString(plan, text.replace("\"count\" : 2", "\"count\" : 3"));
    assertThatThrownBy(() -> new PerfJudge().judge(raw)).hasMessageContaining("sealed with 3");
    Files.writeString(plan, text.replace("SLO-TEST-1", "../SLO-TEST-1"));
    assertThatThrownBy(() -> new PerfJudge().judge(raw)).hasMessageContaining("not a folder");
  }

  @Test
  void refusesAnAttemptOfAnotherSchedule() throws Exception {
    write(Attempt.steady(3));
    Path plan = raw.resolve(PerfPlan.FILE);
    Files.writeString(
        plan, Files.readString(plan).replace("\"perSecond\" : 100.0", "\"perSecond\" : 50.0"));
    assertThatThrownBy(() -> new PerfJudge().judge(raw))
        .hasMessageContaining("not of the schedule planned");
  }

  @Test
  void refusesAMissingAttempt() throws Exception {
    write(Attempt.steady(3));
    Files.delete(raw.resolve("SLO-TEST-1").resolve(Scenario.RECORD));
    assertThatThrownBy(() -> new PerfJudge().judge(raw))
        .hasMessageContaining("SLO-TEST-1/scenario.json is missing");
  }
}
