package dev.plumbline.ci.cli.run;

import dev.plumbline.ci.cli.config.TargetChoice;
import dev.plumbline.evidence.model.Profile;
import dev.plumbline.evidence.model.RunManifest;
import dev.plumbline.evidence.model.Suite;
import java.util.Map;
import java.util.TreeMap;

/** What a run leaves out because it was asked to; what was not looked at must be as visible. */
final class NotRun {
  /** Why a part of the reliability core was left out. */
  static final String PARTS = "not asked for: plumbline reliability --profile standard";

  private NotRun() {}

  static Map<String, String> byRequest(RunRequest request) {
    Map<String, String> left = new TreeMap<>();
    if (request.suites().contains(Suite.PERF) && request.settings().profile() == Profile.QUICK) {
      left.put("gatling", "profile quick");
    }
    if (request.suites().contains(Suite.CONFORMANCE)) {
      left.put("older revisions", revisions(request));
      if (bundled(request)) {
        left.put("other transports", "http2, tcp and websocket: rules run over http and stdio");
      }
    }
    if (!bundled(request)) {
      left.put(Suite.RELIABILITY.id(), "it is about the bundled server's own design");
    } else if (request.suites().contains(Suite.RELIABILITY) && !request.parts().isEmpty()) {
      left.put("other parts of the reliability core", PARTS);
    }
    if (request.peers().referee().isEmpty()) {
      left.put(
          Suite.REFEREE.id(),
          bundled(request)
              ? "needs Node 22 and the official suite: verify --referee DIR"
              : "the official suite examines its own fixtures, which only the bundled server has");
    }
    if (request.peers().interop().isEmpty()) {
      left.put(
          Suite.INTEROP.id(),
          bundled(request)
              ? "needs five SDKs: .ci/interop, then verify --interop DIR"
              : "it is about the bundled server and client");
    }
    if (request.peers().mutants().isEmpty()) {
      left.put(
          Suite.MUTANTS.id(),
          bundled(request)
              ? "the kill matrix of the rules is made by mvn verify: verify --mutants DIR"
              : "the rules are proven on mutants of the bundled server");
    }
    if (request.peers().benchmarks().isEmpty()) {
      left.put(
          Suite.BENCHMARKS.id(),
          bundled(request)
              ? "benchmarks take their time: .ci/bench short, then verify --benchmarks DIR"
              : "they are about the bundled server");
    }
    if (!request.selection().isEverything()) {
      left.put(RunManifest.OTHER_CLAUSES, "only " + request.selection().text() + " asked for");
    }
    if (!request.modes().isEmpty()) {
      left.put(RunManifest.OTHER_MODES, "only " + sorted(request.modes()) + " asked for");
    }
    return left;
  }

  private static String revisions(RunRequest request) {
    return request
        .selection()
        .revision()
        .map(asked -> "rules ran in " + asked + " alone, as --era asks")
        .orElse("rules run in the newest revision the target speaks in each era; see --era");
  }

  private static boolean bundled(RunRequest request) {
    return request.target() instanceof TargetChoice.Bundled;
  }

  private static String sorted(Iterable<String> ids) {
    java.util.TreeSet<String> sorted = new java.util.TreeSet<>();
    ids.forEach(sorted::add);
    return String.join(", ", sorted);
  }
}
