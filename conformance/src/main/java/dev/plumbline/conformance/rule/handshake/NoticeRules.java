package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.Answer;
import dev.plumbline.conformance.rule.Every;
import dev.plumbline.conformance.rule.Every.Broken;
import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Script;
import dev.plumbline.conformance.rule.Stage;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.End;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rules on what nobody answers: late, unknown and malformed notifications, of the pages {@code
 * 2025-11-25/basic}, {@code basic/transports} and {@code basic/utilities/cancellation}.
 */
public final class NoticeRules {
  private static final String CANCELLED = "notifications/cancelled";
  private static final String NOTICE = "notice-";
  private static final String LATE = NOTICE + "cancel-late";
  private static final String UNKNOWN = NOTICE + "cancel-unknown";
  private static final String AFTER = "after-notices";
  private static final String ODD = "odd-";
  private static final String STRANGER = ODD + "session";
  private static final String PLAIN = "without-version";
  private static final String SESSION = "Mcp-Session-Id";
  private static final String VERSION = "MCP-Protocol-Version";

  private static final Script SCRIPT = NoticeRules::notify;

  private NoticeRules() {}

  /** The rules; all look at one conversation. */
  public static List<Rule> rules() {
    return List.of(
        new Rule("BASE-005", Probes.STDIO, Probes.HANDSHAKE, SCRIPT, NoticeRules::staysUnanswered),
        new Rule("CANC-006", Probes.ANY, Probes.HANDSHAKE, SCRIPT, NoticeRules::survivesLate),
        new Rule("CANC-009", Probes.ANY, Probes.HANDSHAKE, SCRIPT, NoticeRules::ignoresCancels),
        new Rule(
            "TRAN-023",
            Probes.HTTP,
            Probes.HANDSHAKE.since("2025-03-26"),
            SCRIPT,
            NoticeRules::refusesByStatus),
        new Rule(
            "TRAN-050",
            Probes.HTTP,
            Probes.HANDSHAKE.since("2025-06-18"),
            SCRIPT,
            NoticeRules::assumesAVersion));
  }

  private static void notify(Stage stage)
      throws TargetException, HarnessException, InterruptedException {
    Conversation conversation = stage.open();
    Exchange lawful = Probes.lawful(conversation);
    cancel(conversation, LATE, lawful.sentId().orElseGet(Messages::object));
    cancel(conversation, UNKNOWN, Messages.NODES.stringNode("plumbline-never-sent"));
    conversation.send(
        NOTICE + "unknown",
        conversation.notification("notifications/plumbline", Messages.object()));
    conversation.send(AFTER, conversation.draft("ping"));
    if (stage.transport().isHttp()) {
      odd(conversation);
    }
  }

  private static void cancel(Conversation conversation, String label, JsonNode id)
      throws HarnessException, InterruptedException {
    ObjectNode params = Messages.object();
    params.set("requestId", id);
    conversation.send(label, conversation.notification(CANCELLED, params));
  }

  /** What a server has reason not to accept, and a request that says less than it could. */
  private static void odd(Conversation conversation) throws HarnessException, InterruptedException {
    conversation.send(
        ODD + "method",
        conversation
            .notification(CANCELLED, Messages.object())
            .body(message -> message.put("method", 7)));
    conversation.send(
        ODD + "response",
        conversation
            .notification(CANCELLED, Messages.object())
            .body(_ -> Messages.object().put("jsonrpc", "2.0").put("result", 7)));
    conversation.send(
        STRANGER,
        conversation
            .notification(CANCELLED, Messages.object())
            .header(SESSION, "plumbline-never-assigned"));
    conversation.send(PLAIN, conversation.draft("ping").withoutHeader(VERSION));
  }

  /** Every response that came for something that asks for none. */
  private static Stream<Heard> strays(Recording recording) {
    return Stream.concat(recording.exchanges(NOTICE), recording.exchanges(AFTER))
        .flatMap(e -> e.messages().stream().map(m -> new Heard(e, m)))
        .filter(heard -> Messages.isResponse(heard.node()))
        .filter(heard -> !isOwn(heard));
  }

