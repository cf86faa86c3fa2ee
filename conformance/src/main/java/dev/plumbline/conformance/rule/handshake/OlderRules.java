package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.Answer;
import dev.plumbline.conformance.rule.Every;
import dev.plumbline.conformance.rule.Every.Broken;
import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Requires;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Seen;
import dev.plumbline.conformance.wire.End;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.conformance.wire.SseEvent;
import dev.plumbline.evidence.model.Transport;
import dev.plumbline.evidence.model.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Rules on what older revisions ask for and 2025-11-25 does not: batches, page {@code
 * 2025-03-26/basic}, and how streams end, pages {@code 2025-03-26/basic/transports} and {@code
 * 2025-06-18/basic/transports}.
 */
public final class OlderRules {
  private static final Requires BATCHES =
      Probes.HANDSHAKE.since(BatchScript.REVISION).until(BatchScript.REVISION);

  /** How long a stream may stay open after the last answer. */
  private static final long SOON_NANOS = Duration.ofSeconds(1).toNanos();

  private static final String NO_STREAM = "no batch was answered by a stream";

  private OlderRules() {}

  /** The rules. */
  public static List<Rule> rules() {
    return List.of(
        new Rule(
            "TRAN-053",
            Probes.HTTP,
            Probes.HANDSHAKE.since(BatchScript.REVISION).until("2025-06-18"),
            StreamScript.SCRIPT,
            OlderRules::staysOpen),
        batch("BASE-031", Probes.ANY, OlderRules::takesBatches),
        batch("TRAN-055", Probes.HTTP, OlderRules::isLabelled),
        batch("TRAN-056", Probes.HTTP, streamed(OlderRules::answersEach)),
        batch("TRAN-057", Probes.HTTP, streamed(OlderRules::endsComplete)),
        batch("TRAN-058", Probes.HTTP, streamed(OlderRules::endsSoon)));
  }

  private static Rule batch(
      String clause, Set<Transport> transports, Function<Recording, Verdict> judge) {
    return new Rule(clause, transports, BATCHES, BatchScript.SCRIPT, judge);
  }

  private static Verdict staysOpen(Recording recording) {
    return Every.verdict(
        recording,
        recording
            .exchanges(StreamScript.CALL)
            .filter(StreamScript::isStream)
            // What was not over in time cannot be told from what is late.
            .filter(e -> e.response().isPresent() || e.end() == End.CLOSED),
        "no request was answered by a stream",
        e ->
            e.response().isPresent()
                ? Optional.empty()
                : Optional.of(
                    new Broken(
                        e,
                        "The stream of " + Seen.called(e) + " is closed before its answer.",
                        "The stream of a request is not closed before its response was sent.",
                        "The stream ended after " + e.messages().size() + " messages.",
                        "Keep the stream open until the response is written, also in sessions of"
                            + " older revisions.")));
  }

  // --- batches -----------------------------------------------------------------------------------

  private static Verdict takesBatches(Recording recording) {
    Examination examination = new Examination(recording);
    if (!examination.served(Probes.LAWFUL)) {
      return examination.verdict();
    }
    Optional<Exchange> batch = examination.exchange(BatchScript.PINGS);
    if (batch.isEmpty()
        || Answer.unrelated(batch.get())
        || !examination.served(BatchScript.AFTER)) {
      batch
          .filter(Answer::unrelated)
          .ifPresent(e -> examination.unseen("the batch met " + Answer.told(e)));
      return examination.verdict();
    }
    List<JsonNode> messages =
        recording.exchanges(BatchScript.PINGS).flatMap(e -> e.messages().stream()).toList();
    for (JsonNode id : BatchScript.ids(batch.get())) {
      if (BatchScript.answers(messages, id).anyMatch(m -> m.has("result"))) {
        examination.kept();
      } else {
        examination.broken(
            batch.get(),
            "A ping in a batch is not served.",
            "Messages are received in batches as well as alone.",
            "A ping alone was served before and after; the batch got "
                + Answer.told(batch.get())
                + ".",
            "Take a JSON array as several messages in sessions of 2025-03-26.");
      }
    }
    return examination.verdict();
  }

  private static Verdict isLabelled(Recording recording) {
    return Every.verdict(
        recording,
        batches(recording).filter(e -> e.status().orElse(0) / 100 == 2),
        "no batch was taken",
        e -> {
          String type = e.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
          return type.startsWith("application/json") || type.startsWith("text/event-stream")
              ? Optional.empty()
              : Optional.of(
                  new Broken(
                      e,
                      "The answer to a batch is neither JSON nor a stream.",
                      "A POST with requests is answered as application/json or as"
                          + " text/event-stream.",
                      "The header Content-Type is " + (type.isEmpty() ? "missing" : type) + ".",
                      "Label the answer to a batch as the answer to a request is."));
        });
  }

  private static Stream<Exchange> batches(Recording recording) {
    return Stream.of(BatchScript.PINGS, BatchScript.CALLS)
        .flatMap(recording::exchanges)
        .filter(e -> !BatchScript.ids(e).isEmpty());
  }

  private static Function<Recording, Verdict> streamed(
      Function<Exchange, Optional<Broken>> defect) {
    return recording ->
        Every.verdict(
            recording,
            batches(recording)
                .filter(StreamScript::isStream)
                .filter(e -> e.end() == End.COMPLETE || isAnswered(e)),
            NO_STREAM,
            defect);
  }

  private static boolean isAnswered(Exchange batch) {
    return BatchScript.ids(batch).stream()
        .allMatch(id -> BatchScript.answers(batch.messages(), id).findAny().isPresent());
  }

  private static Optional<Broken> answersEach(Exchange batch) {
    for (JsonNode id : BatchScript.ids(batch)) {
      long answers = BatchScript.answers(batch.messages(), id).count();
      if (answers != 1) {
        return Optional.of(
            new Broken(
                batch,
                "The stream of a batch brings " + answers + " responses to one of its requests.",
                "The stream of a batch brings one response for each request of the batch.",
                "The request with id " + id + " got " + answers + " responses.",
                "Write one response for each request to the stream, then close it."));
      }
    }
    return Optional.empty();
  }

  private static Optional<Broken> endsComplete(Exchange batch) {
    return isAnswered(batch)
        ? Optional.empty()
        : Optional.of(
            new Broken(
                batch,
                "The stream of a batch is closed before all its requests are answered.",
                "The stream of a batch is not closed before every request of it was answered.",
                "It ended after " + batch.messages().size() + " messages.",
                "Close the stream when the last response is written."));
  }

  private static Optional<Broken> endsSoon(Exchange batch) {
    if (!isAnswered(batch)) {
      return Optional.empty();
    }
    long last =
        StreamScript.events(batch).stream()
            .filter(e -> e.json().filter(OlderRules::answers).isPresent())
            .mapToLong(SseEvent::atNanos)
            .max()
            .orElse(batch.endNanos());
    boolean soon = batch.end() == End.COMPLETE && batch.endNanos() - last <= SOON_NANOS;
    return soon
        ? Optional.empty()
        : Optional.of(
            new Broken(
                batch,
                "The stream of a batch stays open after its last response.",
                "Once every request of a batch is answered its stream is closed.",
                (batch.endNanos() - last) / 1_000_000
                    + " ms after the last response the stream was still open.",
                "Close the stream when the last response is written."));
  }

  private static boolean answers(JsonNode event) {
    return (event.isArray() ? event.valueStream() : Stream.of(event))
        .anyMatch(Messages::isResponse);
  }
}
