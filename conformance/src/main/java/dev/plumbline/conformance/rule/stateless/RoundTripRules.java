package dev.plumbline.conformance.rule.stateless;

import static dev.plumbline.conformance.rule.stateless.AskingTool.rule;

import dev.plumbline.conformance.rule.Answer;
import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.stateless.AskingTool.Effect;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Rules of the page {@code 2026-07-28/basic/patterns/mrtr} about the rounds after the first: the
 * state that comes back, and the answers.
 */
public final class RoundTripRules {
  private static final Pattern TRACE =
      Pattern.compile(
          "at [\\w.$<>]+\\(\\w+\\.(java|kt):\\d+\\)|Traceback \\(most recent call last\\)"
              + "|at .{1,80}\\.[cm]?[jt]s:\\d+:\\d+|goroutine \\d+ \\[|\\.cs:line \\d+");

  private static final String NO_STATE = "no tool's outcome depends on its requestState";

  private RoundTripRules() {}

  /** The rules on later rounds. */
  public static List<Rule> rules() {
    return List.of(
        rule("MRTR-507", "no tool gives a requestState", RoundTripRules::survives),
        rule("MRTR-508", NO_STATE, RoundTripRules::isProtected),
        rule("MRTR-509", NO_STATE, RoundTripRules::isProtected),
        rule("MRTR-510", "no two tools check their requestState", RoundTripRules::isBound),
        rule("MRTR-515", RoundTripRules::doesNotCountOnRetries),
        rule("MRTR-522", "no tool asks again without answers", RoundTripRules::checksResponses),
        rule("MRTR-523", RoundTripRules::answersMistakes),
        rule("MRTR-524", "no answer could be judged", RoundTripRules::ignoresOthers),
        rule("MRTR-525", "no tool needs what it asks for", RoundTripRules::asksAgain));
  }

  private static int survives(AskingTool tool, Examination examination) {
    int judged = 0;
    for (Exchange hostile : tool.sent("state-hostile").toList()) {
      if (tool.effect(hostile) == Effect.UNKNOWN) {
        continue;
      }
      judged++;
      if (TRACE.matcher(hostile.receivedText()).find()) {
        tool.broken(
            examination,
            hostile,
            "A requestState that "
                + tool.name()
                + " did not issue lets the server show a stack trace.",
            "What comes in requestState is treated as if an attacker wrote it.",
            "Check the state before it is read, and refuse it with error -32602.");
      } else {
        examination.kept();
      }
    }
    return judged;
  }

  /** Whether the state decides something: without it the tool does not come to the same end. */
  private static boolean decides(AskingTool tool) {
    return tool.sent("state-none")
        .anyMatch(e -> tool.effect(e) == Effect.NOTICED || tool.effect(e) == Effect.OTHER);
  }

  private static int isProtected(AskingTool tool, Examination examination) {
    if (!decides(tool)) {
      return 0;
    }
    int judged = 0;
    for (Exchange changed : tool.sent("state-changed").toList()) {
      switch (tool.effect(changed)) {
        case NOTICED -> {
          judged++;
          examination.kept();
        }
        case OTHER -> {
          judged++;
          tool.broken(
              examination,
              changed,
              "A changed requestState changes what " + tool.name() + " does.",
              "A requestState that decides something is protected against change: one that was"
                  + " changed is refused. The unchanged one leads to "
                  + AskingTool.outcome(tool.twin()).map(Object::toString).orElse("a result")
                  + ".",
              "Seal the state, with HMAC or AEAD, and refuse what does not open.");
        }
        case SAME, UNKNOWN -> {}
      }
    }
    return judged;
  }

  private static int isBound(AskingTool tool, Examination examination) {
    List<Exchange> changed = tool.sent("state-changed").toList();
    boolean checks =
        !changed.isEmpty() && changed.stream().allMatch(e -> tool.effect(e) == Effect.NOTICED);
    int judged = 0;
    for (Exchange foreign : tool.sent("state-foreign").toList()) {
      Effect effect = tool.effect(foreign);
      if (!checks || effect == Effect.UNKNOWN) {
        continue;
      }
      judged++;
      if (effect == Effect.NOTICED) {
        examination.kept();
      } else {
        tool.broken(
            examination,
            foreign,
            "The requestState of another tool is accepted by " + tool.name() + ".",
            "A requestState is good for the request it was issued for: on another one it is"
                + " refused. A state nobody issued is refused here.",
            "Put the method and a digest of its parameters under the seal, and compare them.");
      }
    }
    return judged;
  }

  // --- answers ---------------------------------------------------------------------------------

