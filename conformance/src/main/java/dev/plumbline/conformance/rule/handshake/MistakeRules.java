package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.Answer;
import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Requires;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * Rules on how mistakes are refused, of the pages on tools, resources, prompts, completion and
 * logging. All judge the one conversation of {@link Mistakes}.
 */
public final class MistakeRules {
  private static final Requires TOOLS = Probes.HANDSHAKE.capability("tools");
  private static final Requires PROMPTS = Probes.HANDSHAKE.capability("prompts");
  private static final Requires COMPLETIONS =
      Probes.HANDSHAKE.since("2025-03-26").capability("completions");
  private static final String CHECK = "Check the parameters before using them, and answer with ";

  private MistakeRules() {}

  /**
   * A mistake and what must come of it.
   *
   * @param lawful the label of the twin
   * @param mistake what the labels of the mistakes begin with
   * @param refused what must come back
   * @param what the mistake in words
   * @param asked what must come back, in words
   */
  private record Twin(
      String lawful, String mistake, Predicate<Exchange> refused, String what, String asked) {}

  /** The rules. */
  public static List<Rule> rules() {
    return List.of(
        offered("TOOL-004", Probes.HANDSHAKE, Mistakes.OFFER + "tools", "tools"),
        offered("RES-002", Probes.HANDSHAKE, Mistakes.OFFER + "resources", "resources"),
        offered("COMP-001", Probes.HANDSHAKE.since("2025-03-26"), Mistakes.COMPLETE, "completions"),
        twin(
            "TOOL-006",
            TOOLS,
            new Twin(
                "arguments",
                "wrong-argument",
                e -> e.error().isPresent() || isToolError(e),
                "A call with an argument of a wrong type",
                "an error, or a result with isError")),
        twin(
            "TOOL-025",
            TOOLS.since("2025-11-25"),
            new Twin(
                "arguments",
                "wrong-argument",
                e -> e.error().isEmpty() || e.result().isPresent(),
                "A call with an argument of a wrong type",
                "a result with isError, from which a model can learn")),
        twin(
            "TOOL-012",
            TOOLS.since("2025-11-25"),
            new Twin(
                Mistakes.CALL,
                "call-case",
                e -> e.error().isPresent() || isToolError(e),
                "A tool's name in another case",
                "a refusal: upper and lower case are different")),
        twin(
            "TOOL-024",
            TOOLS.since("2025-11-25"),
            new Twin(
                Mistakes.CALL,
                Mistakes.CALL + ".",
                e -> e.error().isPresent(),
                "A call without a name",
                "a JSON-RPC error")),
        twin(
            "RES-008",
            Probes.HANDSHAKE.capability("resources"),
            new Twin(
                Mistakes.READ,
                Mistakes.READ + ".",
                Exchange::refused,
                "Reading a resource at what is no address",
                "an error")),
        coded(
            "PROM-002",
            PROMPTS,
            Mistakes.GET,
            "get-prompt-unknown",
            "Asking for a prompt that does not exist"),
        coded(
            "PROM-012",
            PROMPTS,
            Mistakes.GET,
            "get-prompt-incomplete",
            "A prompt without an argument that it requires"),
        coded(
            "COMP-007",
            COMPLETIONS,
            Mistakes.COMPLETE,
            "complete-unknown",
            "Completion for a prompt that does not exist"),
        coded(
            "COMP-008",
            COMPLETIONS,
            Mistakes.COMPLETE,
            Mistakes.COMPLETE + ".",
            "Completion without what it requires"),
        coded(
            "LOG-006",
            Probes.HANDSHAKE.capability("logging"),
            Mistakes.LEVEL,
            Mistakes.LEVEL + ".",
            "A log level that does not exist"));
  }

  private static boolean isToolError(Exchange exchange) {
    return exchange.result().filter(r -> r.path("isError").asBoolean(false)).isPresent();
  }

  private static Rule coded(
      String clause, Requires requires, String lawful, String mistake, String what) {
    return twin(
        clause,
        requires,
        new Twin(
            lawful,
            mistake,
            e -> e.errorCode().orElse(0) == Answer.INVALID_PARAMS,
            what,
            "error -32602"));
  }

  private static Rule twin(String clause, Requires requires, Twin twin) {
    return new Rule(
        clause, Probes.ANY, requires, Mistakes.SCRIPT, recording -> judge(recording, twin));
  }

  private static Verdict judge(Recording recording, Twin twin) {
    Examination examination = new Examination(recording);
    List<Exchange> mistakes = recording.exchanges(twin.mistake()).toList();
    if (!examination.served(Probes.LAWFUL)) {
      return examination.verdict();
    }
    if (mistakes.isEmpty() || recording.exchange(twin.lawful()).isEmpty()) {
      examination.unseen("the target gave no occasion: " + twin.what() + " could not be tried");
    } else if (examination.served(twin.lawful())) {
      recording
          .exchange(twin.lawful())
          .filter(MistakeRules::isToolError)
          .ifPresent(e -> examination.unseen("the lawful call ended with an error of the tool"));
      mistakes.forEach(mistake -> judge(mistake, twin, examination));
    }
    return examination.verdict();
  }

  private static void judge(Exchange mistake, Twin twin, Examination examination) {
    Optional<String> missing = Answer.missing(mistake);
    if (missing.isPresent()) {
      examination.unseen(missing.get());
    } else if (twin.refused().test(mistake)) {
      examination.kept();
    } else {
      examination.broken(
          mistake,
          twin.what() + " is not answered with " + twin.asked() + ".",
          twin.what() + " is answered with " + twin.asked() + ".",
          "The answer is " + Answer.told(mistake) + ".",
          CHECK + twin.asked() + ".");
    }
  }

  private static Rule offered(String clause, Requires requires, String label, String capability) {
    return new Rule(
        clause,
        Probes.ANY,
        requires,
        Mistakes.SCRIPT,
        recording -> offered(recording, label, capability));
  }

  private static Verdict offered(Recording recording, String label, String capability) {
    Examination examination = new Examination(recording);
    if (!examination.served("initialize") || !examination.served(Probes.LAWFUL)) {
      return examination.verdict();
    }
    boolean declared =
        recording
            .exchange("initialize")
            .flatMap(Exchange::result)
            .filter(result -> result.path("capabilities").has(capability))
            .isPresent();
    Optional<Exchange> tried = recording.exchange(label);
    boolean offers = tried.flatMap(Exchange::result).filter(r -> holds(r, label)).isPresent();
    if (!declared && !offers) {
      return new Verdict.NotApplicable("the server offers no " + capability);
    }
    if (tried.isEmpty()) {
      examination.unseen("the target gave no occasion: a prompt with an argument");
    } else if (declared && examination.served(label)) {
      examination.kept();
    } else if (!declared) {
      examination.broken(
          tried.get(),
          "The server offers " + capability + " without declaring the capability.",
          "A server that offers " + capability + " declares it when it initializes.",
          "The answer to initialize declares no " + capability + ".",
          "Declare " + capability + " in the result of initialize, or do not offer them.");
    }
    return examination.verdict();
  }

  private static boolean holds(JsonNode result, String label) {
    return label.startsWith(Mistakes.OFFER)
        ? !result.path(label.substring(Mistakes.OFFER.length())).isEmpty()
        : result.has("completion");
  }
}
