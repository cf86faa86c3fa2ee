package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.Answer;
import dev.plumbline.conformance.rule.Every;
import dev.plumbline.conformance.rule.Every.Broken;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Replies;
import dev.plumbline.conformance.rule.Requires;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.SampledMessages;
import dev.plumbline.conformance.rule.Seen;
import dev.plumbline.conformance.rule.WrongReplies;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rules on what is asked of a client and what becomes of its answers, of the pages on elicitation
 * and sampling.
 */
public final class AskedRules {
  private static final Requires NEWEST = Probes.HANDSHAKE.since("2025-11-25");
  private static final String LOOPS = "a tool that offers tools to the client's model";

  private AskedRules() {}

  /** The rules; all look at one conversation. */
  public static List<Rule> rules() {
    return List.of(
        sampled(
            "SAMP-008",
            SampledMessages::mixed,
            "A user message with tool results holds nothing else.",
            "Put text into a message of its own, after the one with the results."),
        sampled(
            "SAMP-009",
            SampledMessages::unbalanced,
            "Each message with tool uses is followed by a user message with a result for every one"
                + " of them.",
            "Answer every tool use of a message in the next one, also those that failed."),
        over(
            "ELIC-053",
            Probes.HANDSHAKE.since("2025-06-18"),
            r -> checks(r, "a form that does not fit", "form-number", "form-missing")),
        over(
            "SAMP-014",
            Probes.HANDSHAKE,
            r ->
                checks(
                    r,
                    "a sampled message of role system or without known content",
                    "sampled-system",
                    "sampled-block")));
  }

  private static Rule over(String clause, Requires requires, Function<Recording, Verdict> judge) {
    return new Rule(clause, Probes.ANY, requires, AskScript.SCRIPT, judge);
  }

  private static Rule sampled(
      String clause, Function<JsonNode, Optional<String>> defect, String expected, String fix) {
    return over(
        clause,
        NEWEST,
        new EveryPiece(
            recording ->
                Heard.params(recording, "sampling/createMessage")
                    .flatMap(params -> params.below("messages"))
                    .filter(
                        m -> SampledMessages.blocks(m.node(), "tool_use").findAny().isPresent()),
            messages -> defect.apply(messages).map(wrong -> "A sampling request " + wrong + "."),
            LOOPS,
            expected,
            fix));
  }

  // --- what does not fit -----------------------------------------------------------------------

  /** A call with one wrong answer, and the lawful call after it. */
  private record Wrong(Exchange call, Exchange twin) {}

  private static boolean isFine(Exchange call) {
    return call.result().filter(r -> !r.path("isError").asBoolean(false)).isPresent();
  }

  private static JsonNode outcome(Exchange call) {
    ObjectNode outcome = Messages.object();
    call.result()
        .ifPresent(
            result -> {
              outcome.set("content", result.path("content"));
              outcome.set("structuredContent", result.path("structuredContent"));
            });
    return outcome;
  }

  private static Stream<Wrong> wrong(Recording recording, String... labels) {
    return Stream.of(labels)
        .flatMap(recording::exchanges)
        .filter(call -> Answer.missing(call).isEmpty())
        .flatMap(
            call ->
                recording
                    .exchanges(AskScript.TWIN)
                    .filter(twin -> isFine(twin) && Seen.called(twin).equals(Seen.called(call)))
                    .limit(1)
                    .map(twin -> new Wrong(call, twin)))
        // A result of its own may be how a tool tells that an answer is wrong.
        .filter(w -> !isFine(w.call()) || asksAgain(w) || isUsed(w));
  }

  private static boolean asksAgain(Wrong wrong) {
    return questions(wrong.call()) > questions(wrong.twin());
  }

  private static long questions(Exchange call) {
    return call.messages().stream().filter(Messages::isRequest).count();
  }

  /** Whether the result is the lawful one, perhaps with our number in the place of our text. */
  private static boolean isUsed(Wrong wrong) {
    String twin = outcome(wrong.twin()).toString();
    String told = outcome(wrong.call()).toString();
    return told.equals(twin)
        || told.replace(String.valueOf(WrongReplies.NUMBER), Replies.TEXT).equals(twin);
  }

  private static Verdict checks(Recording recording, String what, String... labels) {
    return Every.verdict(
        recording,
        wrong(recording, labels),
        "the target gave no occasion: a tool that shows what it does with " + what,
        wrong ->
            !isFine(wrong.call()) || asksAgain(wrong)
                ? Optional.empty()
                : Optional.of(
                    new Broken(
                        wrong.call(),
                        Seen.called(wrong.call()) + " is completed by " + what + ".",
                        "What comes back from a client is checked: what does not fit is refused,"
                            + " told as a tool error, or asked for again.",
                        "The result reads: " + EveryPiece.quoted(outcome(wrong.call())),
                        "Check the answer against what was asked for before it is used.")));
  }
}
