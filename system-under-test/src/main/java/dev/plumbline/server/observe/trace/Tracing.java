package dev.plumbline.server.observe.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Where spans begin. Off it is one comparison per request. On, every request becomes a span with
 * the attributes of the semantic conventions for MCP, and what happens under it becomes its
 * children, by way of the context of the thread. Bounded: spans that the collector does not take in
 * time are dropped, and no request waits for it.
 */
public final class Tracing implements AutoCloseable {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

  /** Who began the span of this thread. */
  static final ContextKey<Tracing> CURRENT = ContextKey.named("plumbline-tracing");

  /** How many in this process are on: while none is, nobody looks at the context. */
  private static final AtomicInteger ON = new AtomicInteger();

  private static final Tracing OFF = new Tracing(null, 0, () -> {});

  private final @Nullable Tracer tracer;
  private final double ratio;
  private final Runnable shutdown;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Tracing(@Nullable Tracer tracer, double ratio, Runnable shutdown) {
    this.tracer = tracer;
    this.ratio = ratio;
    this.shutdown = shutdown;
  }

  /** No spans. */
  public static Tracing off() {
    return OFF;
  }

  /**
   * Spans go to this exporter, in batches.
   *
   * @param service what the service is called
   * @param ratio of the traces that begin here, how many are kept; a trace that began elsewhere is
   *     kept when its beginner keeps it
   */
  public static Tracing to(SpanExporter exporter, String service, double ratio) {
    SdkTracerProvider provider = Sdk.provider(exporter, service);
    ON.incrementAndGet();
    return new Tracing(
        provider.get("dev.plumbline.server"),
        ratio,
        () -> {
          ON.decrementAndGet();
          var _ = provider.shutdown().join(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        });
  }

  /** True when spans are made. */
  public boolean on() {
    return tracer != null;
  }

  /** True while anybody in this process makes spans. */
  static boolean anywhere() {
    return ON.get() > 0;
  }

  /**
   * Begins the span of a request that came in. Does nothing when off.
   *
   * @param request what is known of it
   */
  public RequestSpan serving(IncomingRequest request) {
    if (tracer == null) {
      return RequestSpan.NONE;
    }
    Optional<Trace> nearest = request.inMessage().or(request::inHeaders);
    if (nearest.isEmpty() && !kept()) {
      return RequestSpan.NONE;
    }
    Context parent = nearest.map(Carrier::context).orElse(Context.root());
    SpanBuilder builder =
        tracer
            .spanBuilder(request.method())
            .setSpanKind(SpanKind.SERVER)
            .setParent(parent)
            .setAttribute(Names.RPC_SYSTEM, Names.JSONRPC)
            .setAttribute(Names.RPC_METHOD, request.method())
            .setAttribute(Names.METHOD, request.method())
            .setStartTimestamp(request.arrivedEpochNanos(), TimeUnit.NANOSECONDS);
    request.id().ifPresent(id -> builder.setAttribute(Names.REQUEST_ID, id));
    if (request.http()) {
      builder.setAttribute(Names.TRANSPORT, "tcp").setAttribute(Names.PROTOCOL, "http");
    }
    if (request.inMessage().isPresent()) {
      // Conventions for MCP, context propagation: the message is the parent, its wire a link.
      request.inHeaders().ifPresent(trace -> builder.addLink(Carrier.spanContext(trace)));
    }
    return RequestSpan.begin(builder.startSpan(), parent.with(CURRENT, this));
  }

  /** Whether a trace that begins here is kept; one that is not costs nothing from here on. */
  private boolean kept() {
    return ratio >= 1 || ThreadLocalRandom.current().nextDouble() < ratio;
  }

  /** Begins a span for something of our own that leads to requests, such as one command. */
  public RequestSpan beginning(String name) {
    if (tracer == null || !kept()) {
      return RequestSpan.NONE;
    }
    Span span = tracer.spanBuilder(name).setSpanKind(SpanKind.INTERNAL).setNoParent().startSpan();
    return RequestSpan.begin(span, Context.root().with(CURRENT, this));
  }

  /** Begins a child of the span of this thread. */
  SpanBuilder child(String name, SpanKind kind) {
    if (tracer == null) {
      throw new IllegalStateException("nothing is traced");
    }
    return tracer.spanBuilder(name).setSpanKind(kind).setParent(Context.current());
  }

  /** Hands over what waits, within a time limit, and ends. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      shutdown.run();
    }
  }
}
