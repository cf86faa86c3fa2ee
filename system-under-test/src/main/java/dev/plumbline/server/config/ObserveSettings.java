package dev.plumbline.server.config;

/**
 * Where what is seen of the server goes.
 *
 * @param otlp the collector that gets spans: an http or https URL, {@value #OFF}, or {@value
 *     #ENVIRONMENT} for the one that the variables of OpenTelemetry name, if they do
 */
public record ObserveSettings(@Setting(secret = true) String otlp) {
  /** No spans, whatever the environment says. */
  public static final String OFF = "off";

  /** What the environment says. */
  public static final String ENVIRONMENT = "environment";

  /** What holds when nothing is set. */
  static ObserveSettings standard() {
    return new ObserveSettings(ENVIRONMENT);
  }
}
