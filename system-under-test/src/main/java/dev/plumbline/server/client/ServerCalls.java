package dev.plumbline.server.client;

import dev.plumbline.server.observe.Log;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.Reply;
import dev.plumbline.server.protocol.RequestId;
import dev.plumbline.server.protocol.RpcError;
import dev.plumbline.server.protocol.RpcException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers a handshake-era server's requests, each on a thread of its own, and never more than a few
 * at once.
 */
final class ServerCalls {
  private static final int MAX_AT_ONCE = 64;

  private final Handlers handlers;
  private final Semaphore permits = new Semaphore(MAX_AT_ONCE);
  private final Map<RequestId, Thread> running = new ConcurrentHashMap<>();

  ServerCalls(Handlers handlers) {
    this.handlers = handlers;
  }

  /**
   * Takes a request. In the stateless era there is no such thing and nothing is answered
   * (2026-07-28 basic/transports).
   */
  void asked(Link link, Message.Request request) {
    if (link.dialect().stateless()) {
      return;
    }
    if (!permits.tryAcquire()) {
      respond(link, request.id(), new Reply.Failure(RpcError.of(ErrorCode.OVERLOADED)));
      return;
    }
    Thread thread = Thread.ofVirtual().name("server-call").unstarted(() -> answer(link, request));
    running.put(request.id(), thread);
    thread.start();
  }

  /** Stops work on a request the server took back. */
  void cancelled(JsonNode requestId) {
    RequestId id =
        requestId.isString()
            ? new RequestId.Text(requestId.stringValue())
            : new RequestId.Whole(requestId.asString(""));
    Thread thread = running.get(id);
    if (thread != null) {
      thread.interrupt();
    }
  }

  private void answer(Link link, Message.Request request) {
    try {
      respond(link, request.id(), new Reply.Result(result(request)));
    } catch (RpcException e) {
      respond(link, request.id(), new Reply.Failure(e.error()));
    } catch (InterruptedException e) {
      // Taken back: a cancelled request gets no answer (2025-11-25 basic/utilities/cancellation).
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      Log.failure("client handler", e);
      respond(link, request.id(), new Reply.Failure(RpcError.of(ErrorCode.INTERNAL_ERROR)));
    } finally {
      running.remove(request.id());
      permits.release();
    }
  }

  private ObjectNode result(Message.Request request) throws RpcException, InterruptedException {
    if (request.method().equals("ping")) {
      return JsonNodeFactory.instance.objectNode();
    }
    Optional<Handlers.Handler> handler = handlers.of(request.method());
    if (handler.isEmpty()) {
      throw new RpcException(RpcError.of(ErrorCode.METHOD_NOT_FOUND));
    }
    return handler.get().handle(request.params());
  }

  private static void respond(Link link, RequestId id, Reply reply) {
    try {
      link.send(new Message.Response(id, reply));
    } catch (IOException e) {
      Log.line("an answer to the server could not be sent");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
