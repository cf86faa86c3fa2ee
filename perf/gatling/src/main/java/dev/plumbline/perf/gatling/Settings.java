package dev.plumbline.perf.gatling;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the journey is told by whoever starts it, in environment variables: headers may be
 * credentials, and a process' environment is not shown to others as its command line is.
 *
 * @param url the MCP endpoint
 * @param revision the protocol revision to ask for
 * @param headers headers sent with every request
 * @param call the parameters of {@code tools/call} as JSON; empty when no tool can be called
 * @param perSecond sessions that begin a second
 * @param warmUpSeconds how long sessions begin before it counts; they are named apart
 * @param settlingSeconds how long an overload goes on before it counts; 0 for a journey
 * @param seconds how long sessions begin after that
 * @param deadlineMillis after this long a request has failed
 * @param p99Millis the highest 99th percentile allowed for each request
 * @param failedPercent the highest share of failed requests allowed, in percent
 * @param record the folder an overload writes its own counts to; empty for a journey
 */
record Settings(
    String url,
    String revision,
    Map<String, String> headers,
    String call,
    double perSecond,
    long warmUpSeconds,
    long settlingSeconds,
    long seconds,
    int deadlineMillis,
    int p99Millis,
    double failedPercent,
    String record) {

  static Settings of(Map<String, String> environment) {
    return new Settings(
        text(environment, "URL"),
        text(environment, "REVISION"),
        headers(text(environment, "HEADERS")),
        text(environment, "CALL"),
        Double.parseDouble(text(environment, "RATE")),
        Long.parseLong(text(environment, "WARM_UP_SECONDS")),
        Long.parseLong(environment.getOrDefault("PLUMBLINE_JOURNEY_SETTLING_SECONDS", "0")),
        Long.parseLong(text(environment, "SECONDS")),
        Integer.parseInt(text(environment, "DEADLINE_MILLIS")),
        Integer.parseInt(text(environment, "P99_MILLIS")),
        Double.parseDouble(text(environment, "FAILED_PERCENT")),
        environment.getOrDefault("PLUMBLINE_JOURNEY_RECORD", ""));
  }

  private static String text(Map<String, String> environment, String name) {
    String value = environment.get("PLUMBLINE_JOURNEY_" + name);
    if (value == null) {
      throw new IllegalArgumentException("PLUMBLINE_JOURNEY_" + name + " is not set");
    }
    return value;
  }

  private static Map<String, String> headers(String lines) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line : lines.lines().toList()) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new IllegalArgumentException("PLUMBLINE_JOURNEY_HEADERS holds a line that is none");
      }
      headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
    }
    return headers;
  }
}
