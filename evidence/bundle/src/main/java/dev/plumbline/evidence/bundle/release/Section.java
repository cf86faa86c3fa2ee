package dev.plumbline.evidence.bundle.release;

import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Names;
import dev.plumbline.evidence.model.Suite;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The subjects that figures are told by; each has a folder below {@code release/}. */
public enum Section {
  PERFORMANCE,
  RELIABILITY,
  SECURITY,
  COMPLIANCE;

  private static final Pattern DEMAND = Pattern.compile("RC-([0-9]{3})");
  private static final String ADVISORY = "VULN-";
  private static final int FIRST_COST = 150;
  private static final int LAST_COST = 299;
  private static final int FIRST_SUSTAINED = 750;
  private static final int LAST_SUSTAINED = 799;
  private static final int FIRST_ATTACK = 900;

  /** The name in files and folders. */
  public String id() {
    return Names.toId(this);
  }

  /** What a whole suite is about. */
  static Section of(Suite suite) {
    return switch (suite) {
      case PERF, BENCHMARKS -> PERFORMANCE;
      case CHAOS, RELIABILITY -> RELIABILITY;
      case CONFORMANCE, SUPPLY_CHAIN, REFEREE, INTEROP, MUTANTS -> COMPLIANCE;
    };
  }

  /** What a check of a suite is about. */
  static Section of(Suite suite, CheckResult check) {
    if (check.id().startsWith(ADVISORY)) {
      return SECURITY;
    }
    Matcher demand = DEMAND.matcher(check.id());
    return demand.matches() ? ofDemand(Integer.parseInt(demand.group(1))) : of(suite);
  }

  /** Costs, sizes and rates are performance, attacks are security, the rest holds under stress. */
  private static Section ofDemand(int number) {
    if (number >= FIRST_ATTACK) {
      return SECURITY;
    }
    boolean cost = number >= FIRST_COST && number <= LAST_COST;
    boolean sustained = number >= FIRST_SUSTAINED && number <= LAST_SUSTAINED;
    return cost || sustained ? PERFORMANCE : RELIABILITY;
  }
}
