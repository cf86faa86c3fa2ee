package dev.plumbline.perf.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Measurement;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.Verdict;
import dev.plumbline.perf.reliability.demand.Demand;
import dev.plumbline.perf.reliability.demand.Demands;
import dev.plumbline.perf.reliability.raw.Part;
import dev.plumbline.perf.reliability.raw.ReliabilityPlan.Entry;
import dev.plumbline.perf.reliability.raw.ReliabilityPlan.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ReliabilityJudgeTest {
  /** What makes each demand fail. */
  private static final Map<String, Consumer<Sample>> WRONG = new HashMap<>();

  static {
    prints("RC-101", Part.TABLES, "\"rejections\":40", "\"rejections\":39");
    prints("RC-102", Part.TABLES, "\"illegalAccepted\":0", "\"illegalAccepted\":1");
    prints("RC-103", Part.TABLES, "\"deadStates\":0", "\"deadStates\":1");
    prints("RC-104", Part.TABLES, "\"stuck\":0", "\"stuck\":1");
    prints("RC-105", Part.TABLES, "\"walks\":10000", "\"walks\":9999");
    prints("RC-151", Part.CONTROL, "8.1", "1000.1");
    prints("RC-152", Part.CONTROL, "34.3", "5000.1");
    prints("RC-153", Part.CONTROL, "142.3", "10000.1");
    prints("RC-154", Part.CONTROL, "0.31", "1.01");
    prints("RC-155", Part.CONTROL, "130.6", "1024.5");
    prints("RC-161", Part.COSTS, "0.0003", "1.01");
    prints("RC-162", Part.COSTS, "1.02", "2.01");
    prints("RC-163", Part.COSTS, "0.015", "0.501");
    prints("RC-164", Part.COSTS, "0.0023", "0.101");
    prints("RC-165", Part.COSTS, "73.0", "501");
    prints("RC-166", Part.COSTS, "\"value\":6", "\"value\":7");
    prints("RC-167", Part.COSTS, "9000.5", "12289");
    prints("RC-169", Part.COSTS, "88.0", "100.5");
    prints("RC-171", Part.CONNECTIONS, "\"value\":10000,", "\"value\":9999,");
    prints("RC-172", Part.CONNECTIONS, "9100.5", "12289");
    prints("RC-173", Part.CONNECTIONS, "1.5", "50.1");
    prints("RC-174", Part.CONNECTIONS, "\"value\":0", "\"value\":1");
    prints("RC-175", Part.CONNECTIONS, "100000.0", "99999.0");
    prints("RC-181", Part.LARGE, "\"value\":0,", "\"value\":1,");
    prints("RC-182", Part.LARGE, "\"value\":0.0", "\"value\":1.0");
    prints("RC-183", Part.LARGE, "9.4", "50.1");
    prints("RC-184", Part.LARGE, "11.5", "100.1");
    prints("RC-185", Part.LARGE, "\"value\":1.0", "\"value\":5.0");
    prints("RC-201", Part.REGISTRY, "\"lookupP99Us\":0.4", "\"lookupP99Us\":1000.4");
    prints("RC-202", Part.REGISTRY, "600000.0", "499999.0");
    prints("RC-203", Part.REGISTRY, "\"entries\":100000", "\"entries\":99999");
    prints("RC-204", Part.REGISTRY, "\"exponent\":1.0", "\"exponent\":1.2");
    prints("RC-205", Part.REGISTRY, "\"blockedMs\":7", "\"blockedMs\":101");
    prints("RC-211", Part.CONTAINER, "\"value\":100000", "\"value\":0");
    prints("RC-212", Part.CONTAINER, "\"value\":0.0", "\"value\":1.0");
    prints("RC-213", Part.CONTAINER, "\"value\":0,", "\"value\":1,");
    prints("RC-301", Part.IDS, "\"collisions\":0", "\"collisions\":1");
    prints("RC-302", Part.IDS, "10000000", "9999999");
    prints("RC-311", Part.HANDSHAKE, "30010", "28400");
    prints("RC-312", Part.HANDSHAKE, "31100", "31600");
    prints("RC-313", Part.HANDSHAKE, "31020.5", "60001.5");
    prints("RC-314", Part.HANDSHAKE, "95.5", "5001.5");
    prints("RC-401", Part.ISOLATION, "\"failedElsewhere\":0", "\"failedElsewhere\":1");
    prints("RC-402", Part.ISOLATION, "\"restartMs\":67.7", "\"restartMs\":2000.1");
    prints("RC-403", Part.ISOLATION, "\"sessions\":1040", "\"sessions\":999");
    prints("RC-501", Part.CRASH, "\"lost\":0", "\"lost\":1");
    prints("RC-502", Part.CRASH, "\"resurrected\":0", "\"resurrected\":1");
    prints("RC-601", Part.HANDOVER, "\"failed\":0", "\"failed\":1");
    prints("RC-602", Part.HANDOVER, "\"eventsLost\":0", "\"eventsLost\":1");
    prints("RC-603", Part.HANDOVER, "\"eventsTwice\":0", "\"eventsTwice\":1");
    prints("RC-604", Part.HANDOVER, "\"eventsOutOfOrder\":0", "\"eventsOutOfOrder\":1");
    prints("RC-605", Part.HANDOVER, "\"handoversFailed\":0", "\"handoversFailed\":1");
    prints("RC-606", Part.HANDOVER, "\"handovers\":3", "\"handovers\":2");
    prints("RC-901", Part.ATTACKS, "\"TRV-100\"", "\"TRV-099\"");
    prints("RC-902", Part.ATTACKS, "-32002", "-32001");
    prints("RC-903", Part.ATTACKS, "\"HDR-050\"", "\"HDR-049\"");
    prints("RC-904", Part.ATTACKS, "\"status\":400", "\"status\":200");
    prints("RC-905", Part.ATTACKS, "\"UNI-040\"", "\"UNI-039\"");
    prints(
        "RC-906",
        Part.ATTACKS,
        "\"UNI-001\",\"era\":\"handshake\",\"by\":\"resources/read\",\"expected\":\"refused\"",
        "\"UNI-001\",\"era\":\"handshake\",\"by\":\"resources/read\",\"expected\":\"absent\"");
    prints("RC-907", Part.ATTACKS, "\"FIL-040\"", "\"FIL-039\"");
    prints(
        "RC-908",
        Part.ATTACKS,
        "\"FIL-001\",\"era\":\"stateless\"",
        "\"FIL-001\",\"era\":\"handshake\"");
    prints("RC-909", Part.ATTACKS, "\"secret\":false", "\"secret\":true");
    prints("RC-910", Part.ATTACKS, "\"served\":true", "\"served\":false");
    prints("RC-911", Part.ATTACKS, "\"LAW-015\"", "\"LAW-014\"");
    prints("RC-912", Part.ATTACKS, "\"crashes\":0", "\"crashes\":1");
    prints("RC-913", Part.ATTACKS, "\"unstable\":0", "\"unstable\":1");
    prints("RC-914", Part.ATTACKS, "\"inputs\":10000", "\"inputs\":9999");
    prints("RC-915", Part.ATTACKS, "\"p99Us\":9.5", "\"p99Us\":100.5");
    messages(191, messages -> messages.wrong = 1);
    messages(192, messages -> messages.answered.put(4_096, 40_000L));
    messages(193, messages -> messages.answered.put(65_536, 999L));
    messages(194, messages -> messages.sustainedMillis = 2.1);
    messages(195, messages -> messages.sustainedFailed = 1);
    messages(196, messages -> messages.alive = false);
    for (int first : new int[] {700, 800}) {
      turns(first + 1, knobs -> knobs.healthMillis = 101);
      turns(first + 2, knobs -> knobs.drainMillis = 51);
      turns(first + 3, knobs -> knobs.cancelMillis = 10.1);
      turns(first + 4, knobs -> knobs.dispatchP50Micros = 1_001);
      turns(first + 5, knobs -> knobs.dispatchP95Micros = 5_001);
      turns(first + 6, knobs -> knobs.dispatchP99Micros = 10_001);
      turns(first + 7, knobs -> knobs.lost = 1);
      turns(first + 8, knobs -> knobs.highest = 2_001);
      turns(first + 9, knobs -> knobs.refusalMillis = 51);
      turns(first + 10, knobs -> knobs.wrong = 1);
      turns(first + 11, knobs -> knobs.timedOut = 1);
      turns(
          first + 12,
          knobs -> {
            knobs.answered = 8_900;
            knobs.refused = 11_100;
          });
      turns(first + 13, knobs -> knobs.heapAfter = 22_100_000);
      turns(first + 14, knobs -> knobs.probeMillis = 2.1);
      turns(first + 15, knobs -> knobs.alive = false);
    }
    turns(751, knobs -> knobs.sustainedMillis = 1.1);
    turns(752, knobs -> knobs.sustainedMillis = 5.1);
    turns(753, knobs -> knobs.sustainedMillis = 10.1);
    turns(754, knobs -> knobs.sustainedMillis = 51);
    turns(755, knobs -> knobs.sustainedFailed = 1);
  }

  @TempDir Path raw;

  private static void prints(String id, Part part, String old, String changed) {
    WRONG.put(id, sample -> sample.printing(part, old, changed));
  }

  private static void turns(int number, Consumer<Knobs> turn) {
    WRONG.put("RC-" + number, sample -> turn.accept(sample.knobs));
  }

  private static void messages(int number, Consumer<MessageKnobs> turn) {
    WRONG.put("RC-" + number, sample -> turn.accept(sample.messages));
  }

  static Stream<Demand> demands() {
    return Demands.all().stream();
  }

  private SuiteResult judged(Sample sample) throws IOException {
    sample.write(raw);
    return new ReliabilityJudge().judge(raw);
  }

  private static CheckResult check(SuiteResult result, String id) {
    return result.checks().stream()
        .filter(check -> check.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyDemandIsMetByARunInWhichEverythingHeld() throws IOException {
    SuiteResult result = judged(new Sample());

    assertThat(result.checks()).hasSameSizeAs(Demands.all());
    for (CheckResult check : result.checks()) {
      assertThat(check.verdict()).as(check.id()).isInstanceOf(Verdict.Pass.class);
      assertThat(check.measurements()).as(check.id()).allMatch(Measurement::holds);
      assertThat(check.measurements().getFirst().limit()).isNotNull();
      assertThat(check.measurements().getFirst().samples()).isPositive();
      assertThat(check.raw()).contains("raw/reliability/reliability.json").hasSizeGreaterThan(2);
    }
    assertThat(result.facts()).containsEntry("a", "b");
  }

  @ParameterizedTest
  @MethodSource("demands")
  void everyDemandCanBeMissed(Demand demand) throws IOException {
    Sample sample = new Sample();
    assertThat(WRONG).containsKey(demand.id());
    WRONG.getOrDefault(demand.id(), _ -> {}).accept(sample);
    CheckResult check = check(judged(sample), demand.id());

    assertThat(check.verdict()).isInstanceOf(Verdict.Fail.class);
    if (check.verdict() instanceof Verdict.Fail(var findings)) {
      assertThat(findings).hasSize(1);
      assertThat(findings.getFirst().expected()).contains(demand.figure());
      assertThat(findings.getFirst().fix()).isEqualTo(demand.fix());
    }
    assertThat(check.measurements().getFirst().holds()).isFalse();
  }

  @Test
  void aDemandForWhichThereWasNoOccasionDoesNotApply() throws IOException {
    Sample sample = new Sample();
    sample.printing(
        Part.CONNECTIONS, "attempted\",\"value\":100000", "attempted\",\"value\":17500");
    SuiteResult fewer = judged(sample);
    assertThat(check(fewer, "RC-175").verdict())
        .isInstanceOfSatisfying(
            Verdict.NotApplicable.class,
            moot -> assertThat(moot.reason()).contains("fewer than 100,000", "ulimit -n"));
    assertThat(check(fewer, "RC-171").verdict()).isInstanceOf(Verdict.Pass.class);

    sample.printing(Part.CONNECTIONS, "connections attempted", "something else");
    assertThat(check(judged(sample), "RC-175").verdict()).isInstanceOf(Verdict.NotApplicable.class);
  }

  @Test
  void whatTheGeneratorTimedWhileItStoodStillIsNotHeldAgainstTheServer() throws IOException {
    Sample sample = new Sample();
    sample.knobs.refusalMillis = 78;
    sample.knobs.stalls = List.of(0L, 3L, 0L, 10L, 0L, 0L, 0L, 0L, 0L, 70L);
    CheckResult check = check(judged(sample), "RC-809");

    assertThat(check.verdict()).isInstanceOf(Verdict.Pass.class);
    assertThat(check.measurements())
        .filteredOn(one -> one.name().equals("refusal max"))
        .singleElement()
        .satisfies(max -> assertThat(max.value()).isBetween(77.0, 79.0));

    sample.knobs.stalls = List.of(0L, 3L, 0L, 10L, 0L, 0L, 0L, 0L, 0L, 9L);
    assertThat(check(judged(sample), "RC-809").verdict()).isInstanceOf(Verdict.Fail.class);
  }

  @Test
  void anOverloadWithAGeneratorThatStoodStillAgainAndAgainIsVoid() throws IOException {
    Sample sample = new Sample();
    sample.knobs.stalls = List.of(0L, 11L, 0L, 12L, 40L, 0L, 11L, 0L, 30L, 11L);

    assertThat(check(judged(sample), "RC-801").verdict()).isInstanceOf(Verdict.HarnessFault.class);
  }

  @Test
  void aSecondThatOthersTookIsNotHeldAgainstTheServer() throws IOException {
    Sample sample = new Sample();
    sample.knobs.sustainedMillis = 81;
    sample.knobs.others = List.of(0L, 100L, 20L, 101L);
    CheckResult disturbed = check(judged(sample), "RC-753");
    assertThat(disturbed.verdict()).isInstanceOf(Verdict.Pass.class);
    assertThat(disturbed.measurements())
        .extracting(Measurement::name, m -> Math.round(m.value() * 100))
        .contains(
            tuple("sustained, others aside, p99", 50L),
            tuple("sustained p99", 8_100L),
            tuple("sustained seconds without others", 75L));

    sample.knobs.others = List.of(0L, 100L, 20L, 100L);
    assertThat(check(judged(sample), "RC-753").verdict()).isInstanceOf(Verdict.Fail.class);
  }

  @Test
  void aSecondThatAHypervisorTookIsNotHeldAgainstTheServerEither() throws IOException {
    Sample sample = new Sample();
    sample.knobs.sustainedMillis = 81;
    sample.knobs.others = List.of(0L, 0L, 0L, 0L);
    sample.knobs.stolen = List.of(0L, 50L, 0L, 60L);
    assertThat(check(judged(sample), "RC-753").verdict()).isInstanceOf(Verdict.Pass.class);

    sample.knobs.stolen = List.of(0L, 50L, 0L, 50L);
    assertThat(check(judged(sample), "RC-753").verdict()).isInstanceOf(Verdict.Fail.class);

    sample.knobs.stolen = List.of(60L, 60L, 0L, 60L);
    assertThat(check(judged(sample), "RC-753").verdict()).isInstanceOf(Verdict.HarnessFault.class);
  }

  @Test
  void aMachineThatOthersUseMostOfTheTimeSaysNothing() throws IOException {
    Sample sample = new Sample();
    sample.knobs.others = List.of(0L, 101L, 500L, 900L);
    assertThat(check(judged(sample), "RC-751").verdict())
        .isInstanceOfSatisfying(
            Verdict.HarnessFault.class,
            fault -> assertThat(fault.toString()).contains("others took the processors"));
  }

  @Test
  void aSecondThatOthersTookCountsNoMessages() throws IOException {
    Sample sample = new Sample();
    assertThat(named(check(judged(sample), "RC-193"), "messages a second of 4 KiB"))
        .isEqualTo(12_000);

    sample.messages.others = List.of(500L, 501L);
    sample.messages.answered.put(4_096, 120_001L);
    assertThat(named(check(judged(sample), "RC-193"), "messages a second of 4 KiB"))
        .isEqualTo(12_000);
  }

  @Test
  void namedTargetsAreToldAndNotDemanded() throws IOException {
    Sample sample = new Sample();
    assertThat(judged(sample).facts())
        .containsEntry(
            "target 95,000 messages of 4 KiB a second",
            "not met on this machine: 12,000 a second, a share of 0.13")
        .containsEntry(
            "target 500,000 operations of the registry a second",
            "met on this machine: 600,000 a second, a share of 1.20");

    sample.messages.answered.put(4_096, 950_000L);
    sample.entries.put(
        Part.REGISTRY, new Entry(Part.REGISTRY, State.NOT_APPLICABLE, "profile quick"));
    assertThat(judged(sample).facts())
        .containsEntry(
            "target 95,000 messages of 4 KiB a second",
            "met on this machine: 95,000 a second, a share of 1.00")
        .containsEntry(
            "target 500,000 operations of the registry a second", "not attempted on this machine");
  }

  private static double named(CheckResult check, String figure) {
    return check.measurements().stream()
        .filter(one -> one.name().equals(figure))
        .findFirst()
        .orElseThrow()
        .value();
  }

  @Test
  void messagesOfALateGeneratorAreVoid() throws IOException {
    Sample sample = new Sample();
    sample.messages.latenessMillis = 2.1;
    assertThat(check(judged(sample), "RC-194").verdict()).isInstanceOf(Verdict.HarnessFault.class);
    sample.messages.latenessMillis = 0.1;
    sample.messages.capacity = 0;
    assertThat(check(judged(sample), "RC-194").verdict()).isInstanceOf(Verdict.HarnessFault.class);
  }

  @Test
  void anOverloadWithALateGeneratorIsVoid() throws IOException {
    Sample sample = new Sample();
    sample.knobs.latenessMillis = 6;
    SuiteResult result = judged(sample);

    for (Demand demand : Demands.of(Part.OVERLOAD_CHEAP)) {
      CheckResult check = check(result, demand.id());
      assertThat(check.verdict()).isInstanceOf(Verdict.HarnessFault.class);
      assertThat(check.measurements())
          .anyMatch(m -> m.name().equals("generator lateness p99") && !m.holds());
    }
    assertThat(check(result, "RC-101").verdict()).isInstanceOf(Verdict.Pass.class);
  }

  @Test
  void aCapacityThatIsNotOneIsVoid() throws IOException {
    Sample none = new Sample();
    none.knobs.capacity = 0;
    assertThat(check(judged(none), "RC-712").verdict()).isInstanceOf(Verdict.HarnessFault.class);
    Sample low = new Sample();
    low.knobs.answered = 20_000;
    low.knobs.refused = 0;
    assertThat(check(judged(low), "RC-812").verdict())
        .isInstanceOfSatisfying(
            Verdict.HarnessFault.class,
            fault -> assertThat(fault.cause()).contains("measured too low"));
  }

  @Test
  void whatAPartDidNotMeasureIsNotObserved() throws IOException {
    Sample sample = new Sample();
    sample.knobs.stats = false;
    sample.printing(Part.HANDSHAKE, "\"ended\":20", "\"ended\":0");
    SuiteResult result = judged(sample);

    assertThat(check(result, "RC-706").verdict())
        .isEqualTo(new Verdict.NotObserved("the part did not measure: dispatch p99"));
    assertThat(check(result, "RC-311").verdict()).isInstanceOf(Verdict.NotObserved.class);
    assertThat(check(result, "RC-701").verdict()).isInstanceOf(Verdict.Pass.class);
  }

  @Test
  void whatIsNotToldIsNotZero() throws IOException {
    Map<String, Sample> silent =
        Map.of(
            "RC-102", new Sample().printing(Part.TABLES, "\"illegalAccepted\":0", "\"x\":0"),
            "RC-104", new Sample().printing(Part.TABLES, "\"stuck\":0", "\"x\":0"),
            "RC-301", new Sample().printing(Part.IDS, "\"collisions\":0", "\"x\":0"),
            "RC-401", new Sample().printing(Part.ISOLATION, "\"failedElsewhere\":0", "\"x\":0"),
            "RC-501", new Sample().printing(Part.CRASH, "\"lost\":0", "\"x\":0"),
            "RC-601", new Sample().printing(Part.HANDOVER, "\"failed\":0", "\"x\":0"));
    for (Map.Entry<String, Sample> sample : silent.entrySet()) {
      assertThat(check(judged(sample.getValue()), sample.getKey()).verdict())
          .as(sample.getKey())
          .isInstanceOf(Verdict.NotObserved.class);
    }
  }

  @Test
  void aPartThatDidNotRunSaysWhy() throws IOException {
    Sample sample = new Sample();
    sample.entries.put(Part.CRASH, new Entry(Part.CRASH, State.NOT_OBSERVED, "not built"));
    sample.entries.put(Part.IDS, new Entry(Part.IDS, State.NOT_APPLICABLE, "profile quick"));
    sample.entries.put(Part.HANDOVER, new Entry(Part.HANDOVER, State.HARNESS_FAULT, "it broke"));
    SuiteResult result = judged(sample);

    assertThat(check(result, "RC-501").verdict()).isEqualTo(new Verdict.NotObserved("not built"));
    assertThat(check(result, "RC-301").verdict())
        .isEqualTo(new Verdict.NotApplicable("profile quick"));
    assertThat(check(result, "RC-601").verdict()).isEqualTo(new Verdict.HarnessFault("it broke"));
  }

  @Test
  void aMeasurementThatBrokeOffIsVoid() throws IOException {
    Sample sample = new Sample();
    sample.exit = 137;

    assertThat(check(judged(sample), "RC-501").verdict()).isInstanceOf(Verdict.HarnessFault.class);
  }

  @Test
  void aMeasurementThatComplainsIsJudgedByItsFigures() throws IOException {
    Sample sample = new Sample();
    sample.exit = 1;
    sample.printing(Part.CRASH, "\"lost\":0", "\"lost\":2");

    assertThat(check(judged(sample), "RC-501").verdict()).isInstanceOf(Verdict.Fail.class);
  }

  @Test
  void recoveryThatWasNeverSeenIsLaterThanAnythingThatWasLookedAt() throws IOException {
    Sample sample = new Sample();
    sample.knobs.probeMillis = 9;
    Measurement recovery = check(judged(sample), "RC-714").measurements().getFirst();

    assertThat(recovery.name()).isEqualTo("back to normal");
    assertThat(recovery.value()).isGreaterThan(5);
  }

  @Test
  void refusesFilesThatWereCutShort() throws IOException {
    for (String file :
        List.of(
            "reliability.json",
            "tables/figures.jsonl",
            "tables/run.json",
            "throughput/throughput.json",
            "throughput/sustained-answered.hlog",
            "overload-cheap/overload.json",
            "overload-cheap/queues.jsonl",
            "overload-cheap/answered.hlog",
            "overload-work/refused.hlog",
            "overload-work/control-drain.hlog")) {
      new Sample().write(raw);
      byte[] whole = Files.readAllBytes(raw.resolve(file));
      for (int kept : new int[] {0, whole.length / 2, whole.length - 2}) {
        Files.write(raw.resolve(file), java.util.Arrays.copyOf(whole, kept));
        assertThatThrownBy(() -> new ReliabilityJudge().judge(raw))
            .as(file + " with " + kept + " bytes")
            .isInstanceOf(IOException.class);
      }
    }
  }
}
