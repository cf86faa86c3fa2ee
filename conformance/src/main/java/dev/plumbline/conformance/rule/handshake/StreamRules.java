package dev.plumbline.conformance.rule.handshake;

import static dev.plumbline.conformance.rule.handshake.StreamScript.CALL;
import static dev.plumbline.conformance.rule.handshake.StreamScript.LISTENING;
import static dev.plumbline.conformance.rule.handshake.StreamScript.OF;
import static dev.plumbline.conformance.rule.handshake.StreamScript.RESUMED;
import static dev.plumbline.conformance.rule.handshake.StreamScript.RETURNED;
import static dev.plumbline.conformance.rule.handshake.StreamScript.TOKEN;
import static dev.plumbline.conformance.rule.handshake.StreamScript.WHOLE;

import dev.plumbline.conformance.rule.Every;
import dev.plumbline.conformance.rule.Every.Broken;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.wire.End;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.conformance.wire.SseEvent;
import dev.plumbline.evidence.model.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Rules on event streams, page {@code 2025-11-25/basic/transports}. */
public final class StreamRules {
  private static final String SINCE = "2025-03-26";
  private static final String PRIMING_SINCE = "2025-11-25";
  private static final String STREAM = "the target gave no occasion: a call answered by a stream";
  private static final String LISTENED =
      "the target gave no occasion: a stream opened by GET beside a call that is answered by one";
  private static final String IDS = "the target gave no occasion: events with ids";

  private StreamRules() {}

  /** The rules; all look at one conversation with several streams. */
  public static List<Rule> rules() {
    return List.of(
        over("TRAN-025", PRIMING_SINCE, StreamRules::primes),
        over("TRAN-027", PRIMING_SINCE, StreamRules::saysWhenToComeBack),
        over("TRAN-029", SINCE, StreamRules::bringsTheAnswer),
        over("TRAN-030", SINCE, StreamRules::keepsToItsCall),
        over("TRAN-031", SINCE, StreamRules::endsAfterTheAnswer),
        over("TRAN-035", SINCE, StreamRules::listensToNoCall),
        over("TRAN-036", SINCE, StreamRules::listensToNoAnswer),
        over("TRAN-038", SINCE, StreamRules::saysItOnce),
        over("TRAN-039", SINCE, StreamRules::numbersOnce),
        over("TRAN-041", SINCE, StreamRules::replaysItsOwn));
  }

  private static Rule over(String clause, String since, Function<Recording, Verdict> judge) {
    return new Rule(clause, Probes.HTTP, Probes.HANDSHAKE.since(since), StreamScript.SCRIPT, judge);
  }

  private static Stream<Exchange> streams(Recording recording, String label) {
    return recording.exchanges(label).filter(StreamScript::isStream);
  }

  /** The streams that were listened to while a call was answered by one. */
  private static Stream<Exchange> listening(Recording recording) {
    return streams(recording, CALL).findAny().isPresent()
        ? streams(recording, LISTENING)
        : Stream.empty();
  }

  private static boolean hasIds(Exchange exchange) {
    return StreamScript.events(exchange).stream().anyMatch(event -> !event.id().isEmpty());
  }

  private static Verdict primes(Recording recording) {
    return Every.verdict(
        recording,
        streams(recording, CALL).filter(StreamRules::hasIds),
        IDS,
        call -> {
          SseEvent first = StreamScript.events(call).getFirst();
          return !first.id().isEmpty() && first.data().isEmpty()
              ? Optional.empty()
              : Optional.of(
                  new Broken(
                      call,
                      "A stream does not begin with an event that has an id and no data.",
                      "A stream begins with an event that has an id and an empty data field, so that"
                          + " a client can come back before the first message.",
                      "The first event has the id \""
                          + first.id()
                          + "\" and the data "
                          + cut(first.data())
                          + ".",
                      "Send an event with an id and an empty data field when the stream opens."));
        });
  }

  private static Optional<Exchange> back(Recording recording, Exchange call) {
    return streams(recording, RETURNED)
        .filter(e -> recording.fact(OF + e.label()).filter(call.label()::equals).isPresent())
        .findFirst();
  }

  private static boolean answers(Exchange stream, Exchange call) {
    return call.sentId()
        .filter(id -> stream.messages().stream().anyMatch(m -> Messages.answers(m, id)))
        .isPresent();
  }

