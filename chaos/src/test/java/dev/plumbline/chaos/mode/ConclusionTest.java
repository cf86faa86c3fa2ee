package dev.plumbline.chaos.mode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.chaos.journal.Entry;
import dev.plumbline.chaos.journal.Entry.Sample;
import dev.plumbline.chaos.journal.Lane;
import dev.plumbline.chaos.journal.Outcome;
import dev.plumbline.chaos.journal.Phase;
import dev.plumbline.chaos.journal.Story;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ConclusionTest {
  private static Verdict judge(Story story) {
    return Common.conclude(TcpTimeout.MODE, story).verdict();
  }

  private static void assertVoid(Story story, String why) {
    assertThat(judge(story))
        .isInstanceOfSatisfying(
            Verdict.HarnessFault.class, fault -> assertThat(fault.cause()).contains(why));
  }

  private static void assertFailed(Story story, String why) {
    assertThat(judge(story))
        .isInstanceOfSatisfying(
            Verdict.Fail.class,
            fail ->
                assertThat(fail.findings())
                    .anySatisfy(finding -> assertThat(finding.summary()).contains(why)));
  }

  @Test
  void passesWhenEverythingWasSeenAndHeld() {
    assertThat(judge(Stories.stall())).isEqualTo(new Verdict.Pass(18));
  }

  @Test
  void isVoidWithoutAWitness() {
    assertVoid(
        Stories.with(
            Entry.Witness.class,
            w -> new Entry.Witness(w.atMs(), w.fault(), w.name(), 0, w.atLeast(), w.unit())),
        "no witness saw the fault");
  }

  @Test
  void isVoidWhenTheFaultWasNotHealed() {
    assertVoid(
        Stories.with(
            Entry.Heal.class, h -> new Entry.Heal(h.startMs(), h.endMs(), h.fault(), false)),
        "a fault was not healed");
  }

  @Test
  void isVoidWhenARequestPassedTheStalledConnection() {
    assertVoid(
        Stories.with(
            Sample.class, s -> s.outcome() == Outcome.TIMEOUT ? Stories.ended(s, Outcome.OK) : s),
        "a request passed the stalled connection");
  }

  @Test
  void isVoidWhenTheWaitsAreNoFullJitter() {
    assertVoid(
        Stories.with(
            Entry.Wait.class,
            w -> new Entry.Wait(w.atMs(), w.fault(), w.attempt(), w.ceilingMs(), 101, 101)),
        "no full jitter backoff");
  }

  @Test
  void isVoidWhenPlumblineBroke() {
    assertVoid(Stories.ending(new Entry.End(1, false, "the disk is full")), "the disk is full");
  }

  @Test
  void observesNothingWhenTheRunWasCutShort() {
    assertThat(judge(Stories.ending(new Entry.End(1, false, ""))))
        .isEqualTo(new Verdict.NotObserved("the run was cut short"));
  }

  @Test
  void observesNothingWithoutASteadyStateBefore() {
    Story story =
        Stories.with(
            Sample.class, s -> s.phase() == Phase.BEFORE ? Stories.ended(s, Outcome.REFUSED) : s);
    assertThat(judge(story)).isInstanceOf(Verdict.NotObserved.class);
  }

  @Test
  void failsAServerThatServesNobodyElseMeanwhile() {
    assertFailed(
        Stories.with(
            Sample.class,
            s ->
                s.lane() == Lane.DIRECT && s.phase() == Phase.DURING
                    ? Stories.ended(s, Outcome.TIMEOUT)
                    : s),
        "holds up others");
  }

  @Test
  void blamesADeadServerAndNotTheFaultWhenNothingWasThereToHit() {
    Story dead =
        Stories.with(
            Sample.class,
            s -> s.phase() == Phase.BEFORE ? s : Stories.ended(s, Outcome.CONNECT_FAILED));
    List<Entry> entries =
        dead.entries().stream()
            .map(
                e ->
                    e instanceof Entry.Witness w
                        ? new Entry.Witness(w.atMs(), w.fault(), w.name(), 0, 1, w.unit())
                        : e)
            .toList();
    assertFailed(new Story(dead.file(), dead.header(), entries, dead.end()), "holds up others");
  }

  @Test
  void failsAServerThatDoesNotComeBack() {
    assertFailed(
        Stories.with(
            Sample.class,
            s -> s.phase() == Phase.AFTER ? Stories.ended(s, Outcome.CONNECT_FAILED) : s),
        "service is not back");
  }

  @Test
  void failsAServerThatKeepsSessions() {
    assertFailed(Stories.endingWith(Stories.health(1)), "keeps sessions");
  }

  @Test
  void tellsPercentilesByNearestRank() {
    double[] values = IntStream.rangeClosed(1, 100).mapToDouble(i -> i).toArray();
    assertThat(Statistics.percentile(values, 50)).isEqualTo(50);
    assertThat(Statistics.percentile(values, 99)).isEqualTo(99);
    assertThat(Statistics.percentile(new double[] {7}, 99)).isEqualTo(7);
    assertThat(Statistics.percentile(new double[0], 50)).isNaN();
  }
}
