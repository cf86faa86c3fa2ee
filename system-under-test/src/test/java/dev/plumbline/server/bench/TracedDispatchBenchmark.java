package dev.plumbline.server.bench;

import dev.plumbline.server.observe.trace.Tracing;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The same as {@link DispatchBenchmark} with every request traced: two spans each, handed to an
 * exporter that drops them. The ratio of the two is what tracing costs (R225).
 */
@State(Scope.Thread)
public class TracedDispatchBenchmark extends DispatchBenchmark {
  private static final SpanExporter NOBODY =
      new SpanExporter() {
        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
          return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
          return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
          return CompletableResultCode.ofSuccess();
        }
      };

  /** Everything is traced. */
  public TracedDispatchBenchmark() {
    super(Tracing.to(NOBODY, "bench", 1.0));
  }
}