  private static Verdict saysWhenToComeBack(Recording recording) {
    return Every.verdict(
        recording,
        streams(recording, CALL)
            .filter(call -> call.end() == End.CLOSED)
            .filter(call -> back(recording, call).filter(b -> answers(b, call)).isPresent()),
        "the target gave no occasion: a stream whose connection the server ends before the answer",
        call ->
            StreamScript.events(call).stream().anyMatch(event -> event.retryMillis() >= 0)
                ? Optional.empty()
                : Optional.of(
                    new Broken(
                        call,
                        "The server ended the connection of a stream that goes on without a retry"
                            + " field.",
                        "Before it ends the connection of a stream that goes on, the server sends an"
                            + " event with a retry field.",
                        "No event had a retry field; the answer came when the stream was asked for"
                            + " again.",
                        "Send an event with a retry field before closing the connection.")));
  }

  private static Verdict bringsTheAnswer(Recording recording) {
    return Every.verdict(
        recording,
        // One that was cut by our own deadline is slow, not wrong.
        streams(recording, CALL)
            .filter(call -> call.response().isPresent() || isLost(recording, call)),
        STREAM,
        call ->
            call.response().isPresent()
                    || back(recording, call).filter(b -> answers(b, call)).isPresent()
                ? Optional.empty()
                : Optional.of(
                    new Broken(
                        call,
                        "The stream of a call ended without its answer.",
                        "The stream of a request brings the response in the end.",
                        back(recording, call).isPresent()
                            ? "Asked for again by its last event id, the stream ended without it,"
                                + " too."
                            : "No event had an id by which the stream could be asked for again.",
                        "Send the response, or an error, before the stream ends.")));
  }

  /** Whether it ended before the answer, and with it every way to get the answer. */
  private static boolean isLost(Recording recording, Exchange call) {
    return call.end() == End.CLOSED
        && (!hasIds(call)
            || back(recording, call)
                .filter(b -> b.end() == End.COMPLETE || answers(b, call))
                .isPresent());
  }

  private static Stream<Heard> progress(Stream<Exchange> streams) {
    return streams
        .flatMap(e -> e.messages().stream().map(message -> new Heard(e, message)))
        .filter(heard -> heard.method().equals(ProgressRules.PROGRESS))
        .filter(heard -> given(heard).startsWith(TOKEN));
  }

  private static String given(Heard progress) {
    return progress.node().path("params").path("progressToken").asString("");
  }

  private static Verdict keepsToItsCall(Recording recording) {
    return Every.verdict(
        recording,
        progress(streams(recording, CALL)),
        "the target gave no occasion: a tool that reports progress",
        heard ->
            given(heard).equals(StreamScript.token(heard.exchange()))
                ? Optional.empty()
                : Optional.of(
                    new Broken(
                        heard.exchange(),
                        "The stream of one call tells the progress of another.",
                        "What comes on the stream of a request before its response belongs to that"
                            + " request.",
                        "The call gave the token "
                            + StreamScript.token(heard.exchange())
                            + "; the notification names "
                            + given(heard)
                            + ".",
                        "Write the progress of a request to the stream of that request.")));
  }

  private static Verdict endsAfterTheAnswer(Recording recording) {
    return Every.verdict(
        recording,
        streams(recording, WHOLE).filter(call -> call.response().isPresent()),
        STREAM,
        call ->
            call.end() == End.COMPLETE
                ? Optional.empty()
                : Optional.of(
                    new Broken(
                        call,
                        "The stream of a call stays open after its answer.",
                        "After the response has been sent the server ends the stream.",
                        "Two seconds after the call the response had come, and the stream had not"
                            + " ended.",
                        "End the stream once the response is written.")));
  }

  private static Verdict listensToNoCall(Recording recording) {
    return Every.verdict(
        recording,
        listening(recording),
        LISTENED,
        stream ->
            progress(Stream.of(stream))
                .findFirst()
                .map(
                    heard ->
                        new Broken(
                            stream,
                            "The progress of a call comes on a stream opened by GET.",
                            "What comes on a stream opened by GET belongs to no request that is"
                                + " running.",
                            "It reads: " + EveryPiece.quoted(heard.node()),
                            "Write what belongs to a request to the stream of that request.")));
  }

  private static Verdict listensToNoAnswer(Recording recording) {
    return Every.verdict(
        recording,
        listening(recording),
        LISTENED,
        stream ->
            stream.messages().stream()
                .filter(Messages::isResponse)
                .findFirst()
                .map(
                    message ->
                        new Broken(
                            stream,
                            "A response comes on a stream opened by GET that resumes nothing.",
                            "A stream opened by GET without Last-Event-ID brings no responses.",
                            "It reads: " + EveryPiece.quoted(message),
                            "Write a response to the stream of its request, or as its JSON"
                                + " body.")));
  }

