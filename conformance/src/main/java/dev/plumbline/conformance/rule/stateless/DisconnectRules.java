package dev.plumbline.conformance.rule.stateless;

import dev.plumbline.conformance.rule.Beside;
import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Script;
import dev.plumbline.conformance.rule.SlowTool;
import dev.plumbline.conformance.rule.Stage;
import dev.plumbline.conformance.rule.Witness;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import dev.plumbline.evidence.model.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rules of the pages on Streamable HTTP and cancellation about a client that closes its connection.
 * Whether work goes on is told by a {@link Witness}.
 */
public final class DisconnectRules {
  private static final String RUNNING = "running";
  private static final String BEFORE = "state-while-running";
  private static final String AFTER = "state-after-close";
  private static final String LISTEN = "listen";
  private static final String TOKEN = "plumbline-gone";
  private static final int SLOW_MILLIS = 4_000;
  private static final int SHORT_MILLIS = 400;

  /** How long the work of a client that is gone may go on before it counts as not stopped. */
  private static final Duration SOON = Duration.ofSeconds(2);

  private static final Duration LISTENING = Duration.ofMillis(700);
  private static final Duration BEGUN = Duration.ofMillis(150);

  private DisconnectRules() {}

  /** The rules on disconnecting. */
  public static List<Rule> rules() {
    return List.of(
        rule("TRAN-548", DisconnectRules::stops),
        rule("CANC-504", DisconnectRules::stops),
        rule("TRAN-549", DisconnectRules::stops),
        rule("TRAN-550", DisconnectRules::saysNoMore));
  }

  private static Rule rule(String clause, Function<Recording, Verdict> judge) {
    return new Rule(clause, Probes.HTTP, Probes.STATELESS, SCRIPT, judge);
  }

  /** Closes the connections of two calls that run. */
  static final Script SCRIPT = DisconnectRules::run;

  private static void run(Stage stage)
      throws TargetException, HarnessException, InterruptedException {
    Conversation conversation = stage.open();
    if (!Probes.lawful(conversation).accepted()) {
      return;
    }
    Optional<Witness> witness = Witness.of(stage);
    if (witness.isPresent()) {
      watch(stage, conversation, witness.get());
    }
    List<SlowTool> slow = SlowTool.of(stage);
    if (!slow.isEmpty()) {
      listenAfterwards(conversation, slow.getFirst());
    }
  }

  private static void watch(Stage stage, Conversation conversation, Witness witness)
      throws TargetException, HarnessException, InterruptedException {
    boolean begun;
    ObjectNode params = witness.slow().params(SLOW_MILLIS, TOKEN + "-seen");
    try (Beside call = Beside.send(stage, RUNNING, own -> own.draft("tools/call", params))) {
      begun = witness.await(conversation, BEFORE, n -> n > 0, SOON);
    }
    if (begun) {
      witness.await(conversation, AFTER, n -> n == 0, SOON);
    }
  }

  /** Closes a call, and listens while it would have ended. */
  private static void listenAfterwards(Conversation conversation, SlowTool tool)
      throws HarnessException, InterruptedException {
    conversation.send(
        "closed",
        conversation
            .draft("tools/call", tool.params(SHORT_MILLIS, TOKEN))
            .id(Messages.NODES.stringNode(TOKEN))
            .deadline(BEGUN));
    ObjectNode filter = Messages.object();
    filter.putObject("notifications").put("toolsListChanged", true).put("promptsListChanged", true);
    conversation.send(
        LISTEN, conversation.draft("subscriptions/listen", filter).deadline(LISTENING));
    conversation.send("after-listen", conversation.draft("server/discover"));
  }

  private static Verdict stops(Recording recording) {
    Examination examination = new Examination(recording);
    if (!examination.served(Probes.LAWFUL)) {
      return examination.verdict();
    }
    List<Exchange> after = recording.exchanges(AFTER).toList();
    if (after.isEmpty()) {
      examination.unseen("no tool shows whether the work of another one goes on");
      return examination.verdict();
    }
    Exchange call = recording.exchange(RUNNING).orElseThrow();
    Exchange last = after.getLast();
    long naturalEnd = call.sentNanos() + Duration.ofMillis(SLOW_MILLIS).toNanos();
    OptionalInt running = Witness.running(last);
    if (running.isEmpty() || last.endNanos() >= naturalEnd) {
      examination.unseen("the work of the closed call could not be watched in time");
    } else if (running.getAsInt() == 0) {
      examination.kept();
    } else {
      examination.broken(
          call,
          "A call whose client closed the connection works on.",
          "Closing the response stream cancels the request: the server stops its work.",
          (last.sentNanos() - call.endNanos()) / 1_000_000
              + " ms after the connection was closed, "
              + running.getAsInt()
              + " call is still running.",
          "Interrupt the work of a request when its connection is lost.");
    }
    return examination.verdict();
  }

  private static Verdict saysNoMore(Recording recording) {
    Examination examination = new Examination(recording);
    if (!examination.served(Probes.LAWFUL)) {
      return examination.verdict();
    }
    Optional<Exchange> closed = recording.exchange("closed");
    if (closed.isEmpty()) {
      examination.unseen("no tool takes as long as it is told to");
    } else if (closed.get().response().isPresent()) {
      examination.unseen("the call was answered before it could be closed");
    } else if (examination.served("after-listen")) {
      List<JsonNode> late =
          recording.exchanges().stream()
              .filter(e -> e.sentNanos() >= closed.get().endNanos())
              .flatMap(e -> e.messages().stream())
              .filter(DisconnectRules::isOfClosed)
              .toList();
      if (late.isEmpty()) {
        examination.kept();
      } else {
        examination.broken(
            closed.get(),
            "A message of a closed call comes on another stream.",
            "Once the stream of a request is closed, nothing more is sent for it, there or"
                + " elsewhere.",
            "After the connection was closed came " + late.getFirst() + ".",
            "Drop what a closed request still says.");
      }
    }
    return examination.verdict();
  }

  private static boolean isOfClosed(JsonNode message) {
    return Messages.answers(message, Messages.NODES.stringNode(TOKEN))
        || message.at("/params/progressToken").asString("").equals(TOKEN);
  }
}