  private static boolean needsAnswers(AskingTool tool) {
    return tool.sent("answers-none").anyMatch(e -> tool.effect(e) == Effect.NOTICED);
  }

  private static int checksResponses(AskingTool tool, Examination examination) {
    if (!needsAnswers(tool)) {
      return 0;
    }
    int judged = 0;
    for (String label : List.of("answers-array", "answers-text", "answers-shapeless")) {
      boolean map = label.equals("answers-shapeless");
      for (Exchange wrong : tool.sent(label).toList()) {
        Effect effect = tool.effect(wrong);
        // A result of its own may be how a tool tells that an answer is wrong.
        if (effect == Effect.UNKNOWN || (map && effect == Effect.OTHER)) {
          continue;
        }
        judged++;
        if (effect == Effect.NOTICED) {
          examination.kept();
        } else {
          tool.broken(
              examination,
              wrong,
              tool.name() + " is completed by inputResponses that are no answers.",
              "inputResponses is an object with one answer, an object, under each key; what is"
                  + " not is refused or asked for again.",
              "Check inputResponses before the answers are used, and refuse with error -32602.");
        }
      }
    }
    return judged;
  }

  private static int ignoresOthers(AskingTool tool, Examination examination) {
    int judged = 0;
    for (Exchange more : tool.sent("answers-more").toList()) {
      if (tool.effect(more) == Effect.SAME) {
        judged++;
        examination.kept();
      } else if (more.error().isPresent() && Answer.missing(more).isEmpty()) {
        judged++;
        tool.broken(
            examination,
            more,
            tool.name() + " refuses inputResponses with an entry nobody asked for.",
            "Entries of inputResponses that are not known or needed are ignored.",
            "Read the keys that were asked for and leave the others alone.");
      }
    }
    return judged;
  }

  private static int asksAgain(AskingTool tool, Examination examination) {
    int judged = 0;
    for (Exchange none : tool.sent("answers-none").toList()) {
      if (Rounds.asks(none)) {
        judged++;
        examination.kept();
      } else if (none.error().isPresent() && Answer.missing(none).isEmpty()) {
        judged++;
        tool.broken(
            examination,
            none,
            tool.name() + " refuses a round without the answers it needs.",
            "When needed answers are missing, the server asks for them again by an input_required"
                + " result instead of failing.",
            "Put what is still open into a new input_required result.");
      }
    }
    return judged;
  }

  // --- mistakes and silence --------------------------------------------------------------------

  private static Verdict answersMistakes(Recording recording) {
    Examination examination = new Examination(recording);
    if (!examination.served(Probes.LAWFUL)) {
      return examination.verdict();
    }
    for (String label : List.of("malformed", "state-number")) {
      Optional<Exchange> mistake =
          recording.exchange(label).filter(e -> Answer.missing(e).isEmpty());
      if (mistake.isEmpty() || mistake.get().accepted()) {
        continue;
      }
      boolean whole =
          mistake
              .get()
              .error()
              .filter(e -> e.path("code").isIntegralNumber())
              .filter(e -> !e.path("message").asString("").isBlank())
              .isPresent();
      if (whole) {
        examination.kept();
      } else {
        examination.broken(
            mistake.get(),
            label.equals("malformed")
                ? "A later round that is no JSON is not answered with a JSON-RPC error."
                : "A requestState that is a number is not answered with a JSON-RPC error.",
            "Malformed JSON and parameters of a wrong type are answered with a JSON-RPC error that"
                + " has a fitting code and a message.",
            "The answer is " + Answer.told(mistake.get()) + ".",
            "Answer with -32700 or -32602, and say in message what is wrong.");
      }
    }
    return examination.verdict();
  }

  private static Verdict doesNotCountOnRetries(Recording recording) {
    Examination examination = new Examination(recording);
    List<Exchange> abandoned = recording.exchanges(QuestionWalk.ABANDONED).toList();
    if (!examination.served(Probes.LAWFUL)) {
      return examination.verdict();
    }
    if (abandoned.stream().noneMatch(Rounds::asks)) {
      examination.unseen("no tool that may be called asks its client and takes the answer");
      return examination.verdict();
    }
    Exchange last = abandoned.getLast();
    if (examination.served("alive") && Answer.missing(last).isEmpty()) {
      if (last.error().isPresent()) {
        examination.broken(
            last,
            "After questions that nobody answered the same call is refused.",
            "A server does not count on its clients to answer or to retry.",
            "Call " + abandoned.size() + " is answered with " + Answer.told(last) + ".",
            "Keep nothing for a question that is open; let the state travel in requestState.");
      } else {
        examination.kept();
      }
    }
    return examination.verdict();
  }
}
