package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.Every;
import dev.plumbline.conformance.rule.Every.Broken;
import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Requires;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.wire.End;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Inbound;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Rules on questions of the server while they are open, of the pages on cancellation, progress and
 * elicitation. All judge the conversation of {@link AskScript}.
 */
public final class HeldRules {
  private static final String CANCELLED = "notifications/cancelled";
  private static final String COMPLETE = "notifications/elicitation/complete";

  private HeldRules() {}

  /** The rules. */
  public static List<Rule> rules() {
    return List.of(
        over("CANC-001", Probes.HANDSHAKE, HeldRules::cancelsItsOwn),
        over("CANC-005", Probes.HANDSHAKE, HeldRules::ignoresLateAnswers),
        over("PROG-002", Probes.HANDSHAKE, HeldRules::tokensDiffer),
        over("ELIC-014", Probes.HANDSHAKE.since("2025-11-25"), HeldRules::completesItsOwn),
        over("ELIC-031", Probes.HANDSHAKE.since("2025-11-25"), HeldRules::belongsToOneSession));
  }

  private static Rule over(String clause, Requires requires, Function<Recording, Verdict> judge) {
    return new Rule(clause, Probes.ANY, requires, AskScript.SCRIPT, judge);
  }

  /** What was said on a stream that we gave up is not known: nothing is concluded then. */
  private static boolean heardAll(Recording recording) {
    return recording.exchanges(AskScript.ASK).noneMatch(e -> e.end() == End.TIMED_OUT);
  }

  private static Verdict cancelsItsOwn(Recording recording) {
    Set<JsonNode> asked =
        Heard.requests(recording).map(h -> h.node().path("id")).collect(Collectors.toSet());
    return named(
        recording,
        Heard.params(recording, CANCELLED),
        params -> asked.contains(params.path("requestId")),
        "the target gave no occasion: a question that it takes back",
        "The server cancels a request that it never made.",
        "A cancellation names a request that its sender made and believes to be running.",
        "Write the id of the server's own request to requestId.");
  }

  private static Verdict completesItsOwn(Recording recording) {
    Set<String> asked =
        Heard.messages(recording)
            .flatMap(h -> pages(h.node()))
            .map(page -> page.path("elicitationId").asString(""))
            .collect(Collectors.toSet());
    return named(
        recording,
        Heard.params(recording, COMPLETE),
        params -> asked.contains(params.path("elicitationId").asString("")),
        "the target gave no occasion: a tool that tells when the user is done on a page",
        "The end of an elicitation is told that this client was not asked for.",
        "The notification of an end has the elicitationId of the elicitation it completes.",
        "Keep the elicitationId with the elicitation, and tell its end to who was asked.");
  }

  /** Elicitations by address in a message: the one that it is, or those that an error lists. */
  private static Stream<JsonNode> pages(JsonNode message) {
    return Stream.concat(
        Stream.of(message.path("params")).filter(p -> p.path("mode").asString("").equals("url")),
        message.path("error").path("data").path("elicitations").valueStream());
  }

  private static Verdict named(
      Recording recording,
      Stream<Heard> all,
      Predicate<JsonNode> known,
      String none,
      String summary,
      String expected,
      String fix) {
    return Every.verdict(
        recording,
        heardAll(recording) ? all : Stream.<Heard>empty(),
        none,
        params ->
            known.test(params.node())
                ? Optional.empty()
                : Optional.of(
                    new Broken(
                        params.exchange(),
                        summary,
                        expected,
                        "Its parameters read: " + EveryPiece.quoted(params.node()),
                        fix)));
  }

  private static Verdict ignoresLateAnswers(Recording recording) {
    Set<JsonNode> cancelled =
        Heard.params(recording, CANCELLED)
            .map(h -> h.node().path("requestId"))
            .collect(Collectors.toSet());
    return Every.verdict(
        recording,
        recording
            .exchanges(AskScript.LATE)
            .filter(e -> cancelled.contains(e.sentId().orElseGet(Messages::object))),
        "the target gave no occasion: a question that it takes back",
        late -> {
          boolean lost =
              recording
                  .exchange(AskScript.AFTER_LATE)
                  .filter(e -> e.end() == End.CLOSED || e.error().isPresent())
                  .isPresent();
          return late.refused() || lost
              ? Optional.of(
                  new Broken(
                      late,
                      "An answer to a question that was taken back is not ignored.",
                      "Who cancelled a request ignores a response that still comes.",
                      "The server cancelled its question; our answer, sent after that, was"
                          + (late.refused() ? " refused." : " the last thing it took."),
                      "Drop responses that nobody waits for: over HTTP with status 202."))
              : Optional.empty();
        });
  }

