package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.Answer;
import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Requires;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Stage;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Draft;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Rules on single requests at the edge of a session, of the pages {@code 2025-11-25/basic} and
 * {@code basic/transports}.
 */
public final class OpeningRules {
  private static final String SESSION = "Mcp-Session-Id";
  private static final String WITHOUT = "without-session";
  private static final String NOBODY = "http://plumbline-foreign.invalid";
  private static final List<String> ERRORS = List.of("error-integer", "error-string");
  private static final Requires HTTP = Probes.HANDSHAKE.since("2025-03-26");

  private OpeningRules() {}

  /** The rules. */
  public static List<Rule> rules() {
    return List.of(
        new Rule(
            "BASE-004",
            Probes.ANY,
            Probes.HANDSHAKE,
            OpeningRules::provoke,
            OpeningRules::errorsNameTheirRequest),
        new Rule(
            "TRAN-008",
            Probes.HTTP,
            HTTP.withSession(),
            OpeningRules::leaveTheSessionOut,
            OpeningRules::asksForTheSession),
        new Rule(
            "TRAN-016",
            Probes.HTTP,
            Probes.HANDSHAKE.since("2025-11-25"),
            OpeningRules::listenFromElsewhere,
            OpeningRules::keepsListenersOut));
  }

  private static void provoke(Stage stage)
      throws TargetException, HarnessException, InterruptedException {
    Conversation conversation = stage.open();
    Probes.lawful(conversation);
    Draft unknown = conversation.draft(Probes.UNKNOWN_METHOD);
    conversation.send(ERRORS.getFirst(), unknown.id(Messages.NODES.numberNode(4811)));
    conversation.send(ERRORS.getLast(), unknown.id(Messages.NODES.stringNode("Plumbline-Error")));
  }

  private static Verdict errorsNameTheirRequest(Recording recording) {
    Examination examination = new Examination(recording);
    if (!examination.served(Probes.LAWFUL)) {
      return examination.verdict();
    }
    for (String label : ERRORS) {
      examination.exchange(label).ifPresent(e -> judgeError(e, examination));
    }
    return examination.verdict();
  }

  private static void judgeError(Exchange exchange, Examination examination) {
    if (exchange.response().isPresent()) {
      examination.kept();
      return;
    }
    boolean nameless = exchange.messages().stream().anyMatch(Messages::isAnonymousResponse);
    if (!nameless) {
      examination.unseen(exchange.label() + " got no error: " + Answer.told(exchange));
      return;
    }
    String id = exchange.sentId().map(JsonNode::toString).orElse("none");
    examination.broken(
        exchange,
        "The error to a request with id " + id + " does not carry that id.",
        "An error carries the id of the request it answers whenever that id could be read.",
        "The error has no id, or the id null.",
        "Write the id of the request into its error, too.");
  }

  private static void leaveTheSessionOut(Stage stage)
      throws TargetException, HarnessException, InterruptedException {
    Conversation conversation = stage.open();
    Probes.lawful(conversation);
    conversation.send(WITHOUT, conversation.draft("ping").withoutHeader(SESSION));
  }

  private static Verdict asksForTheSession(Recording recording) {
    Examination examination = new Examination(recording);
    if (examination.served(Probes.LAWFUL)) {
      examination.answered(WITHOUT).ifPresent(e -> judgeMissing(e, examination));
    }
    return examination.verdict();
  }

  private static void judgeMissing(Exchange exchange, Examination examination) {
    int status = exchange.status().orElse(0);
    if (status == 400) {
      examination.kept();
    } else if (exchange.accepted()) {
      examination.unseen("the server does not require its session id");
    } else {
      examination.broken(
          exchange,
          "A request without a session id is refused with status " + status + ", not 400.",
          "A server that requires a session id answers a request without one with status 400.",
          "The answer is " + Answer.told(exchange) + ".",
          "Answer 400 Bad Request when "
              + SESSION
              + " is missing; 404 is for sessions that ended.");
    }
  }

  private static void listenFromElsewhere(Stage stage)
      throws TargetException, HarnessException, InterruptedException {
    Conversation conversation = stage.open();
    Probes.lawful(conversation);
    for (String method : List.of("GET", "DELETE")) {
      conversation.send("foreign-" + method, conversation.http(method).header("Origin", NOBODY));
    }
  }

  private static Verdict keepsListenersOut(Recording recording) {
    Examination examination = new Examination(recording);
    if (!examination.served(Probes.LAWFUL)) {
      return examination.verdict();
    }
    for (String method : List.of("GET", "DELETE")) {
      examination.exchange("foreign-" + method).ifPresent(e -> judgeOrigin(e, method, examination));
    }
    return examination.verdict();
  }

  private static void judgeOrigin(Exchange exchange, String method, Examination examination) {
    int status = exchange.status().orElse(0);
    // What is offered to nobody need not look who asks.
    if (status == 403 || status == 405) {
      examination.kept();
    } else if (status == 0) {
      examination.unseen("the " + method + " of a foreign origin got no answer");
    } else {
      examination.broken(
          exchange,
          "A "
              + method
              + " from a foreign web origin is answered with status "
              + status
              + ", not 403.",
          "A request with an Origin that is not allowed is answered with status 403.",
          "Origin " + NOBODY + " was answered with " + Answer.told(exchange) + ".",
          "Check Origin before anything else, for every HTTP method.");
    }
  }
}
