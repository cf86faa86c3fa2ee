package dev.plumbline.conformance.rule.stateless;

import static dev.plumbline.conformance.rule.stateless.MessageRules.walk;
import static dev.plumbline.conformance.rule.stateless.MessageRules.when;

import dev.plumbline.conformance.rule.Every;
import dev.plumbline.conformance.rule.Every.Subject;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Seen;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Rules of the pages on multi-round trips, elicitation and sampling about the questions a server
 * puts into its results.
 */
public final class QuestionRules {
  private static final Set<String> ASKABLE = Set.of("tools/call", "prompts/get", "resources/read");
  private static final Set<String> METHODS =
      Set.of("elicitation/create", "sampling/createMessage", "roots/list");
  private static final Set<String> ROLES = Set.of("user", "assistant");
  private static final Pattern SECRET =
      Pattern.compile(
          "passw(or)?d|secret|token|api[ _-]?key|card.?number|cvv|cvc|private.?key|credential");
  private static final String NO_QUESTION = "no request was answered with input_required";

  private QuestionRules() {}

  /** The rules on questions. */
  public static List<Rule> rules() {
    return List.of(
        walk("MRTR-504", allowed()),
        walk("MRTR-506", kinds()),
        walk("MRTR-512", something()),
        walk("ELIC-501", noSecrets()),
        walk("SAMP-505", noTools()),
        walk("SAMP-507", noContext()),
        walk("SAMP-513", messages()));
  }

  private static Stream<Subject> asking(Recording recording) {
    return Seen.results(recording)
        .filter(s -> s.node().path("resultType").asString("").equals("input_required"));
  }

  private static Stream<Subject> questions(Recording recording, String method) {
    return Seen.questions(recording)
        .filter(s -> s.node().path("method").asString("").equals(method));
  }

  private static JsonNode params(Subject question) {
    return question.node().path("params");
  }

  private static Function<Recording, Verdict> allowed() {
    return Every.of(Seen::results, "no request was served")
        .judge(
            s ->
                when(
                    s.node().path("resultType").asString("").equals("input_required")
                        && !ASKABLE.contains(Seen.method(s.exchange())),
                    "asks for input"),
            "Only tools/call, prompts/get and resources/read are answered with input_required.",
            "Answer other requests at once, or with an error.");
  }

  private static Function<Recording, Verdict> kinds() {
    return Every.of(Seen::questions, NO_QUESTION)
        .judge(
            s ->
                when(
                    !METHODS.contains(s.node().path("method").asString("")),
                    "has the method " + s.node().path("method")),
            "Every input request is an elicitation/create, a sampling/createMessage or a"
                + " roots/list.",
            "Ask by one of these three.");
  }

  private static Function<Recording, Verdict> something() {
    return Every.of(QuestionRules::asking, NO_QUESTION)
        .judge(
            s ->
                when(
                    !s.node().has("inputRequests") && !s.node().has("requestState"),
                    "asks for input without inputRequests and without requestState"),
            "An input_required result has inputRequests or requestState, or both.",
            "Say what is needed, or give the state to come back with.");
  }

  private static Function<Recording, Verdict> noSecrets() {
    return Every.of(r -> questions(r, "elicitation/create"), "nothing was elicited")
        .judge(
            s ->
                params(s).path("requestedSchema").path("properties").properties().stream()
                    .filter(
                        p ->
                            secret(p.getKey())
                                || secret(p.getValue().path("title").asString(""))
                                || p.getValue().path("format").asString("").equals("password"))
                    .findFirst()
                    .map(p -> "has a form that asks for " + p.getKey()),
            "A form never asks for passwords, keys, tokens or payment data.",
            "Use elicitation in mode url, where secrets do not pass through the client.");
  }

  private static boolean secret(String text) {
    return SECRET.matcher(text.toLowerCase(Locale.ROOT)).find();
  }

  private static Function<Recording, Verdict> noTools() {
    return Every.of(r -> questions(r, "sampling/createMessage"), "nothing was sampled")
        .judge(
            s ->
                when(
                    params(s).has("tools") || params(s).has("toolChoice"),
                    "has tools, which the client did not declare"),
            "Without sampling.tools declared no sampling request has tools or toolChoice.",
            "Look at the client's capabilities of the request before offering tools.");
  }

  private static Function<Recording, Verdict> noContext() {
    return Every.of(r -> questions(r, "sampling/createMessage"), "nothing was sampled")
        .judge(
            s -> {
              String context = params(s).path("includeContext").asString("none");
              return when(!context.equals("none"), "has includeContext " + context);
            },
            "includeContext thisServer and allServers are avoided when sampling.context is not"
                + " declared.",
            "Leave includeContext out.");
  }

  private static Function<Recording, Verdict> messages() {
    return Every.of(r -> questions(r, "sampling/createMessage"), "nothing was sampled")
        .judge(
            s ->
                when(
                    params(s)
                        .path("messages")
                        .valueStream()
                        .anyMatch(
                            m ->
                                !ROLES.contains(m.path("role").asString(""))
                                    || !m.path("content").isContainer()),
                    "has a message without role or content"),
            "Each sampling message has the role user or assistant, and content.",
            "Fill in both for every message.");
  }
}
