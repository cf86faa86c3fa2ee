package dev.plumbline.server.era;

import dev.plumbline.server.domain.Unit;
import dev.plumbline.server.feature.Context;
import dev.plumbline.server.feature.Method;
import dev.plumbline.server.observe.Log;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.Reply;
import dev.plumbline.server.protocol.RpcError;
import dev.plumbline.server.protocol.RpcException;
import dev.plumbline.server.session.InFlight;
import java.util.Optional;
import java.util.function.Function;

/** Runs one method on the calling thread so that it can be cancelled. */
final class Execution {
  private Execution() {}

  /**
   * The reply, or empty when the client cancelled the request or ended its session: it must not be
   * answered.
   */
  static Optional<Reply> run(
      Method method,
      Message.Request request,
      InFlight inFlight,
      Function<InFlight.Running, Context> context) {
    InFlight.Running running = inFlight.begin(request.id());
    try {
      Reply reply = call(method, context.apply(running), request, running);
      return running.cancelled() ? running.why().map(Reply.Failure::new) : Optional.of(reply);
    } finally {
      inFlight.end(request.id(), running);
    }
  }

  private static Reply call(
      Method method, Context context, Message.Request request, InFlight.Running running) {
    Optional<Unit> unit = Unit.current();
    try {
      if (unit.isPresent()) {
        unit.get().domain().handlerBegins(context.principal());
      }
      return new Reply.Result(method.call(context, request.params()));
    } catch (RpcException e) {
      return new Reply.Failure(e.error());
    } catch (InterruptedException e) {
      if (wasTold(unit, running)) {
        Thread.currentThread().interrupt();
        return new Reply.Failure(RpcError.of(ErrorCode.DEADLINE_EXCEEDED));
      }
      // Nobody but itself interrupted it.
      return failed(context, request, e);
    } catch (RuntimeException e) {
      return failed(context, request, e);
    } catch (Error e) {
      unit.ifPresentOrElse(
          inside -> inside.domain().crashed(e), () -> Log.failure(request.method(), e));
      return new Reply.Failure(RpcError.of(ErrorCode.INTERNAL_ERROR));
    } finally {
      if (!wasTold(unit, running)) {
        // What is said next must not suffer from a handler that interrupted itself.
        var _ = Thread.interrupted();
      }
    }
  }

  /** True when its thread was told to end; outside all domains nobody knows. */
  private static boolean wasTold(Optional<Unit> unit, InFlight.Running running) {
    return running.cancelled() || unit.map(Unit::wasTold).orElse(true);
  }

  /** FM-38: a handler's failure stays inside its request; the peer learns no internals. */
  private static Reply failed(Context context, Message.Request request, Exception e) {
    String trace = context.trace().map(known -> ", trace " + known.traceId()).orElse("");
    Log.failure(request.method() + trace, e);
    return new Reply.Failure(RpcError.of(ErrorCode.INTERNAL_ERROR));
  }
}
