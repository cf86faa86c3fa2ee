package dev.plumbline.conformance.rule.stateless;

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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rules of the pages on cancellation, subscriptions and stdio about the end of the server: only a
 * process of our own may be ended for them.
 */
public final class EndingRules {
  private static final String LISTEN = "listen";
  private static final String STOP = "stop";
  private static final String HANG_UP = "hang-up";
  private static final Duration LISTENING = Duration.ofMillis(500);

  /** How long a process may take to end. */
  private static final Duration PROMPTLY = Duration.ofSeconds(5);

  private static final Script SUBSCRIBED = EndingRules::listens;
  private static final Script ENDED = EndingRules::hangsUp;

  private EndingRules() {}

  /** The rules on the end. */
  public static List<Rule> rules() {
    return List.of(
        rule("CANC-502", SUBSCRIBED, r -> torn(r, EndingRules::isCancelled)),
        rule("SUBS-506", SUBSCRIBED, r -> torn(r, EndingRules::isAnswered)),
        rule("SUBS-507", SUBSCRIBED, r -> torn(r, EndingRules::isCompleted)),
        rule("TRAN-526", ENDED, EndingRules::ends));
  }

  private static Rule rule(String clause, Script script, Function<Recording, Verdict> judge) {
    return new Rule(clause, Probes.STDIO, Probes.STATELESS, script, judge);
  }

  private static void listens(Stage stage)
      throws TargetException, HarnessException, InterruptedException {
    Conversation conversation = stage.open();
    if (Probes.lawful(conversation).accepted()) {
      ObjectNode filter = Messages.object();
      filter.putObject("notifications").put("toolsListChanged", true);
      conversation.send(
          LISTEN, conversation.draft("subscriptions/listen", filter).deadline(LISTENING));
      conversation.stop(STOP, PROMPTLY);
    }
  }

  private static void hangsUp(Stage stage)
      throws TargetException, HarnessException, InterruptedException {
    Conversation conversation = stage.open();
    if (Probes.lawful(conversation).accepted()) {
      conversation.hangUp(HANG_UP, PROMPTLY);
    }
  }

  // --- subscriptions -----------------------------------------------------------------------------

  /**
   * What a server said about a subscription when it ended.
   *
   * @param stop where it was said
   * @param cancelled whether there was a cancellation that names it
   * @param answer the response to its request
   */
  private record Farewell(Exchange stop, boolean cancelled, Optional<JsonNode> answer) {}

  /** What is concluded from it. */
  @FunctionalInterface
  private interface Conclusion {
    void judge(Farewell farewell, Examination examination);
  }

  private static Verdict torn(Recording recording, Conclusion conclusion) {
    Examination examination = new Examination(recording);
    if (!examination.served(Probes.LAWFUL)) {
      return examination.verdict();
    }
    Optional<Exchange> listen = recording.exchange(LISTEN).filter(EndingRules::isOpen);
    Optional<Exchange> stop = recording.exchange(STOP);
    if (listen.isEmpty() || stop.isEmpty()) {
      examination.unseen("no subscription could be opened");
      return examination.verdict();
    }
    JsonNode id = listen.get().sentId().orElseThrow();
    List<JsonNode> said = stop.get().messages();
    Farewell farewell =
        new Farewell(
            stop.get(),
            said.stream()
                .filter(m -> isMethod(m, "notifications/cancelled"))
                .anyMatch(m -> Messages.isSameId(id, m.path("params").path("requestId"))),
            said.stream().filter(m -> Messages.answers(m, id)).findFirst());
    if (!farewell.cancelled() && farewell.answer().isEmpty()) {
      // A process may be ended before it can say anything.
      examination.unseen("the server ended without a word about its subscription");
    } else {
      conclusion.judge(farewell, examination);
    }
    return examination.verdict();
  }

  private static boolean isOpen(Exchange listen) {
    return listen.response().isEmpty()
        && listen.messages().stream()
            .anyMatch(m -> isMethod(m, "notifications/subscriptions/acknowledged"));
  }

  private static boolean isMethod(JsonNode message, String method) {
    return message.path("method").asString("").equals(method);
  }

  private static void isCancelled(Farewell farewell, Examination examination) {
    if (farewell.cancelled()) {
      examination.kept();
    } else {
      broken(
          farewell,
          "The server ends a subscription without notifications/cancelled.",
          "A server that ends a subscription sends notifications/cancelled with the id of its"
              + " listen request.",
          "Send notifications/cancelled ahead of the result of subscriptions/listen.",
          examination);
    }
  }

  private static void isAnswered(Farewell farewell, Examination examination) {
    if (farewell.answer().isPresent()) {
      examination.kept();
    } else {
      broken(
          farewell,
          "The server ends a subscription without answering subscriptions/listen.",
          "A server that ends a subscription answers its listen request before it closes the"
              + " stream.",
          "Answer open subscriptions/listen requests while shutting down.",
          examination);
    }
  }

  private static void isCompleted(Farewell farewell, Examination examination) {
    if (farewell.answer().isEmpty()) {
      examination.unseen("the listen request was not answered");
    } else if (farewell
        .answer()
        .get()
        .path("result")
        .path("resultType")
        .asString("")
        .equals("complete")) {
      examination.kept();
    } else {
      broken(
          farewell,
          "A subscription that ends gracefully is not answered by a result that is complete.",
          "The end of a subscription is told by a result with resultType complete.",
          "Answer subscriptions/listen with a result with resultType complete, not an error.",
          examination);
    }
  }

  private static void broken(
      Farewell farewell, String summary, String expected, String fix, Examination examination) {
    examination.broken(
        farewell.stop(),
        summary,
        expected,
        "Asked to end, the server said " + farewell.stop().messages() + ".",
        fix);
  }

  // --- stdio -------------------------------------------------------------------------------------

  private static Verdict ends(Recording recording) {
    Examination examination = new Examination(recording);
    Optional<Exchange> left = recording.exchange(HANG_UP);
    if (!examination.served(Probes.LAWFUL) || left.isEmpty()) {
      return examination.verdict();
    }
    if (left.get().end() == End.CLOSED) {
      examination.kept();
    } else {
      examination.broken(
          left.get(),
          "The server goes on when its standard input has ended.",
          "A server exits promptly when its standard input ends.",
          PROMPTLY.toSeconds() + " s after the end of its input the process was still there.",
          "End the process when reading standard input comes to its end.");
    }
    return examination.verdict();
  }
}
