package dev.plumbline.evidence.bundle.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.evidence.bundle.Schemas;
import dev.plumbline.evidence.bundle.release.Workstreams.Go;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.Level;
import dev.plumbline.evidence.model.Measurement;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.TargetIdentity;
import dev.plumbline.evidence.model.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReleaseTest {
  @TempDir Path folder;
  private JudgedRun run;

  @BeforeEach
  void start() {
    run = new JudgedRun(folder);
  }

  @Test
  void isDatedByTheRunAndNamedByTheServer() throws IOException {
    Release release = run.pass(Suite.RELIABILITY, "RC-101").release();
    assertThat(release.releaseDate()).isEqualTo("2026-11-22");
    assertThat(release.version()).isEqualTo("1.2.3");
    assertThat(Json.mapper().valueToTree(release).propertyNames())
        .contains("release_date", "test_coverage", "sbom", "warnings", "evidence", "security");
  }

  @ParameterizedTest
  @CsvSource({
    "RELIABILITY, RC-201, performance",
    "RELIABILITY, RC-753, performance",
    "RELIABILITY, RC-708, reliability",
    "RELIABILITY, RC-401, reliability",
    "RELIABILITY, RC-901, security",
    "CHAOS, FM-07, reliability",
    "PERF, SLO-HEALTH, performance",
    "SUPPLY_CHAIN, VULN-001, security",
    "SUPPLY_CHAIN, SBOM-001, compliance"
  })
  void tellsEachFigureWhereItBelongs(Suite suite, String id, String section) throws IOException {
    run.pass(suite, id, Measurement.atMost("time", 3, "ms", 5, 10));
    Metric metric = metric(run.release(), section, id + " time");
    assertThat(metric.value()).isEqualTo(3);
    assertThat(metric.target()).isEqualTo(5);
    assertThat(metric.unit()).isEqualTo("ms");
    assertThat(metric.status()).isEqualTo(Status.MET);
    assertThat(metric.samples()).isEqualTo(10);
    assertThat(metric.source()).isEqualTo(id);
  }

  @Test
  void saysNotMetWhereALimitIsMissedAndObservedWhereThereIsNone() throws IOException {
    run.fail(
        Suite.PERF,
        "SLO-HEALTH",
        Measurement.atMost("latency p99", 30, "ms", 20, 100),
        Measurement.of("latency max", 90, "ms", 100));
    Release release = run.release();
    assertThat(metric(release, "performance", "SLO-HEALTH latency p99").status())
        .isEqualTo(Status.NOT_MET);
    assertThat(metric(release, "performance", "SLO-HEALTH latency max").status())
        .isEqualTo(Status.OBSERVED);
  }

  @Test
  void doesNotHideAFailureWhoseFiguresAllHold() throws IOException {
    run.fail(Suite.CHAOS, "FM-07", Measurement.atMost("recovery time", 1, "s", 5, 1));
    assertThat(metric(run.release(), "reliability", "FM-07 findings").status())
        .isEqualTo(Status.NOT_MET);
  }

  @Test
  void countsTheClausesOfASuiteInsteadOfListingThem() throws IOException {
    run.pass(Suite.CONFORMANCE, "TOOL-001")
        .fail(Suite.CONFORMANCE, "TOOL-002")
        .fail(Suite.CONFORMANCE, "TOOL-004", Level.SHOULD);
    Map<String, Metric> compliance = run.release().evidence().get("compliance");
    assertThat(compliance)
        .extractingByKey("conformance mandatory failed")
        .extracting(Metric::value, Metric::samples, Metric::status)
        .containsExactly(1.0, 2L, Status.NOT_MET);
    assertThat(compliance)
        .extractingByKey("conformance recommended failed")
        .extracting(Metric::value, Metric::status)
        .containsExactly(1.0, Status.OBSERVED);
  }

  @Test
  void neverGivesAValueToWhatWasNotRun() throws IOException {
    Measurement good = Measurement.atMost("lookup p99", 0.1, "ms", 1, 10);
    run.add(Suite.RELIABILITY, "RC-201", Level.MUST, new Verdict.HarnessFault("it stalled"), good)
        .add(Suite.RELIABILITY, "RC-901", Level.MUST, new Verdict.NotApplicable("profile quick"))
        .add(Suite.CONFORMANCE, "TOOL-001", Level.MUST, new Verdict.NotObserved("no tool"));
    Release release = run.release();
    List<Metric> all = new ArrayList<>(release.named().values());
    all.addAll(release.security().counters().values());
    release.evidence().values().forEach(section -> all.addAll(section.values()));
    List<Metric> claimed = all.stream().filter(metric -> metric.value() != null).toList();
    assertThat(claimed).extracting(Metric::title).containsOnly("checks that apply and saw nothing");
    assertThat(metric(release, "performance", "RC-201").note()).isEqualTo("void: it stalled");
    assertThat(metric(release, "reliability", "chaos").note()).isEqualTo("consent is missing");
    assertThat(release.named())
        .extractingByKey("registry_100k_lookup_p99_ms")
        .extracting(Metric::status, Metric::target, Metric::note)
        .containsExactly(Status.NOT_ATTEMPTED, 1.0, "void: it stalled");
  }

  @Test
  void tellsValuesByTheNamesTheyAreAskedForBy() throws IOException {
    run.pass(Suite.RELIABILITY, "RC-901", Measurement.atLeast("blocked", 113, "1", 100, 113))
        .pass(Suite.RELIABILITY, "RC-201", Measurement.atMost("lookup p99", 0.0005, "ms", 1, 9))
        .pass(Suite.RELIABILITY, "RC-203", Measurement.atLeast("entries", 1e5, "1", 1e5, 1))
        .fail(Suite.RELIABILITY, "RC-401", Measurement.atMost("pings failed", 3, "1", 0, 900))
        .pass(Suite.RELIABILITY, "RC-403", Measurement.atLeast("sessions", 1000, "1", 1000, 1));
    Map<String, Metric> named = run.release().named();
    assertThat(named)
        .containsOnlyKeys(
            "throughput_4kb",
            "latency_p99",
            "path_traversal_attacks_blocked",
            "header_injection_attacks_blocked",
            "fuzzing_crashes",
            "registry_100k_lookup_p99_ms",
            "backpressure_queue_overflow_count",
            "connection_crash_isolation",
            "dialyzer_warnings");
    assertThat(named)
        .extractingByKey("path_traversal_attacks_blocked")
        .extracting(Metric::status)
        .isEqualTo(Status.MET);
    assertThat(named)
        .extractingByKey("registry_100k_lookup_p99_ms")
        .extracting(Metric::value)
        .isEqualTo(0.0005);
    assertThat(named)
        .extractingByKey("connection_crash_isolation")
        .extracting(Metric::status, Metric::note)
        .containsExactly(Status.NOT_MET, "FAIL");
    assertThat(named)
        .extractingByKey("throughput_4kb")
        .extracting(Metric::target)
        .isEqualTo(95_000.0);
    assertThat(named)
        .extractingByKey("throughput_4kb")
        .extracting(Metric::status)
        .isEqualTo(Status.NOT_ATTEMPTED);
  }

  @Test
  void takesNoFigureOfASmallerRegistryForThatOfALargeOne() throws IOException {
    run.pass(Suite.RELIABILITY, "RC-201", Measurement.atMost("lookup p99", 0.0005, "ms", 1, 9))
        .fail(Suite.RELIABILITY, "RC-203", Measurement.atLeast("entries", 10, "1", 1e5, 1));
    assertThat(run.release().named())
        .extractingByKey("registry_100k_lookup_p99_ms")
        .extracting(Metric::value, Metric::status)
        .containsExactly(null, Status.NOT_ATTEMPTED);
  }

  @Test
  void holdsTheRateOfFourKilobytesAgainstItsOwnTargetAndNotTheDemands() throws IOException {
    run.pass(
        Suite.RELIABILITY,
        "RC-193",
        Measurement.atLeast("fewest", 2000, "1", 1000, 4),
        Measurement.of("messages a second of 4 KiB", 9_000, "1/s", 90_000));
    Release release = run.release();
    assertThat(release.named())
        .extractingByKey("throughput_4kb")
        .extracting(Metric::value, Metric::target, Metric::status)
        .containsExactly(9_000.0, 95_000.0, Status.NOT_MET);
    assertThat(streams(release).getFirst().state()).isEqualTo(Go.NO_GO);
  }

  @Test
  void countsHowOftenAQueueWasAboveItsCap() throws IOException {
    Path overload = Files.createDirectories(folder.resolve("raw/reliability/overload-cheap"));
    Files.writeString(
        overload.resolve("queues.jsonl"),
        """
        {"queues":[{"role":"session","depth":5,"limit":10,"max":10},{"role":"default","depth":1,"limit":1,"max":2}]}
        {"queues":[{"role":"session","depth":11,"limit":10,"max":11}]}
        {"end":2}
        """);
    assertThat(run.release().named())
        .extractingByKey("backpressure_queue_overflow_count")
        .extracting(Metric::status)
        .isEqualTo(Status.NOT_ATTEMPTED);
    run.add(Suite.RELIABILITY, "RC-708", Level.MUST, new Verdict.NotApplicable("not asked for"));
    assertThat(run.release().named())
        .extractingByKey("backpressure_queue_overflow_count")
        .extracting(Metric::note)
        .isEqualTo("not asked for");
    run = new JudgedRun(folder);
    run.fail(Suite.RELIABILITY, "RC-708", Measurement.atMost("depth over cap", 2, "1", 1, 3));
    assertThat(run.release().named())
        .extractingByKey("backpressure_queue_overflow_count")
        .extracting(Metric::value, Metric::samples, Metric::status)
        .containsExactly(2.0, 3L, Status.NOT_MET);
  }

  @Test
  void letsAWorkstreamGoOnlyWhenAllItDemandsIsShown() throws IOException {
    run.pass(Suite.RELIABILITY, "RC-401").pass(Suite.RELIABILITY, "RC-402");
    assertThat(streams(run.release()).get(3).state()).isEqualTo(Go.NOT_SHOWN);
    run.pass(Suite.RELIABILITY, "RC-403").fail(Suite.RELIABILITY, "RC-902");
    Release release = run.release();
    assertThat(streams(release)).hasSize(10);
    assertThat(streams(release).get(3).state()).isEqualTo(Go.GO);
    assertThat(streams(release).get(7).state()).isEqualTo(Go.NO_GO);
    assertThat(Objects.requireNonNull(release.workstreams()).decision()).isEqualTo(Go.NO_GO);
  }

  @Test
  void goesWhenAllTenDo() throws IOException {
    for (String id : Workstreams.named()) {
      if (!id.startsWith("G-")) {
        run.pass(suite(id), id);
      }
    }
    run.pass(
        Suite.RELIABILITY,
        "RC-193",
        Measurement.atLeast("fewest", 2000, "1", 1000, 4),
        Measurement.of("messages a second of 4 KiB", 96_000, "1/s", 90_000));
    Workstreams ten = Objects.requireNonNull(run.release().workstreams());
    List<String> open =
        ten.streams().stream()
            .filter(stream -> stream.state() != Go.GO)
            .flatMap(stream -> stream.checks().stream())
            .filter(check -> check.status() != Standing.SHOWN)
            .map(Shown::id)
            .toList();
    assertThat(open).allMatch(id -> id.startsWith("G-"));
  }

  @Test
  void saysNothingOfWorkstreamsOfSomebodyElsesServer() throws IOException {
    run.kind = TargetIdentity.Kind.URL;
    Release release = run.pass(Suite.CONFORMANCE, "TRAN-006").release();
    assertThat(release.workstreams()).isNull();
    assertThat(release.named()).allSatisfy((_, metric) -> assertThat(metric.value()).isNull());
    Schemas.RELEASE_EVIDENCE.check(Json.parse(Json.write(release)));
  }

  @Test
  void checksTheListOfUsualWeaknesses() throws IOException {
    run.fail(Suite.CONFORMANCE, "TRAN-006").pass(Suite.CONFORMANCE, "BASE-540");
    List<Owasp> list = run.release().security().owasp();
    assertThat(list).extracting(Owasp::id).startsWith("A01:2021").endsWith("A10:2021").hasSize(10);
    assertThat(list.get(0).status()).isEqualTo(Standing.FAILED);
    assertThat(list.get(9).status()).isEqualTo(Standing.PARTLY_SHOWN);
    assertThat(list.get(5).status()).isEqualTo(Standing.NOT_RUN);
    assertThat(list).allSatisfy(row -> assertThat(row.notCovered()).isNotBlank());
    assertThat(metric(run.release(), "security", "checklist failed"))
        .extracting(Metric::value, Metric::samples, Metric::status)
        .containsExactly(1.0, 2L, Status.NOT_MET);
  }

  @Test
  void warnsOfWhatDoesNotObject() throws IOException {
    run.fail(Suite.CONFORMANCE, "TOOL-004", Level.SHOULD);
    assertThat(run.release().warnings())
        .contains(new Warning(Warning.Kind.FINDING, "TOOL-004", "TOOL-004 is broken"))
        .contains(new Warning(Warning.Kind.NOT_LOOKED_AT, "chaos", "consent is missing"))
        .anyMatch(warning -> warning.kind() == Warning.Kind.GATE);
  }

  @Test
  void saysWhatIsKnownOfWhatShips() throws IOException {
    run.pass(Suite.SUPPLY_CHAIN, "SBOM-001", Measurement.of("components", 52, "1", 52))
        .pass(Suite.SUPPLY_CHAIN, "COV-001", Measurement.atLeast("all", 91, "%", 80, 9000))
        .add(Suite.SUPPLY_CHAIN, "VULN-001", Level.MUST, new Verdict.NotObserved("no export"));
    Release release = run.release();
    assertThat(release.sbom().components()).isEqualTo(52);
    assertThat(release.sbom().jars()).isNull();
    assertThat(release.sbom().advisories())
        .isEqualTo(new Shown("VULN-001", Standing.NOT_RUN, "no export"));
    assertThat(release.testCoverage().lines())
        .extractingByKey("all")
        .extracting(Metric::value)
        .isEqualTo(91.0);
  }

  @Test
  void saysWhichOfTheFilesThatAreAskedForAreThere() throws IOException {
    Path bill = Files.createDirectories(folder.resolve("raw/supply-chain")).resolve("bom.json");
    Files.writeString(bill, "{}");
    assertThat(run.release().artefacts())
        .filteredOn(Artefact::there)
        .extracting(Artefact::asked)
        .containsExactly("SBOM.cyclonedx", "EVIDENCE-BUNDLE.json");
  }

  private static Suite suite(String id) {
    return id.startsWith("RC-")
        ? Suite.RELIABILITY
        : id.matches("(SBOM|BLD|VULN)-.*") ? Suite.SUPPLY_CHAIN : Suite.CONFORMANCE;
  }

  private static List<Workstreams.Stream> streams(Release release) {
    return Objects.requireNonNull(release.workstreams()).streams();
  }

  private static Metric metric(Release release, String section, String name) {
    Map<String, Metric> metrics = Objects.requireNonNull(release.evidence().get(section));
    assertThat(metrics).containsKey(name);
    return Objects.requireNonNull(metrics.get(name));
  }
}