  private static Verdict saysItOnce(Recording recording) {
    Map<JsonNode, Exchange> first = new HashMap<>();
    return Every.verdict(
        recording,
        listening(recording).findAny().isEmpty()
            ? Stream.empty()
            : progress(Stream.concat(streams(recording, CALL), streams(recording, LISTENING))),
        "the target gave no occasion: a tool that reports progress, and a stream opened by GET",
        heard -> {
          // Progress grows, so the same report on another stream is the same message.
          Exchange known = first.putIfAbsent(heard.node(), heard.exchange());
          return known == null || known.label().equals(heard.exchange().label())
              ? Optional.empty()
              : Optional.of(
                  new Broken(
                      heard.exchange(),
                      "A message is sent on two streams.",
                      "Every message is sent on one of the connected streams only.",
                      "It came with " + known.label() + ", too: " + EveryPiece.quoted(heard.node()),
                      "Choose one stream for every message; never send it to all that are open."));
        });
  }

  /** An event with an id and the stream it came on. */
  private record Numbered(Exchange exchange, String id) {}

  private static Stream<Numbered> numbered(Stream<Exchange> exchanges) {
    return exchanges.flatMap(
        e ->
            StreamScript.events(e).stream()
                .map(SseEvent::id)
                .filter(id -> !id.isEmpty())
                .map(id -> new Numbered(e, id)));
  }

  private static Verdict numbersOnce(Recording recording) {
    Map<String, String> first = new HashMap<>();
    return Every.verdict(
        recording,
        numbered(
            recording.exchanges().stream()
                .filter(e -> !e.label().startsWith(RESUMED) && !e.label().startsWith(RETURNED))),
        IDS,
        event -> {
          String known = first.putIfAbsent(event.id(), event.exchange().label());
          return known == null
              ? Optional.empty()
              : Optional.of(
                  new Broken(
                      event.exchange(),
                      "The event id " + event.id() + " occurs twice in one session.",
                      "An event id is unique across all streams of a session.",
                      "It came with "
                          + known
                          + " first, with "
                          + event.exchange().label()
                          + " then.",
                      "Count events for each stream, and put the stream's own name before."));
        });
  }

  private static Verdict replaysItsOwn(Recording recording) {
    Map<String, String> owners = new HashMap<>();
    numbered(Stream.concat(streams(recording, CALL), streams(recording, LISTENING)))
        .forEach(event -> owners.putIfAbsent(event.id(), event.exchange().label()));
    return Every.verdict(
        recording,
        streams(recording, RESUMED).filter(e -> !e.messages().isEmpty()),
        "the target gave no occasion: a stream that can be asked for again",
        stream -> {
          String own = recording.fact(OF + stream.label()).orElse("");
          Optional<Exchange> call = recording.exchange(own);
          return call.flatMap(c -> stranger(stream, c, owners))
              .map(
                  what ->
                      new Broken(
                          stream,
                          "A stream that was asked for again brings what belongs to another.",
                          "A stream that is resumed brings only what would have come on that"
                              + " stream.",
                          what + " came; resumed was the stream of " + own + ".",
                          "Keep what can be replayed for each stream apart."));
        });
  }

  private static Optional<String> stranger(
      Exchange stream, Exchange call, Map<String, String> owners) {
    Optional<String> answer =
        stream.messages().stream()
            .filter(Messages::isResponse)
            .filter(m -> call.sentId().filter(id -> Messages.answers(m, id)).isEmpty())
            .map(m -> "The response " + EveryPiece.quoted(m))
            .findFirst();
    Optional<String> progress =
        progress(Stream.of(stream))
            .filter(heard -> !given(heard).equals(StreamScript.token(call)))
            .map(heard -> "The progress of " + given(heard))
            .findFirst();
    Optional<String> event =
        numbered(Stream.of(stream))
            .filter(e -> !owners.getOrDefault(e.id(), call.label()).equals(call.label()))
            .map(e -> "The event " + e.id() + " of " + owners.get(e.id()))
            .findFirst();
    return answer.or(() -> progress).or(() -> event);
  }

  private static String cut(String text) {
    return text.isEmpty() ? "nothing" : EveryPiece.quoted(Messages.NODES.stringNode(text));
  }
}
