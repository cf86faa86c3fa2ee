package dev.plumbline.server.observe.trace;

import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Between the context of a thread and the names it has on the wire (W3C Trace Context, Baggage).
 */
final class Carrier {
  private static final TextMapPropagator W3C =
      TextMapPropagator.composite(
          W3CTraceContextPropagator.getInstance(), W3CBaggagePropagator.getInstance());

  private static final TextMapGetter<Trace> FIELDS =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Trace trace) {
          return List.of("traceparent", "tracestate", "baggage");
        }

        @Override
        public @Nullable String get(@Nullable Trace trace, String key) {
          if (trace == null) {
            return null;
          }
          return switch (key) {
            case "traceparent" -> trace.traceparent();
            case "tracestate" -> trace.tracestate();
            case "baggage" -> trace.baggage();
            default -> null;
          };
        }
      };

  private Carrier() {}

  /** A context whose current span is the one the trace names. */
  static Context context(Trace trace) {
    return W3C.extract(Context.root(), trace, FIELDS);
  }

  /** The span the trace names. */
  static SpanContext spanContext(Trace trace) {
    return Span.fromContext(context(trace)).getSpanContext();
  }

  /** Writes the context into the {@code _meta} of a message's parameters. */
  static ObjectNode inject(Context context, ObjectNode params) {
    W3C.inject(
        context,
        params,
        (carrier, key, value) -> {
          if (carrier != null) {
            carrier.withObjectProperty("_meta").put(key, value);
          }
        });
    return params;
  }
}
