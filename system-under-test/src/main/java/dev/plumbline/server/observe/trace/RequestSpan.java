package dev.plumbline.server.observe.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A span that lasts until it is closed. Most are the current one of their thread meanwhile, and are
 * closed on it. {@link #NONE} does nothing.
 */
public final class RequestSpan implements AutoCloseable {
  /** No span. */
  public static final RequestSpan NONE = new RequestSpan(null, null, null);

  private final @Nullable Span span;
  private final @Nullable Scope scope;
  private final @Nullable Context context;

  private RequestSpan(@Nullable Span span, @Nullable Scope scope, @Nullable Context context) {
    this.span = span;
    this.scope = scope;
    this.context = context;
  }

  /** A span that is the current one until it is closed. */
  @SuppressWarnings("MustBeClosedChecker") // close() closes it
  static RequestSpan begin(Span span, Context around) {
    Context within = around.with(span);
    return new RequestSpan(span, within.makeCurrent(), within);
  }

  /** A span that leaves the current one as it is. */
  static RequestSpan beside(Span span, Context around) {
    return new RequestSpan(span, null, around.with(span));
  }

  /**
   * The parameters with the context of this span in their {@code _meta}; a copy, if there is one.
   */
  public ObjectNode name(ObjectNode params) {
    return context == null ? params : Carrier.inject(context, params.deepCopy());
  }

  /** It ends with this JSON-RPC error. */
  public void failed(int code) {
    if (span != null) {
      String text = Integer.toString(code);
      span.setAttribute(Names.STATUS_CODE, text).setAttribute(Names.ERROR, text);
      span.setStatus(StatusCode.ERROR);
    }
  }

  /** It ends with an error of this kind; a fixed word, never a message. */
  public void failed(String kind) {
    if (span != null) {
      span.setAttribute(Names.ERROR, kind);
      span.setStatus(StatusCode.ERROR);
    }
  }

  /** The span is over. */
  @Override
  public void close() {
    if (scope != null) {
      scope.close();
    }
    if (span != null) {
      span.end();
    }
  }
}
