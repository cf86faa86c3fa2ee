package dev.plumbline.conformance.referee;

import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Finding;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.Judge;
import dev.plumbline.evidence.model.Level;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.Transport;
import dev.plumbline.evidence.model.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Reads what the official suite recorded. Stricter than its exit code: a WARNING is a finding,
 * scenarios it does not score count as well, and a scenario without a record has failed.
 */
public final class RefereeJudge implements Judge {
  private static final int MAX_FINDINGS = 20;

  @Override
  public Suite suite() {
    return Suite.REFEREE;
  }

  @Override
  public SuiteResult judge(Path raw) throws IOException {
    RefereeIndex index = Json.read(raw.resolve(RefereeIndex.FILE), RefereeIndex.class);
    if (!index.schema().equals(RefereeIndex.SCHEMA)) {
      throw new IOException(RefereeIndex.FILE + ": unknown form " + index.schema());
    }
    List<CheckResult> checks = new ArrayList<>();
    Map<String, String> facts = new TreeMap<>();
    facts.put("official-suite", index.suite());
    facts.put("node", index.node());
    for (RefereeIndex.Entry run : index.runs()) {
      Path listing = raw.resolve(RefereeSuite.requirements(run.revision()));
      Requirements requirements = Requirements.parse(Files.readString(listing));
      List<Requirements.Scenario> scenarios = requirements.of(Side.of(run.side()));
      List<CheckResult> judged = new ArrayList<>();
      int records = 0;
      for (Requirements.Scenario scenario : scenarios) {
        Path file = Records.of(raw.resolve(run.folder()), scenario.name());
        records += Files.isRegularFile(file) ? 1 : 0;
        judged.add(check(run, scenario, file));
      }
      if (records != run.records() || scenarios.isEmpty()) {
        throw new IOException(
            run.folder() + ": " + records + " records, " + run.records() + " were written");
      }
      facts.put(run.folder(), summary(scenarios, judged));
      checks.addAll(judged);
    }
    return new SuiteResult(Suite.REFEREE, checks, facts);
  }

  private static String summary(List<Requirements.Scenario> scenarios, List<CheckResult> judged) {
    int[] passed = new int[2];
    int[] all = new int[2];
    for (int i = 0; i < scenarios.size(); i++) {
      int row = scenarios.get(i).scored() ? 0 : 1;
      all[row]++;
      passed[row] += judged.get(i).verdict() instanceof Verdict.Pass ? 1 : 0;
    }
    return passed[0] + " of " + all[0] + " scored, " + passed[1] + " of " + all[1] + " not scored";
  }

  private static CheckResult check(
      RefereeIndex.Entry run, Requirements.Scenario scenario, Path file) throws IOException {
    String id =
        ("OS-" + run.side() + "-" + run.revision() + "-" + scenario.name())
            .replaceAll("[^A-Za-z0-9]", "-")
            .toUpperCase(Locale.ROOT);
    String raw = "raw/referee/" + run.folder() + "/" + scenario.name() + "/checks.json";
    return new CheckResult(
        id,
        "official scenario "
            + scenario.name()
            + " for a "
            + run.side()
            + (scenario.scored() ? "" : " (not scored by the suite itself)"),
        Level.MUST,
        null,
        Transport.HTTP,
        "official-suite/" + run.revision() + "/" + scenario.name(),
        verdict(file, raw),
        List.of(),
        List.of(raw));
  }

  private static Verdict verdict(Path file, String raw) throws IOException {
    if (!Files.isRegularFile(file)) {
      return new Verdict.Fail(
          finding("the scenario left no record: it broke off", "no checks", raw));
    }
    JsonNode checks = Json.read(file, JsonNode.class);
    List<Finding> findings = new ArrayList<>();
    long passed = 0;
    for (JsonNode check : checks) {
      String status = check.path("status").asString("");
      switch (status) {
        case "SUCCESS" -> passed++;
        case "INFO", "SKIPPED" -> {}
        default -> {
          if (findings.size() < MAX_FINDINGS) {
            findings.add(
                finding(
                    check.path("id").asString("")
                        + ": "
                        + check.path("description").asString("no description"),
                    status + " " + check.path("errorMessage").asString(""),
                    raw));
          }
        }
      }
    }
    if (!findings.isEmpty()) {
      return new Verdict.Fail(findings);
    }
    return passed > 0
        ? new Verdict.Pass(passed)
        : new Verdict.NotObserved("the scenario checked nothing: it skips itself");
  }

  private static Finding finding(String summary, String actual, String raw) {
    return new Finding(
        summary,
        "see the scenario in the official suite",
        actual,
        "every check of the scenario a SUCCESS",
        actual,
        "read the record, then the page it refers to",
        List.of(raw));
  }
}
