package dev.plumbline.evidence.bundle.release;

import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Measurement;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of what ships.
 *
 * @param components how many components the bill lists; null when none was judged
 * @param jars how many different jars ship; null when none was judged
 * @param bill whether the bill lists everything that ships
 * @param licences whether a licence forbids shipping
 * @param advisories whether a grave vulnerability is known
 * @param rebuild whether a rebuild gives the same bytes
 * @param build whether it is known who built it
 * @param facts what the supply chain says in words
 */
public record Shipped(
    @Nullable Long components,
    @Nullable Long jars,
    Shown bill,
    Shown licences,
    Shown advisories,
    Shown rebuild,
    Shown build,
    Map<String, String> facts) {
  private static final String BILL = "SBOM-001";
  private static final String LICENCES = "SBOM-005";
  private static final String ADVISORIES = "VULN-001";
  private static final String REBUILD = "BLD-001";
  private static final String BUILD = "BLD-002";
  private static final String COMPONENTS = "components";
  private static final String JARS = "shipped jars";

  static Shipped of(Outcomes outcomes) {
    SuiteResult result = outcomes.results().get(Suite.SUPPLY_CHAIN);
    return new Shipped(
        counted(result, COMPONENTS),
        counted(result, JARS),
        outcomes.part(BILL),
        outcomes.part(LICENCES),
        outcomes.part(ADVISORIES),
        outcomes.part(REBUILD),
        outcomes.part(BUILD),
        result == null ? Map.of() : result.facts());
  }

  static List<String> checks() {
    return List.of(BILL, LICENCES, ADVISORIES, REBUILD, BUILD);
  }

  private static @Nullable Long counted(@Nullable SuiteResult result, String figure) {
    if (result == null) {
      return null;
    }
    for (CheckResult check : result.checks()) {
      boolean observed =
          check.verdict() instanceof Verdict.Pass || check.verdict() instanceof Verdict.Fail;
      for (Measurement found : check.measurements()) {
        if (observed && found.name().equals(figure)) {
          return Math.round(found.value());
        }
      }
    }
    return null;
  }
}
