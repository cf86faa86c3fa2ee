package dev.plumbline.conformance.rule;

import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Finding;
import dev.plumbline.evidence.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Adds up what a judge sees in one recording. A broken requirement weighs most; a pass needs at
 * least one subject examined and nothing left unseen.
 */
public final class Examination {
  /** Where recordings lie in the run folder. */
  private static final String FOLDER = "raw/conformance/";

  private final Recording recording;
  private final List<Finding> findings = new ArrayList<>();
  private final List<String> unseen = new ArrayList<>();
  private long examined;

  /** Nothing examined yet. */
  public Examination(Recording recording) {
    this.recording = recording;
  }

  /** One subject kept the requirement. */
  public void kept() {
    examined++;
  }

  /** Something that had to be seen was not; there will be no pass. */
  public void unseen(String what) {
    unseen.add(what);
  }

  /**
   * One subject broke the requirement.
   *
   * @param exchange where it was seen
   * @param summary what is wrong, one sentence
   * @param expected what the page asks for, in our words
   * @param actual what was observed
   * @param fix what to change in the target
   */
  public void broken(
      Exchange exchange, String summary, String expected, String actual, String fix) {
    findings.add(
        new Finding(
            summary,
            exchange.sentText(),
            exchange.receivedText(),
            expected,
            actual,
            fix,
            List.of(file() + "#" + exchange.label())));
  }

  private String file() {
    return FOLDER + recording.id() + "." + recording.transport().id() + ".json";
  }

  /**
   * The exchange with this label; leaves a note when the script did not come that far.
   *
   * @return the exchange, or empty
   */
  public Optional<Exchange> exchange(String label) {
    Optional<Exchange> exchange = recording.exchange(label);
    if (exchange.isEmpty()) {
      unseen(recording.fact(Recording.STOPPED).orElse(label + " was not sent"));
    }
    return exchange;
  }

  /**
   * The exchange with this label when it can be judged; leaves a note when not.
   *
   * @return the exchange, or empty
   */
  public Optional<Exchange> answered(String label) {
    Optional<Exchange> exchange = exchange(label);
    Optional<String> missing = exchange.flatMap(Answer::missing);
    missing.ifPresent(this::unseen);
    return missing.isPresent() ? Optional.empty() : exchange;
  }

  /**
   * Whether the lawful twin was served; leaves a note when not. Without it a refusal proves
   * nothing: the target may refuse everything.
   */
  public boolean served(String label) {
    Optional<Exchange> exchange = exchange(label);
    Optional<String> obstacle = exchange.flatMap(Answer::notServed);
    obstacle.ifPresent(this::unseen);
    return exchange.isPresent() && obstacle.isEmpty();
  }

  /** What follows from everything seen. */
  public Verdict verdict() {
    if (!findings.isEmpty()) {
      return new Verdict.Fail(findings);
    }
    recording.fact(Recording.STOPPED).ifPresent(unseen::addFirst);
    if (!unseen.isEmpty()) {
      return new Verdict.NotObserved(unseen.getFirst());
    }
    return examined == 0
        ? new Verdict.NotObserved("the target gave no occasion")
        : new Verdict.Pass(examined);
  }
}
