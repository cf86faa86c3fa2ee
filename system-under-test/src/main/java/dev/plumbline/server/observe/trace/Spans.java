package dev.plumbline.server.observe.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What code deep inside says about the request of its thread: names for its span, children of it.
 * Without a traced request everything here does nothing, at the cost of one comparison.
 */
public final class Spans {
  private Spans() {}

  private static @Nullable Tracing current() {
    return Tracing.anywhere() ? Context.current().get(Tracing.CURRENT) : null;
  }

  /** The request speaks this revision. */
  public static void revision(String revision) {
    if (current() != null) {
      Span.current().setAttribute(Names.REVISION, revision);
    }
  }

  /**
   * The request belongs to this session.
   *
   * @param pseudonym never the id itself
   */
  public static void session(String pseudonym) {
    if (current() != null) {
      Span.current().setAttribute(Names.SESSION, pseudonym);
    }
  }

  /** True when a request is traced on this thread: for what costs something to find out. */
  public static boolean traced() {
    return current() != null;
  }

  /** The request reads this resource, which the server lists. */
  public static void resource(String uri) {
    if (current() != null) {
      Span.current().setAttribute(Names.RESOURCE, uri);
    }
  }

  /** The request asks for this prompt, which the server lists. */
  public static void prompt(String method, String name) {
    if (current() != null) {
      Span.current().setAttribute(Names.PROMPT, name).updateName(method + " " + name);
    }
  }

  /** A tool that the server lists begins to run for the request of this thread. */
  public static RequestSpan tool(String method, String name) {
    Tracing tracing = current();
    if (tracing == null) {
      return RequestSpan.NONE;
    }
    Span.current()
        .setAttribute(Names.TOOL, name)
        .setAttribute(Names.OPERATION, "execute_tool")
        .updateName(method + " " + name);
    return begin(
        tracing
            .child("execute_tool " + name, SpanKind.INTERNAL)
            .setAttribute(Names.TOOL, name)
            .setAttribute(Names.OPERATION, "execute_tool"));
  }

  /** The tool of the request's span reports an error in its result. */
  public static void toolFailed(RequestSpan tool) {
    tool.failed(Names.TOOL_ERROR);
  }

  /**
   * Something of the server's own begins for the request of this thread.
   *
   * @param name a fixed name, for example {@code store.write}
   */
  public static RequestSpan inside(String name) {
    Tracing tracing = current();
    return tracing == null ? RequestSpan.NONE : begin(tracing.child(name, SpanKind.INTERNAL));
  }

  /**
   * A request to a peer begins; close the result when its answer is here.
   *
   * @param method a name of the protocol
   */
  public static RequestSpan calling(String method) {
    Tracing tracing = current();
    return tracing == null ? RequestSpan.NONE : begin(call(tracing, method));
  }

  /**
   * A request to a peer begins while others do: its span is not the current one of this thread.
   * Close the result when its answer is here.
   */
  public static RequestSpan callingBeside(String method) {
    Tracing tracing = current();
    return tracing == null
        ? RequestSpan.NONE
        : RequestSpan.beside(call(tracing, method).startSpan(), Context.current());
  }

  private static SpanBuilder call(Tracing tracing, String method) {
    return tracing
        .child(method, SpanKind.CLIENT)
        .setAttribute(Names.RPC_SYSTEM, Names.JSONRPC)
        .setAttribute(Names.RPC_METHOD, method)
        .setAttribute(Names.METHOD, method);
  }

  /**
   * The parameters with the context of this thread's trace in their {@code _meta}; the same object
   * when nothing is traced, a copy otherwise. Whoever traces by other means is carried along, too.
   */
  public static ObjectNode named(ObjectNode params) {
    return Span.current().getSpanContext().isValid()
        ? Carrier.inject(Context.current(), params.deepCopy())
        : params;
  }

  /** The same work, for another thread, under the span of this one. */
  public static Runnable carried(Runnable work) {
    return current() == null ? work : Context.current().wrap(work);
  }

  private static RequestSpan begin(SpanBuilder builder) {
    return RequestSpan.begin(builder.startSpan(), Context.current());
  }
}
