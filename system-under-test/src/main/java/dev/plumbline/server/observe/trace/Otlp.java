package dev.plumbline.server.observe.trace;

import dev.plumbline.server.config.ObserveSettings;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Spans sent over OTLP, as the environment says (OpenTelemetry specification, OTLP exporter and SDK
 * environment variables): {@code OTEL_EXPORTER_OTLP_TRACES_ENDPOINT} or {@code
 * OTEL_EXPORTER_OTLP_ENDPOINT}, {@code OTEL_EXPORTER_OTLP_HEADERS}, {@code OTEL_SERVICE_NAME},
 * {@code OTEL_TRACES_SAMPLER_ARG}, {@code OTEL_SDK_DISABLED}. HTTP with protobuf is what is spoken.
 */
public final class Otlp {
  private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
  private static final String TRACES_ENDPOINT = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
  private static final String HEADERS = "OTEL_EXPORTER_OTLP_HEADERS";
  private static final String PROTOCOL = "OTEL_EXPORTER_OTLP_PROTOCOL";
  private static final String SAMPLER_ARGUMENT = "OTEL_TRACES_SAMPLER_ARG";
  private static final String SERVICE = "OTEL_SERVICE_NAME";
  private static final String DISABLED = "OTEL_SDK_DISABLED";
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private Otlp() {}

  /**
   * Tracing to the collector of the settings, or to the one that the environment names.
   *
   * @param named what the setting {@code observe.otlp} says
   */
  public static Tracing of(Map<String, String> environment, String named, String service) {
    if (named.equals(ObserveSettings.OFF)) {
      return Tracing.off();
    }
    if (named.equals(ObserveSettings.ENVIRONMENT)) {
      return of(environment, service);
    }
    Map<String, String> merged = new HashMap<>(environment);
    merged.remove(TRACES_ENDPOINT);
    merged.put(ENDPOINT, named);
    return of(merged, service);
  }

  /**
   * Tracing to the collector that the environment names; off when it names none.
   *
   * @param service what the service is called unless the environment says
   * @throws IllegalArgumentException when what it says cannot be followed; the message is one line
   *     without secrets
   */
  public static Tracing of(Map<String, String> environment, String service) {
    String traces = environment.getOrDefault(TRACES_ENDPOINT, "");
    String base = environment.getOrDefault(ENDPOINT, "");
    boolean disabled = Boolean.parseBoolean(environment.getOrDefault(DISABLED, "false"));
    if (disabled || (traces.isEmpty() && base.isEmpty())) {
      return Tracing.off();
    }
    String protocol = environment.getOrDefault(PROTOCOL, "http/protobuf");
    if (!protocol.equals("http/protobuf")) {
      throw new IllegalArgumentException(PROTOCOL + " must be http/protobuf: no other is spoken");
    }
    URI endpoint =
        traces.isEmpty()
            ? uri(ENDPOINT, base.endsWith("/") ? base + "v1/traces" : base + "/v1/traces")
            : uri(TRACES_ENDPOINT, traces);
    OtlpHttpSpanExporterBuilder exporter =
        OtlpHttpSpanExporter.builder().setEndpoint(endpoint.toString()).setTimeout(TIMEOUT);
    headers(environment.getOrDefault(HEADERS, ""), exporter);
    return Tracing.to(
        exporter.build(),
        environment.getOrDefault(SERVICE, service),
        ratio(environment.getOrDefault(SAMPLER_ARGUMENT, "1.0")));
  }

  private static URI uri(String variable, String text) {
    try {
      URI uri = URI.create(text);
      if (uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Same answer as a URL of another kind.
    }
    throw new IllegalArgumentException(variable + " must be an http or https URL");
  }

  private static void headers(String text, OtlpHttpSpanExporterBuilder exporter) {
    for (String pair : text.split(",", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        exporter.addHeader(
            pair.substring(0, equals).strip(),
            URLDecoder.decode(pair.substring(equals + 1).strip(), StandardCharsets.UTF_8));
      } else if (!pair.isBlank()) {
        throw new IllegalArgumentException(HEADERS + " must be a list of name=value");
      }
    }
  }

  private static double ratio(String text) {
    try {
      double ratio = Double.parseDouble(text);
      if (ratio >= 0 && ratio <= 1) {
        return ratio;
      }
    } catch (NumberFormatException e) {
      // Same answer as a number out of range.
    }
    throw new IllegalArgumentException(SAMPLER_ARGUMENT + " must be a number from 0 to 1");
  }
}
