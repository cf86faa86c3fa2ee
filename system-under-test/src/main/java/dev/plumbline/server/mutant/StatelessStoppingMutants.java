package dev.plumbline.server.mutant;

import dev.plumbline.server.ServerParts;
import dev.plumbline.server.era.Answer;
import dev.plumbline.server.era.Inbound;
import dev.plumbline.server.era.StatelessRules;
import dev.plumbline.server.feature.Context;
import dev.plumbline.server.protocol.Decoded;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.RequestId;
import dev.plumbline.server.protocol.RpcError;
import dev.plumbline.server.subscription.Subscription;
import dev.plumbline.server.subscription.Subscriptions;
import dev.plumbline.server.subscription.Topic;
import dev.plumbline.server.transport.StdioLines;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Defects of the stateless era in how the server stops and in what cancellations come to. */
final class StatelessStoppingMutants {
  private static final String LISTEN = "subscriptions/listen";
  private static final String CALL = "tools/call";
  private static final String CANCELLED = "notifications/cancelled";
  private static final String SUBSCRIPTION = "io.modelcontextprotocol/subscriptionId";
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** A call that is cancelled after 100 ms is told of so late. */
  private static final long LATE_MILLIS = 400;

  private StatelessStoppingMutants() {}

  static List<Mutant> all() {
    return List.of(
        // CANC-502
        uncancelled(),
        // SUBS-506, SUBS-507
        new Mutant("subscription-ends-unanswered", StatelessStoppingMutants::unanswered),
        Planting.statelessMessage(
            "subscription-ends-with-error",
            LISTEN,
            answer -> {
              answer.remove("result");
              answer.putObject("error").put("code", -32603).put("message", "the server ends");
            }),
        // TRAN-526
        new Mutant(
            "input-end-ignored",
            parts -> {
              System.setIn(new Endless(System.in));
              return parts;
            }),
        // CANC-514, CANC-517
        afterCancellation(
            "crossing-cancellation-breaks",
            id -> id.asString("").startsWith("plumbline-crossing-"),
            (in, request, answer) ->
                Answer.refusal(200, request.id(), RpcError.of(ErrorCode.INTERNAL_ERROR, "shaken"))),
        afterCancellation(
            "wrong-cancellation-answered",
            JsonNode::isMissingNode,
            (in, request, answer) -> {
              HandshakeFlowMutants.say(
                  in,
                  "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32602,"
                      + "\"message\":\"requestId is missing\"}}");
              return answer;
            }),
        // TRAN-524
        Planting.stateless(
            "cancelled-call-reports",
            parts ->
                parts.withRule(
                    StatelessRules.META_VERSION,
                    check ->
                        (in, request) -> {
                          reportLate(in, request);
                          return check.refusal(in, request);
                        })));
  }

  /** A subscription that ends with its result alone. */
  private static Mutant uncancelled() {
    Map<Thread, Inbound> asked = new ConcurrentHashMap<>();
    return new Mutant(
        "subscription-ends-uncancelled",
        parts ->
            parts.withStateless(
                era ->
                    era.withRule(
                            StatelessRules.META_VERSION,
                            check ->
                                (in, request) -> {
                                  asked.put(Thread.currentThread(), in);
                                  return check.refusal(in, request);
                                })
                        .withMethods(
                            table ->
                                table.with(
                                    LISTEN,
                                    (context, _) ->
                                        listened(
                                            era.subscriptions(),
                                            Objects.requireNonNull(
                                                asked.remove(Thread.currentThread())),
                                            context)))));
  }

  private static ObjectNode listened(Subscriptions all, Inbound in, Context context)
      throws InterruptedException {
    Subscription own = all.open(in.peer(), Set.of(Topic.of("toolsListChanged"))).orElseThrow();
    var _ = in.lease().last();
    ObjectNode tag = JsonNodeFactory.instance.objectNode();
    tag.putObject("_meta").set(SUBSCRIPTION, id(context.id()));
    HandshakeFlowMutants.say(
        in,
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/acknowledged\",\"params\":"
            + tag
            + "}");
    while (!own.over()) {
      var _ = own.next(LOOK);
    }
    return tag;
  }

  private static JsonNode id(RequestId id) {
    return switch (id) {
      case RequestId.Text(var text) -> JsonNodeFactory.instance.stringNode(text);
      case RequestId.Whole(var digits) ->
          JsonNodeFactory.instance.numberNode(new BigInteger(digits));
    };
  }

  private static ServerParts unanswered(ServerParts parts) {
    StdioLines original = parts.stdioLines();
    return parts.withStdioLines(
        (decoded, answer) ->
            decoded instanceof Decoded.Valid(Message.Request request)
                    && request.method().equals(LISTEN)
                ? List.of()
                : original.lines(decoded, answer));
  }

  /** What becomes of the request after a cancellation. */
  @FunctionalInterface
  private interface Follower {
    Answer of(Inbound in, Message.Request request, Answer answer);
  }

  private static Mutant afterCancellation(String name, Predicate<JsonNode> id, Follower follower) {
    AtomicBoolean shaken = new AtomicBoolean();
    return Planting.statelessAnswer(
        name,
        (in, message, answer) -> {
          if (message instanceof Message.Notification notification
              && notification.method().equals(CANCELLED)
              && id.test(notification.params().path("requestId"))) {
            shaken.set(true);
          }
          return message instanceof Message.Request request && shaken.getAndSet(false)
              ? follower.of(in, request, answer)
              : answer;
        });
  }

  private static void reportLate(Inbound in, Message.Request request) {
    JsonNode token = request.params().path("_meta").path("progressToken");
    if (request.method().equals(CALL) && token.asString("").equals("plumbline-slow")) {
      Thread.startVirtualThread(
          () -> {
            try {
              Thread.sleep(LATE_MILLIS);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            HandshakeFlowMutants.say(
                in,
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{"
                    + "\"progressToken\":\"plumbline-slow\",\"progress\":1}}");
          });
    }
  }

  /** An input whose end nobody notices. */
  private static final class Endless extends FilterInputStream {
    Endless(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      return noticed(super.read());
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      return noticed(super.read(bytes, from, length));
    }

    private static int noticed(int read) throws IOException {
      if (read < 0) {
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IOException(e);
        }
      }
      return read;
    }
  }
}
