package dev.plumbline.evidence.bundle.report;

import dev.plumbline.evidence.bundle.sign.Digests;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Finding;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code results.sarif}: the findings as SARIF 2.1.0 results, located in the raw evidence. */
final class Sarif {
  private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
  private static final int MAX_TEXT = 4000;

  private Sarif() {}

  static String render(Reported bundle) {
    Map<String, Object> rules = new LinkedHashMap<>();
    List<Object> results = new ArrayList<>();
    for (CheckResult check : bundle.failures()) {
      rules.putIfAbsent(check.id(), rule(check));
      List<String> ids = List.copyOf(rules.keySet());
      if (check.verdict() instanceof Verdict.Fail(var findings)) {
        findings.forEach(
            finding -> results.add(result(bundle, check, finding, ids.indexOf(check.id()))));
      }
    }
    Map<String, Object> driver =
        ordered(
            "name", "Plumbline",
            "version", bundle.run().harness(),
            "rules", List.copyOf(rules.values()));
    Map<String, Object> run =
        ordered(
            "tool",
            ordered("driver", driver),
            "automationDetails",
            ordered("id", "plumbline/" + bundle.run().runId()),
            "invocations",
            List.of(
                ordered(
                    "startTimeUtc", bundle.run().started().toString(),
                    "endTimeUtc", bundle.run().ended().toString(),
                    "executionSuccessful", bundle.run().complete())),
            "results",
            results,
            "columnKind",
            "utf16CodeUnits",
            "properties",
            ordered(
                "decision", bundle.decided().decision().word(),
                "target", bundle.run().target().address()));
    return Json.write(ordered("$schema", SCHEMA, "version", "2.1.0", "runs", List.of(run)));
  }

  private static Map<String, Object> rule(CheckResult check) {
    Map<String, Object> rule = new LinkedHashMap<>();
    rule.put("id", check.id());
    rule.put("shortDescription", ordered("text", check.title()));
    if (!Pages.link(check.page()).isEmpty()) {
      rule.put("helpUri", Pages.link(check.page()));
    }
    rule.put(
        "defaultConfiguration",
        ordered("level", check.level().isMandatory() ? "error" : "warning"));
    return rule;
  }

  private static Map<String, Object> result(
      Reported bundle, CheckResult check, Finding finding, int ruleIndex) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("ruleId", check.id());
    result.put("ruleIndex", ruleIndex);
    result.put("level", check.level().isMandatory() ? "error" : "warning");
    String where = Text.where(check);
    String text =
        finding.summary()
            + (where.isEmpty() ? "" : " (" + where + ")")
            + "\nExpected: "
            + finding.expected()
            + "\nActual: "
            + finding.actual()
            + "\nFix: "
            + finding.fix();
    result.put("message", ordered("text", Text.shorten(text, MAX_TEXT)));
    result.put("locations", locations(check, finding));
    String key = check.id() + "|" + where + "|" + finding.summary();
    result.put(
        "partialFingerprints",
        ordered("plumbline/v1", Digests.sha256(key.getBytes(StandardCharsets.UTF_8))));
    if (bundle.isAccepted(check)) {
      result.put(
          "suppressions",
          List.of(ordered("kind", "external", "justification", "accepted by the baseline")));
    }
    return result;
  }

  private static List<Object> locations(CheckResult check, Finding finding) {
    List<String> places = finding.evidence().isEmpty() ? check.raw() : finding.evidence();
    String file = places.isEmpty() ? "run.json" : places.getFirst().split("#", 2)[0];
    return List.of(
        ordered(
            "physicalLocation",
            ordered(
                "artifactLocation",
                ordered("uri", Pages.path(file)),
                "region",
                ordered("startLine", 1)),
            "message",
            ordered("text", places.isEmpty() ? file : places.getFirst())));
  }

  private static Map<String, Object> ordered(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }
}
