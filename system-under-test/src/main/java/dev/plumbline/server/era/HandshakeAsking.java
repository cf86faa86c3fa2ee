package dev.plumbline.server.era;

import dev.plumbline.server.feature.ClientRequest;
import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.limit.MessageKind;
import dev.plumbline.server.limit.Refusal;
import dev.plumbline.server.observe.trace.RequestSpan;
import dev.plumbline.server.observe.trace.Spans;
import dev.plumbline.server.protocol.Encoder;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.Reply;
import dev.plumbline.server.protocol.RequestId;
import dev.plumbline.server.protocol.RpcError;
import dev.plumbline.server.protocol.RpcException;
import dev.plumbline.server.round.AnswerCheck;
import dev.plumbline.server.session.Asks;
import dev.plumbline.server.session.Session;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Asks the client of one session, on the stream of the request that needs the answers. */
final class HandshakeAsking {
  /** One request on its way, and its span. */
  private record Asked(ClientRequest request, Asks.Ask ask, RequestSpan span) {}

  private final Session session;
  private final HandshakeExchange exchange;
  private final Duration patience;

  HandshakeAsking(Session session, HandshakeExchange exchange, Duration patience) {
    this.session = session;
    this.exchange = exchange;
    this.patience = patience;
  }

  /** Sends every request, then waits for every answer. */
  Map<String, ObjectNode> ask(Map<String, ClientRequest> requests)
      throws RpcException, InterruptedException {
    Map<String, ClientRequest> lawful = new LinkedHashMap<>();
    for (Map.Entry<String, ClientRequest> request : requests.entrySet()) {
      lawful.put(request.getKey(), HandshakeQuestions.lawful(session, request.getValue()));
    }
    Lease lease = exchange.in().lease();
    Map<String, Asked> asked = new LinkedHashMap<>();
    lease.extend(patience.plus(Limits.REQUEST_DEADLINE));
    try {
      for (Map.Entry<String, ClientRequest> request : lawful.entrySet()) {
        asked.put(request.getKey(), send(request.getValue()));
      }
      return await(asked);
    } finally {
      lease.extend(Limits.REQUEST_DEADLINE);
      giveUp(asked);
    }
  }

  private Asked send(ClientRequest request) throws RpcException, InterruptedException {
    Asks.Ask ask =
        session
            .asks()
            .open()
            .orElseThrow(
                () -> new RpcException(Refusal.of("session_questions", Limits.MAX_ASKS).error()));
    RequestSpan span = Spans.callingBeside(request.method());
    boolean sent = false;
    try {
      ObjectNode params = span.name(request.params());
      sent =
          exchange.send(
              MessageKind.QUESTION,
              Encoder.encode(new Message.Request(ask.id(), request.method(), params)));
    } finally {
      if (!sent) {
        span.close();
        session.asks().drop(ask);
      }
    }
    if (!sent) {
      throw new RpcException(
          RpcError.of(ErrorCode.INVALID_REQUEST, "the client cannot be asked on this request"));
    }
    return new Asked(request, ask, span);
  }

  private Map<String, ObjectNode> await(Map<String, Asked> asked)
      throws RpcException, InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    Map<String, ObjectNode> results = new LinkedHashMap<>();
    for (Map.Entry<String, Asked> entry : asked.entrySet()) {
      Asked one = entry.getValue();
      switch (replyTo(one.ask(), end)) {
        case Reply.Result(var value) -> {
          check(one.request(), value);
          results.put(entry.getKey(), value);
        }
        case Reply.Failure(var error) -> {
          one.span().failed(error.code());
          throw new RpcException(error);
        }
      }
      one.span().close();
    }
    return results;
  }

  /** 2025-11-25 client/elicitation and client/sampling: what comes back is checked. */
  private static void check(ClientRequest request, ObjectNode answer) throws RpcException {
    if (request.method().equals("ping")) {
      return;
    }
    Optional<String> problem = AnswerCheck.problem(request, answer);
    if (problem.isPresent()) {
      throw RpcException.invalidParams("the answer to " + request.method() + " " + problem.get());
    }
  }

  private static Reply replyTo(Asks.Ask ask, long end) throws InterruptedException {
    try {
      return ask.reply().get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return new Reply.Failure(
          RpcError.of(ErrorCode.DEADLINE_EXCEEDED, "the client did not answer"));
    } catch (ExecutionException e) {
      throw new IllegalStateException("answers do not fail", e);
    }
  }

  /** 2025-11-25 lifecycle, timeouts: what nobody waits for any more is cancelled. */
  private void giveUp(Map<String, Asked> asked) throws InterruptedException {
    for (Asked one : asked.values()) {
      one.span().close();
      Asks.Ask ask = one.ask();
      if (session.asks().drop(ask) && ask.id() instanceof RequestId.Text(var id)) {
        ObjectNode params = JsonNodeFactory.instance.objectNode();
        params.put("requestId", id).put("reason", "no longer needed");
        exchange.send(
            MessageKind.NEWS,
            Encoder.encode(new Message.Notification("notifications/cancelled", params)));
      }
    }
  }
}
