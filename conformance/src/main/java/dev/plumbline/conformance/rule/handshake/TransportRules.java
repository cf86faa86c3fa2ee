package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.Answer;
import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.ForeignOrigin;
import dev.plumbline.conformance.rule.MessageShapes;
import dev.plumbline.conformance.rule.OneLine;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Stage;
import dev.plumbline.conformance.rule.StdoutPurity;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Inbound;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rules of the page {@code 2025-11-25/basic/transports}, sessions apart. */
public final class TransportRules {
  private static final String CANCELLED = "cancelled";
  private static final String GET = "get";
  private static final String VERSION_HEADER = "MCP-Protocol-Version";
  private static final List<String> NOTIFICATIONS = List.of("initialized", CANCELLED);
  private static final List<String> BAD_VERSIONS = List.of(Probes.UNKNOWN_VERSION, "not-a-version");

  private TransportRules() {}

  /** The page's rules. */
  public static List<Rule> rules() {
    return List.of(
        new Rule(
            "TRAN-001", Probes.STDIO, Probes.HANDSHAKE, StdoutPurity.SCRIPT, StdoutPurity::judge),
        new Rule(
            "TRAN-002",
            Probes.HTTP,
            Probes.HANDSHAKE.since("2025-03-26"),
            TransportRules::notifies,
            TransportRules::acceptsWithoutBody),
        new Rule(
            "TRAN-003",
            Probes.HTTP,
            Probes.HANDSHAKE.since("2025-03-26"),
            TransportRules::gets,
            TransportRules::streamsOrRefuses),
        new Rule(
            "TRAN-005",
            Probes.HTTP,
            Probes.HANDSHAKE.since("2025-06-18"),
            TransportRules::namesBadVersions,
            TransportRules::refusesBadVersions),
        new Rule(
            "TRAN-006",
            Probes.HTTP,
            Probes.HANDSHAKE.since("2025-03-26"),
            ForeignOrigin.SCRIPT,
            ForeignOrigin::judge),
        new Rule("TRAN-010", Probes.STDIO, Probes.HANDSHAKE, MessageShapes.SCRIPT, OneLine::judge));
  }

  // --- TRAN-002 ----------------------------------------------------------------------------------

  /** Besides initialized, the one notification any client may send: a cancellation that is late. */
  private static void notifies(Stage stage)
      throws TargetException, HarnessException, InterruptedException {
    Conversation conversation = stage.open();
    Exchange lawful = Probes.lawful(conversation);
    Optional<JsonNode> id = lawful.sentId();
    if (id.isPresent()) {
      ObjectNode params = Messages.object().put("reason", "no longer needed");
      params.set("requestId", id.get());
      conversation.send(CANCELLED, conversation.notification("notifications/cancelled", params));
    }
  }

  private static Verdict acceptsWithoutBody(Recording recording) {
    Examination examination = new Examination(recording);
    if (!examination.served(Probes.LAWFUL)) {
      return examination.verdict();
    }
    long refused = 0;
    for (String label : NOTIFICATIONS) {
      Optional<Exchange> exchange = examination.answered(label);
      if (exchange.isPresent() && exchange.get().status().orElse(0) >= 300) {
        // The page lets a server refuse what it cannot accept.
        refused++;
      } else {
        exchange.ifPresent(e -> judgeNotification(e, examination));
      }
    }
    if (refused == NOTIFICATIONS.size()) {
      examination.unseen("the server accepted no notification");
    }
    return examination.verdict();
  }

  private static void judgeNotification(Exchange exchange, Examination examination) {
    boolean empty =
        exchange.received() instanceof Inbound.HttpResponse response && response.body().size() == 0;
    int status = exchange.status().orElse(0);
    if (status == 202 && empty) {
      examination.kept();
      return;
    }
    examination.broken(
        exchange,
        "An accepted notification is answered with "
            + (status == 202 ? "a body" : "status " + status + " instead of 202")
            + ".",
        "A notification that the server accepts is answered with status 202 and no body.",
        "The answer is " + Answer.told(exchange) + ".",
        "Answer every accepted notification with 202 Accepted and an empty body.");
  }

  // --- TRAN-003 ----------------------------------------------------------------------------------

  private static void gets(Stage stage)
      throws TargetException, HarnessException, InterruptedException {
    Conversation conversation = stage.open();
    Probes.lawful(conversation);
    conversation.send(GET, conversation.http("GET").header("Accept", "text/event-stream"));
  }

  private static Verdict streamsOrRefuses(Recording recording) {
    Examination examination = new Examination(recording);
    if (!examination.served(Probes.LAWFUL)) {
      return examination.verdict();
    }
    Optional<Exchange> get = examination.exchange(GET);
    // An open stream does not end within the deadline; its headers are what counts.
    boolean opened = get.isPresent() && get.get().status().orElse(0) == 200;
    Optional<Exchange> judged = opened ? get : examination.answered(GET);
    judged.ifPresent(e -> judgeGet(e, examination));
    return examination.verdict();
  }

  private static void judgeGet(Exchange exchange, Examination examination) {
    int status = exchange.status().orElse(0);
    String type = exchange.header("Content-Type").orElse("no content type");
    boolean stream = status == 200 && type.toLowerCase(Locale.ROOT).startsWith("text/event-stream");
    if (stream || status == 405) {
      examination.kept();
      return;
    }
    examination.broken(
        exchange,
        "A GET on the endpoint is answered with neither an event stream nor status 405.",
        "GET opens an event stream (Content-Type text/event-stream), or is answered with status"
            + " 405 when the server offers none.",
        "The answer has status " + status + " and " + type + ".",
        "Answer GET with 405 Method Not Allowed, or with an event stream.");
  }

  // --- TRAN-005 ----------------------------------------------------------------------------------

  private static void namesBadVersions(Stage stage)
      throws TargetException, HarnessException, InterruptedException {
    Conversation conversation = stage.open();
    Probes.lawful(conversation);
    for (String version : BAD_VERSIONS) {
      conversation.send(
          "version-" + version, conversation.draft("ping").header(VERSION_HEADER, version));
    }
  }

  private static Verdict refusesBadVersions(Recording recording) {
    Examination examination = new Examination(recording);
    if (examination.served(Probes.LAWFUL)) {
      for (String version : BAD_VERSIONS) {
        examination
            .answered("version-" + version)
            .ifPresent(e -> judgeVersion(e, version, examination));
      }
    }
    return examination.verdict();
  }

  private static void judgeVersion(Exchange exchange, String version, Examination examination) {
    if (exchange.status().orElse(0) == 400) {
      examination.kept();
      return;
    }
    examination.broken(
        exchange,
        "A request with the unsupported header MCP-Protocol-Version: "
            + version
            + " is not answered with status 400.",
        "An invalid or unsupported MCP-Protocol-Version is answered with status 400.",
        "The answer is " + Answer.told(exchange) + ".",
        "Compare the header with the supported versions and answer 400 Bad Request when it is not"
            + " one of them.");
  }
}
