package dev.plumbline.conformance.rule.stateless;

import static dev.plumbline.conformance.rule.stateless.MessageRules.when;

import dev.plumbline.conformance.rule.Every;
import dev.plumbline.conformance.rule.Every.Subject;
import dev.plumbline.conformance.rule.MessageShapes;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Seen;
import dev.plumbline.conformance.wire.End;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Inbound;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.conformance.wire.SseEvent;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Rules of the page {@code 2026-07-28/basic/transports/streamable-http} on the form of HTTP answers
 * and on what event streams carry. All judge the walk through everything that is offered.
 */
public final class StreamRules {
  private static final String NO_STREAM = "nothing was answered with an event stream";
  private static final String LISTEN = "subscriptions/listen";
  private static final int NOT_ALLOWED = 405;

  /** What is told to those who listen, and to nobody else. */
  private static final Set<String> NEWS =
      Set.of(
          "notifications/tools/list_changed",
          "notifications/prompts/list_changed",
          "notifications/resources/list_changed",
          "notifications/resources/updated");

  private StreamRules() {}

  /** The page's rules on answers and streams. */
  public static List<Rule> rules() {
    return List.of(
        walk("TRAN-531", onePath()),
        walk("TRAN-542", jsonOrStream()),
        walk("TRAN-544", ownNotifications()),
        walk("TRAN-546", endsWithResponse()),
        walk("TRAN-547", unbuffered()));
  }

  private static Rule walk(String clause, Function<Recording, Verdict> judge) {
    return new Rule(clause, Probes.HTTP, Probes.STATELESS, MessageShapes.SCRIPT, judge);
  }

  private static Stream<Subject> answered(Recording recording) {
    return recording.exchanges().stream()
        .filter(e -> e.status().isPresent() && e.sentId().isPresent())
        .map(e -> new Subject(e, "A POST of " + Seen.method(e), Messages.object()));
  }

  private static Function<Recording, Verdict> onePath() {
    return Every.of(StreamRules::answered, "nothing was answered")
        .judge(
            s -> {
              int status = s.exchange().status().orElse(0);
              boolean told = s.exchange().error().isPresent();
              return when(status == NOT_ALLOWED, "is answered with status 405")
                  .or(() -> when(status == 404 && !told, "finds nothing at the endpoint"));
            },
            "One path takes a POST of every message. What the server does not implement is"
                + " answered with status 404 and JSON-RPC error -32601 in the body.",
            "Serve all methods at the one endpoint.");
  }

  private static Function<Recording, Verdict> jsonOrStream() {
    return Every.of(
            r -> answered(r).filter(s -> s.exchange().status().orElse(0) == 200),
            "nothing was served")
        .judge(
            s -> {
              String type =
                  s.exchange().header("Content-Type").orElse("nothing").toLowerCase(Locale.ROOT);
              boolean lawful =
                  type.startsWith("application/json") || type.startsWith("text/event-stream");
              return when(!lawful, "is answered with Content-Type " + type);
            },
            "A request is answered with Content-Type application/json and one JSON object, or with"
                + " text/event-stream.",
            "State the type of the body as one of these two.");
  }

  private static Stream<Subject> streams(Recording recording) {
    return answered(recording)
        .filter(
            s ->
                s.exchange()
                    .header("Content-Type")
                    .filter(t -> t.toLowerCase(Locale.ROOT).startsWith("text/event-stream"))
                    .isPresent());
  }

  private static Function<Recording, Verdict> ownNotifications() {
    return Every.of(
            r ->
                Seen.notifications(r)
                    .filter(s -> !s.node().has("id"))
                    .filter(s -> s.exchange().sentId().isPresent())
                    .filter(s -> !Seen.method(s.exchange()).equals(LISTEN)),
            "no notification came before an answer")
        .judge(
            s -> {
              String method = s.node().path("method").asString("");
              JsonNode token = s.node().path("params").path("progressToken");
              JsonNode given =
                  s.exchange()
                      .sentMessage()
                      .orElseGet(Messages::object)
                      .at("/params/_meta/progressToken");
              boolean foreign = method.equals("notifications/progress") && !same(token, given);
              return when(
                      NEWS.contains(method),
                      "comes on the stream of "
                          + Seen.method(s.exchange())
                          + ", which it is not of")
                  .or(() -> when(foreign, "has the token " + token + " of another request"));
            },
            "Notifications on the stream of a request belong to that request; changes are told on"
                + " the stream of subscriptions/listen alone.",
            "Write each notification to the stream of the request it is about.");
  }

  private static boolean same(JsonNode token, JsonNode given) {
    // The JSON type is another clause's business.
    return !token.isMissingNode() && token.asString("").equals(given.asString("x"));
  }

  private static Function<Recording, Verdict> endsWithResponse() {
    return Every.of(
            r ->
                streams(r)
                    .filter(s -> s.exchange().response().isPresent())
                    .filter(s -> !Seen.method(s.exchange()).equals(LISTEN)),
            NO_STREAM)
        .judge(
            s ->
                after(s.exchange())
                    .map(m -> "goes on after the response with " + m)
                    .or(
                        () ->
                            when(
                                s.exchange().end() == End.TIMED_OUT,
                                "is answered by a stream that stays open after the response")),
            "The response is the last message of its stream, and ends it.",
            "Close the stream once the response is written.");
  }

  /** The first message after the response on the same stream. */
  private static Optional<JsonNode> after(Exchange exchange) {
    if (!(exchange.received() instanceof Inbound.HttpResponse response)) {
      return Optional.empty();
    }
    List<JsonNode> messages =
        response.events().stream().map(SseEvent::json).flatMap(Optional::stream).toList();
    JsonNode id = exchange.sentId().orElseThrow();
    return messages.stream().dropWhile(m -> !Messages.answers(m, id)).skip(1).findFirst();
  }

  private static Function<Recording, Verdict> unbuffered() {
    return Every.of(StreamRules::streams, NO_STREAM)
        .judge(
            s ->
                when(
                    s.exchange()
                        .header("X-Accel-Buffering")
                        .filter("no"::equalsIgnoreCase)
                        .isEmpty(),
                    "is answered by an event stream without X-Accel-Buffering: no"),
            "Event streams carry the header X-Accel-Buffering: no, so that reverse proxies hand"
                + " events on at once.",
            "Add the header to every answer of type text/event-stream.");
  }
}
