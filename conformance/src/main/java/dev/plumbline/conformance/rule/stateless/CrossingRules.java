package dev.plumbline.conformance.rule.stateless;

import dev.plumbline.conformance.rule.Answer;
import dev.plumbline.conformance.rule.Every;
import dev.plumbline.conformance.rule.Every.Broken;
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
import dev.plumbline.evidence.model.Transport;
import dev.plumbline.evidence.model.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rules of the page {@code 2026-07-28/basic/patterns/cancellation} on cancellations that cross an
 * answer, and on those that are wrong. Each is followed by a lawful request.
 */
public final class CrossingRules {
  private static final String CANCELLED = "notifications/cancelled";
  private static final String CROSSING = "plumbline-crossing-";
  private static final String WRONG = "wrong-";
  private static final String AFTER = "after-";
  private static final int CROSSINGS = 20;

  /** So soon after its request the cancellation is sent, or the connection closed. */
  private static final Duration AT_ONCE = Duration.ofMillis(2);

  private static final Script CROSS = CrossingRules::cross;
  private static final Script MISTAKE = CrossingRules::mistake;
  private static final Set<Transport> DUPLEX =
      Set.of(Transport.STDIO, Transport.TCP, Transport.WEBSOCKET);

  private CrossingRules() {}

  /** The rules. */
  public static List<Rule> rules() {
    return List.of(
        rule("CANC-514", Probes.ANY, CROSS, CrossingRules::answeredOnce),
        rule("CANC-517", DUPLEX, MISTAKE, CrossingRules::ignored));
  }

  private static Rule rule(
      String clause, Set<Transport> transports, Script script, Function<Recording, Verdict> judge) {
    return new Rule(clause, transports, Probes.STATELESS, script, judge);
  }

  // --- the scripts -------------------------------------------------------------------------------

  private static void cross(Stage stage)
      throws TargetException, HarnessException, InterruptedException {
    Conversation conversation = stage.open();
    if (!Probes.lawful(conversation).accepted()) {
      return;
    }
    for (int i = 1; i <= CROSSINGS; i++) {
      String id = CROSSING + i;
      conversation.send(
          id,
          conversation
              .draft("server/discover")
              .id(Messages.NODES.stringNode(id))
              .deadline(AT_ONCE));
      if (!stage.transport().isHttp()) {
        // Over HTTP the connection is closed by now, which says the same.
        ObjectNode params = Probes.params("requestId", id);
        conversation.send("cancel-" + i, conversation.notification(CANCELLED, params));
      }
      conversation.send(AFTER + id, conversation.draft("server/discover"));
    }
  }

  private static void mistake(Stage stage)
      throws TargetException, HarnessException, InterruptedException {
    Conversation conversation = stage.open();
    Exchange lawful = Probes.lawful(conversation);
    if (!lawful.accepted()) {
      return;
    }
    Map<String, JsonNode> ids =
        new TreeMap<>(
            Map.of(
                "answered", lawful.sentId().orElseThrow(),
                "unknown", Messages.NODES.stringNode(Probes.UNKNOWN_NAME),
                "typed", Messages.object().put("wrong", true),
                "missing", Messages.NODES.missingNode()));
    for (Map.Entry<String, JsonNode> id : ids.entrySet()) {
      ObjectNode params = Messages.object();
      if (!id.getValue().isMissingNode()) {
        params.set("requestId", id.getValue());
      }
      conversation.send(WRONG + id.getKey(), conversation.notification(CANCELLED, params));
      conversation.send(AFTER + WRONG + id.getKey(), conversation.draft("server/discover"));
    }
  }

  // --- the judges --------------------------------------------------------------------------------

  /** The requests that follow a cancellation and show something. */
  private static Stream<Exchange> followers(Recording recording) {
    return recording
        .exchanges(AFTER)
        .filter(e -> Answer.missing(e).isEmpty() || isOver(recording, e));
  }

  /** Whether the conversation was ended where one cancellation is no reason for it. */
  private static boolean isOver(Recording recording, Exchange follower) {
    return follower.end() == End.CLOSED && !recording.transport().isHttp();
  }

  private static Optional<Broken> unserved(Exchange follower, String what) {
    return follower.accepted()
        ? Optional.empty()
        : Optional.of(
            new Broken(
                follower,
                "After " + what + " a lawful request is not served.",
                "Cancellations that come too late or are wrong leave no trace.",
                "The lawful request that followed got " + Answer.told(follower) + ".",
                "Look the id up, and do nothing when no such request runs."));
  }

  private static Verdict answeredOnce(Recording recording) {
    return Every.verdict(
        recording,
        followers(recording),
        "no cancellation crossed an answer",
        follower -> {
          JsonNode id = Messages.NODES.stringNode(follower.label().substring(AFTER.length()));
          long answers =
              recording.exchanges().stream()
                  .flatMap(e -> e.messages().stream())
                  .filter(m -> Messages.answers(m, id))
                  .count();
          return unserved(follower, "a cancellation that crosses the answer")
              .or(
                  () ->
                      answers <= 1
                          ? Optional.empty()
                          : Optional.of(
                              new Broken(
                                  follower,
                                  "A request whose cancellation crosses the answer is answered"
                                      + " more than once.",
                                  "A request that is cancelled while it is answered gets one"
                                      + " answer or none.",
                                  id + " got " + answers + " answers.",
                                  "Let either the answer or the cancellation win, once.")));
        });
  }

  private static Verdict ignored(Recording recording) {
    return Every.verdict(
        recording,
        followers(recording),
        "no wrong cancellation could be sent",
        follower -> {
          String label = follower.label().substring(AFTER.length());
          return unserved(follower, "a cancellation that is wrong")
              .or(() -> told(recording, label, follower));
        });
  }

  /** What answers a notification. */
  private static Optional<Broken> told(Recording recording, String label, Exchange follower) {
    JsonNode own = follower.sentId().orElseThrow();
    return Stream.of(recording.exchange(label), Optional.of(follower))
        .flatMap(Optional::stream)
        .flatMap(e -> e.messages().stream())
        .filter(Messages::isResponse)
        .filter(m -> !Messages.answers(m, own))
        .findFirst()
        .map(
            answer ->
                new Broken(
                    recording.exchange(label).orElse(follower),
                    "A cancellation that is wrong is answered.",
                    "Cancellations that are unknown, late or malformed are ignored.",
                    "It was followed by " + answer + ".",
                    "Never answer a notification, not even one that cannot be read."));
  }
}
