package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.probe.CallableTool;
import dev.plumbline.conformance.probe.ToolInfo;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Script;
import dev.plumbline.conformance.rule.Stage;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Inbound;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.SseEvent;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * One conversation over HTTP that keeps two streams open beside its requests, calls every tool that
 * may be called with a progress token of its own, and comes back to what it was told.
 */
final class StreamScript {
  static final Script SCRIPT = StreamScript::run;

  /** The streams opened by GET that resume nothing. */
  static final String LISTENING = "listening";

  /** The calls, each with a token that begins with {@link #TOKEN}. */
  static final String CALL = "stream-call";

  /** A call whose stream is read to its end. */
  static final String WHOLE = "whole-call";

  /** A stream of a call that is asked for again from its first event on. */
  static final String RESUMED = "resumed";

  /** A stream whose connection ended before the answer, come back to. */
  static final String RETURNED = "returned";

  /** The fact that names the call a stream belongs to. */
  static final String OF = "of-";

  static final String TOKEN = "plumbline-stream-";
  private static final int MAX_CALLS = 24;
  private static final Duration LISTENED = Duration.ofSeconds(20);
  private static final Duration PATIENCE = Duration.ofMillis(400);
  private static final Duration WHOLE_PATIENCE = Duration.ofSeconds(2);
  private static final long MAX_RETRY_MILLIS = 1_000;
  private static final String LAST_EVENT_ID = "Last-Event-ID";

  private StreamScript() {}

  private static void run(Stage stage)
      throws TargetException, HarnessException, InterruptedException {
    Conversation conversation = stage.open();
    Probes.lawful(conversation);
    if (stage.probe().declares("logging")) {
      conversation.send(
          "set-level", conversation.draft("logging/setLevel", Probes.params("level", "debug")));
    }
    List<Conversation.Beside> listening = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      listening.add(conversation.beside(LISTENING, conversation.http("GET").deadline(LISTENED)));
    }
    List<Exchange> calls = new ArrayList<>();
    Optional<ObjectNode> streamed = Optional.empty();
    try {
      for (ToolInfo tool : tools(stage)) {
        ObjectNode params =
            new CallableTool(tool, (ObjectNode) tool.arguments().deepCopy()).params();
        params.putObject("_meta").put("progressToken", TOKEN + calls.size());
        Exchange call = conversation.send(CALL, conversation.draft("tools/call", params));
        calls.add(call);
        if (isStream(call) && call.response().isPresent() && streamed.isEmpty()) {
          streamed = Optional.of(params);
        }
      }
      if (streamed.isPresent()) {
        ObjectNode params = streamed.get();
        params.putObject("_meta").put("progressToken", TOKEN + "whole");
        conversation.beside(WHOLE, conversation.draft("tools/call", params)).end(WHOLE_PATIENCE);
      }
      conversation.send("after", conversation.draft("ping"));
    } finally {
      for (Conversation.Beside one : listening) {
        one.end(Duration.ZERO);
      }
    }
    comeBack(stage, conversation, calls);
  }

  private static List<ToolInfo> tools(Stage stage) {
    return stage.probe().tools().stream()
        .filter(tool -> tool.callable() && stage.consent().covers(tool.needs()))
        .limit(MAX_CALLS)
        .toList();
  }

  private static void comeBack(Stage stage, Conversation conversation, List<Exchange> calls)
      throws HarnessException, InterruptedException {
    boolean resumed = false;
    for (Exchange call : calls) {
      List<SseEvent> ids = events(call).stream().filter(e -> !e.id().isEmpty()).toList();
      if (ids.isEmpty()) {
        continue;
      }
      if (call.response().isEmpty()) {
        long retry = ids.stream().mapToLong(SseEvent::retryMillis).max().orElse(0);
        // The page makes a client wait that long.
        Thread.sleep(Math.clamp(retry, 0, MAX_RETRY_MILLIS));
        resume(stage, conversation, RETURNED, call, ids.getLast().id());
      } else if (!resumed && ids.size() > 1) {
        resumed = true;
        resume(stage, conversation, RESUMED, call, ids.getFirst().id());
      }
    }
  }

  private static void resume(
      Stage stage, Conversation conversation, String label, Exchange call, String last)
      throws HarnessException, InterruptedException {
    Duration limit = label.equals(RESUMED) ? PATIENCE : WHOLE_PATIENCE;
    Exchange back =
        conversation.send(
            label, conversation.http("GET").header(LAST_EVENT_ID, last).deadline(limit));
    stage.fact(OF + back.label(), call.label());
  }

  static List<SseEvent> events(Exchange exchange) {
    return exchange.received() instanceof Inbound.HttpResponse response
        ? response.events()
        : List.of();
  }

  /** Whether it was answered by an event stream. */
  static boolean isStream(Exchange exchange) {
    return exchange.status().orElse(0) == 200
        && exchange
            .header("Content-Type")
            .orElse("")
            .toLowerCase(Locale.ROOT)
            .startsWith("text/event-stream");
  }

  /** The progress token that the call of this exchange gave; empty without one. */
  static String token(Exchange call) {
    return call.sentMessage()
        .orElseGet(Messages::object)
        .path("params")
        .path("_meta")
        .path("progressToken")
        .asString("");
  }
}