  private static boolean isOwn(Heard heard) {
    return heard.exchange().sentId().filter(id -> Messages.answers(heard.node(), id)).isPresent();
  }

  private static Verdict staysUnanswered(Recording recording) {
    Examination examination = new Examination(recording);
    if (!examination.served(Probes.LAWFUL) || !examination.served(AFTER)) {
      return examination.verdict();
    }
    strays(recording)
        .limit(1)
        .forEach(
            stray ->
                examination.broken(
                    stray.exchange(),
                    "A notification is answered with a response.",
                    "Nothing is answered to a notification, whatever it holds.",
                    "Sent were notifications and one ping; besides the ping's came "
                        + EveryPiece.quoted(stray.node()),
                    "Answer messages that have an id and nothing else."));
    examination.kept();
    return examination.verdict();
  }

  private static Verdict survivesLate(Recording recording) {
    Examination examination = new Examination(recording);
    if (!examination.served(Probes.LAWFUL)) {
      return examination.verdict();
    }
    Optional<Exchange> after = examination.exchange(AFTER);
    boolean gone = after.filter(e -> e.end() == End.CLOSED || e.error().isPresent()).isPresent();
    if (gone) {
      examination.broken(
          after.orElseThrow(),
          "After a cancellation that came too late requests are not served any more.",
          "A cancellation that crosses the response, or comes after it, does no harm.",
          "A ping was served, then cancelled by its id; the next ping got "
              + Answer.told(after.orElseThrow())
              + ".",
          "Ignore a cancellation that names no running request.");
    } else if (examination.served(AFTER)) {
      examination.kept();
    }
    return examination.verdict();
  }

  private static Verdict ignoresCancels(Recording recording) {
    return Every.verdict(
        recording,
        Stream.of(LATE, UNKNOWN).flatMap(label -> recording.exchange(label).stream()),
        "no cancellation was sent",
        exchange -> {
          boolean refused = exchange.status().orElse(0) >= 400;
          Optional<Heard> stray =
              strays(recording)
                  .filter(heard -> heard.exchange().label().equals(exchange.label()))
                  .findFirst();
          return !refused && stray.isEmpty()
              ? Optional.empty()
              : Optional.of(
                  new Broken(
                      exchange,
                      "A cancellation of a request that does not run is not ignored.",
                      "A cancellation of an unknown or finished request is ignored.",
                      "It was answered with " + Answer.told(exchange) + ".",
                      "Take such a cancellation without an error: over HTTP with status 202."));
        });
  }

  private static Verdict refusesByStatus(Recording recording) {
    // One that is accepted is another clause's business, and a server may be generous.
    return Every.verdict(
        recording,
        recording
            .exchanges(ODD)
            .filter(
                e ->
                    e.status().orElse(0) >= 400
                        || e.messages().stream().anyMatch(m -> m.has("error"))),
        "the target gave no occasion: it accepts what is no lawful notification",
        exchange ->
            exchange.status().orElse(0) >= 400
                ? Optional.empty()
                : Optional.of(
                    new Broken(
                        exchange,
                        "A notification or response that is refused is answered with status "
                            + exchange.status().orElse(0)
                            + ".",
                        "A notification or response that the server cannot accept is answered with"
                            + " an HTTP error status.",
                        "The body holds an error, the status says success.",
                        "Answer with 400 Bad Request, or 404 for a session that is not there.")));
  }

  private static Verdict assumesAVersion(Recording recording) {
    return Every.verdict(
        recording,
        recording.exchange(PLAIN).filter(e -> Answer.missing(e).isEmpty()).stream(),
        "a request without " + VERSION + " was not answered",
        exchange ->
            exchange.accepted()
                ? Optional.empty()
                : Optional.of(
                    new Broken(
                        exchange,
                        "A request without " + VERSION + " is refused.",
                        "A request without the header is taken for one of 2025-03-26, unless the"
                            + " version is known otherwise, as in a session.",
                        "A ping without it was answered with " + Answer.told(exchange) + ".",
                        "Use the session's version, or 2025-03-26, when the header is missing.")));
  }
}
