package dev.plumbline.conformance.rule;

import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Judges one thing of many: every error, every tool, every key of {@code _meta}. */
public final class Every {
  /** How many subjects of one recording are told as wrong. */
  private static final int MAX_FINDINGS = 3;

  private final Function<Recording, Stream<Subject>> subjects;
  private final String none;

  private Every(Function<Recording, Stream<Subject>> subjects, String none) {
    this.subjects = subjects;
    this.none = none;
  }

  /**
   * What is judged.
   *
   * @param exchange where it was seen
   * @param name what it is called in a finding, as in {@code The result of tools/list}
   * @param node the thing itself
   */
  public record Subject(Exchange exchange, String name, JsonNode node) {}

  /**
   * These subjects.
   *
   * @param none what was missing when there is not one
   */
  public static Every of(Function<Recording, Stream<Subject>> subjects, String none) {
    return new Every(subjects, none);
  }

  /**
   * What is wrong with one subject.
   *
   * @param exchange where it was seen
   * @param summary what is wrong, one sentence
   * @param expected what the page asks for, in our words
   * @param actual what was observed
   * @param fix what to change in the target
   */
  public record Broken(
      Exchange exchange, String summary, String expected, String actual, String fix) {}

  /**
   * Holds each subject of a recording against one requirement, once lawful requests are served.
   *
   * @param subjects what is judged
   * @param none what was missing when there is not one
   * @param defect what is wrong with a subject; empty when nothing is
   */
  public static <S> Verdict verdict(
      Recording recording, Stream<S> subjects, String none, Function<S, Optional<Broken>> defect) {
    Examination examination = new Examination(recording);
    if (!examination.served(Probes.LAWFUL)) {
      return examination.verdict();
    }
    List<S> all = subjects.toList();
    if (all.isEmpty()) {
      examination.unseen(none);
    }
    int told = 0;
    for (S subject : all) {
      Optional<Broken> wrong = defect.apply(subject);
      if (wrong.isEmpty()) {
        examination.kept();
      } else if (told++ < MAX_FINDINGS) {
        Broken b = wrong.get();
        examination.broken(b.exchange(), b.summary(), b.expected(), b.actual(), b.fix());
      }
    }
    return examination.verdict();
  }

  /**
   * The judge that holds each subject against one requirement.
   *
   * @param defect what is wrong with a subject, as a phrase that follows its name; empty when
   *     nothing is
   * @param expected what the page asks for, in our words
   * @param fix what to change in the target
   */
  public Function<Recording, Verdict> judge(
      Function<Subject, Optional<String>> defect, String expected, String fix) {
    return recording ->
        verdict(
            recording,
            subjects.apply(recording),
            none,
            subject ->
                defect
                    .apply(subject)
                    .map(
                        wrong ->
                            new Broken(
                                subject.exchange(),
                                subject.name() + " " + wrong + ".",
                                expected,
                                subject.name() + " is " + cut(Answer.compact(subject.node())) + ".",
                                fix)));
  }

  private static String cut(String text) {
    int most = 300;
    return text.length() <= most ? text : text.substring(0, most) + "…";
  }
}
