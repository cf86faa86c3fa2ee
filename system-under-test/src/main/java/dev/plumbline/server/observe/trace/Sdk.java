package dev.plumbline.server.observe.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;

/** The OpenTelemetry SDK with our limits; a class of its own, so that nobody loads it in vain. */
final class Sdk {
  /** Spans that wait for the exporter; those beyond are dropped. */
  static final int MAX_WAITING = 2_048;

  /** Spans of one message to the collector. */
  static final int MAX_BATCH = 512;

  private static final int MAX_ATTRIBUTES = 32;
  private static final int MAX_ATTRIBUTE_LENGTH = 256;
  private static final int MAX_LINKS = 4;
  private static final Duration EXPORT_EVERY = Duration.ofSeconds(1);
  private static final Duration EXPORT_TIMEOUT = Duration.ofSeconds(5);

  private Sdk() {}

  static SdkTracerProvider provider(SpanExporter exporter, String service) {
    Attributes name = Attributes.of(AttributeKey.stringKey("service.name"), service);
    return SdkTracerProvider.builder()
        .setResource(Resource.getDefault().merge(Resource.create(name)))
        .setSampler(Sampler.parentBased(Sampler.alwaysOn()))
        .setSpanLimits(
            SpanLimits.builder()
                .setMaxNumberOfAttributes(MAX_ATTRIBUTES)
                .setMaxAttributeValueLength(MAX_ATTRIBUTE_LENGTH)
                .setMaxNumberOfLinks(MAX_LINKS)
                .build())
        .addSpanProcessor(
            BatchSpanProcessor.builder(exporter)
                .setMaxQueueSize(MAX_WAITING)
                .setMaxExportBatchSize(MAX_BATCH)
                .setScheduleDelay(EXPORT_EVERY)
                .setExporterTimeout(EXPORT_TIMEOUT)
                .build())
        .build();
  }
}
