package dev.plumbline.server.bench;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the rounds say. */
final class Report {
  /** The least share of the echo's rate that is good enough. */
  static final double GOAL = 0.60;

  /**
   * One round.
   *
   * @param echo the bare echo
   * @param ours our server, right after it
   */
  record Pair(Round echo, Round ours) {
    double ratio() {
      return ours.perSecond() / echo.perSecond();
    }
  }

  private final Wrk wrk;
  private final Duration turn;
  private final List<Pair> pairs;

  Report(Wrk wrk, Duration turn, List<Pair> pairs) {
    this.wrk = wrk;
    this.turn = turn;
    this.pairs = List.copyOf(pairs);
  }

  /** Exchanges that went wrong, on either side. */
  long failed() {
    return pairs.stream().mapToLong(pair -> pair.echo().failed() + pair.ours().failed()).sum();
  }

  private double median(ToDoubleFunction<Pair> figure) {
    double[] sorted = pairs.stream().mapToDouble(figure).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private double median(boolean ours, ToDoubleFunction<Round> figure) {
    return median(pair -> figure.applyAsDouble(ours ? pair.ours() : pair.echo()));
  }

  private static String machine() {
    return "%d cores, %s %s, %s %s, JVM flags %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            System.getProperty("java.vm.name"),
            Runtime.version(),
            String.join(" ", Contender.FLAGS));
  }

  private String load() {
    return "wrk, %d thread(s), %d connections, %d s a turn, closed loop on the same machine"
        .formatted(wrk.threads(), wrk.connections(), turn.toSeconds());
  }

  /** For people. */
  String text() {
    StringBuilder text = new StringBuilder();
    text.append("tools/call echo in one session, beside a bare Netty echo of the same answer\n");
    text.append("machine  ").append(machine()).append('\n');
    text.append("load     ").append(load()).append("\n\n");
    text.append("round    echo req/s    ours req/s   ratio\n");
    for (int at = 0; at < pairs.size(); at++) {
      Pair pair = pairs.get(at);
      text.append(
          String.format(
              Locale.ROOT,
              "%5d  %12.0f  %12.0f   %.3f%n",
              at + 1,
              pair.echo().perSecond(),
              pair.ours().perSecond(),
              pair.ratio()));
    }
    text.append("\nmedians          echo        ours\n");
    row(text, "req/s", Round::perSecond);
    row(text, "p50 ms", Round::p50Millis);
    row(text, "p99 ms", Round::p99Millis);
    row(text, "CPU us/req", Round::cpuMicrosPerRequest);
    row(text, "bytes/req", Round::allocatedPerRequest);
    double ratio = median(Pair::ratio);
    return text.append(
            String.format(
                Locale.ROOT,
                "%nmedian ratio %.3f, goal %.2f: %s; failed exchanges: %d%n",
                ratio,
                GOAL,
                ratio >= GOAL ? "met" : "not met",
                failed()))
        .toString();
  }

  private void row(StringBuilder text, String name, ToDoubleFunction<Round> figure) {
    text.append(
        String.format(
            Locale.ROOT,
            "%-10s %10.2f  %10.2f%n",
            name,
            median(false, figure),
            median(true, figure)));
  }

  /** For programs. */
  String json() {
    ObjectNode report = JsonNodeFactory.instance.objectNode();
    double ratio = median(Pair::ratio);
    report.put("machine", machine()).put("load", load()).put("medianRatio", ratio);
    report.put("goal", GOAL).put("met", ratio >= GOAL).put("failed", failed());
    for (Pair pair : pairs) {
      ObjectNode round = report.withArray("rounds").addObject().put("ratio", pair.ratio());
      round.set("echo", json(pair.echo()));
      round.set("ours", json(pair.ours()));
    }
    return new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n";
  }

  private static ObjectNode json(Round round) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("requests", round.requests())
        .put("perSecond", round.perSecond())
        .put("failed", round.failed())
        .put("p50Millis", round.p50Millis())
        .put("p99Millis", round.p99Millis())
        .put("allocatedBytesPerRequest", round.allocatedPerRequest())
        .put("cpuMicrosPerRequest", round.cpuMicrosPerRequest());
  }
}