  // --- at which time -------------------------------------------------------------------------

  /** When this message came, in nanoseconds of the recording. */
  private static long at(Exchange exchange, JsonNode message) {
    return switch (exchange.received()) {
      case Inbound.HttpResponse response ->
          response.events().stream()
              .filter(e -> e.json().filter(message::equals).isPresent())
              .mapToLong(e -> e.atNanos())
              .findFirst()
              .orElse(exchange.endNanos());
      case Inbound.Lines lines ->
          lines.lines().stream()
              .filter(l -> l.json().filter(message::equals).isPresent())
              .mapToLong(l -> l.atNanos())
              .findFirst()
              .orElse(exchange.endNanos());
      case Inbound.Unparsed unparsed -> exchange.endNanos();
      case Inbound.Nothing nothing -> exchange.endNanos();
    };
  }

  private static long answeredAt(Recording recording, JsonNode question) {
    return recording
        .exchanges(AskScript.HELD_ANSWER)
        .filter(e -> e.sentId().filter(question.path("id")::equals).isPresent())
        .mapToLong(Exchange::sentNanos)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private static JsonNode token(Heard question) {
    return question.node().path("params").path("_meta").path("progressToken");
  }

  private static Verdict tokensDiffer(Recording recording) {
    Examination examination = new Examination(recording);
    if (!examination.served(Probes.LAWFUL)) {
      return examination.verdict();
    }
    boolean seen = false;
    List<Heard> tracked =
        Heard.requests(recording)
            .filter(h -> h.exchange().label().startsWith(AskScript.HELD))
            .filter(question -> !token(question).isMissingNode())
            .toList();
    for (int i = 0; i < tracked.size(); i++) {
      Heard question = tracked.get(i);
      for (Heard before : tracked.subList(0, i)) {
        boolean open =
            before.exchange().equals(question.exchange())
                && at(question.exchange(), question.node()) < answeredAt(recording, before.node());
        seen |= open;
        if (open && token(question).equals(token(before))) {
          examination.broken(
              question.exchange(),
              "Two open requests have the progress token " + token(question) + ".",
              "A progress token belongs to one running request only.",
              "It reads: " + EveryPiece.quoted(question.node()),
              "Make up a fresh token for every request.");
          return examination.verdict();
        }
      }
    }
    if (seen) {
      examination.kept();
    } else {
      examination.unseen("the target gave no occasion: two questions at once with progress tokens");
    }
    return examination.verdict();
  }

  /** When the call was answered; empty when it was not. */
  private static Optional<Long> end(Optional<Exchange> call) {
    return call.flatMap(c -> c.response().map(response -> at(c, response)));
  }

  private static Verdict belongsToOneSession(Recording recording) {
    Examination examination = new Examination(recording);
    if (!examination.served(Probes.LAWFUL)) {
      return examination.verdict();
    }
    Optional<Exchange> intruded = recording.exchange(AskScript.INTRUDED);
    Optional<Long> patient = end(recording.exchange(AskScript.PATIENT));
    Optional<Long> end = end(intruded);
    Optional<Long> own = recording.exchange(AskScript.PATIENT_ANSWER).map(Exchange::sentNanos);
    Optional<Long> second = recording.exchange(AskScript.INTRUDED_ANSWER).map(Exchange::sentNanos);
    if (recording.exchange(AskScript.INTRUSION).isEmpty()
        || patient.isEmpty()
        || end.isEmpty()
        || own.isEmpty()
        || second.isEmpty()
        || patient.get() < own.get()) {
      examination.unseen("the target gave no occasion: a tool that waits for a form");
    } else if (end.get() < second.get()
        && intruded
            .flatMap(Exchange::result)
            .filter(r -> !r.path("isError").asBoolean(false))
            .isPresent()) {
      examination.broken(
          intruded.orElseThrow(),
          "A form of one session is filled in by another one.",
          "An elicitation belongs to the client and the user it was made for.",
          "The call ended with a result before its own session had answered, and after another"
              + " session had sent a response with the id of the question.",
          "Look for the question in the session that the response came in, and nowhere else.");
    } else {
      examination.kept();
    }
    return examination.verdict();
  }
}
