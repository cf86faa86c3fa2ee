package dev.plumbline.perf.reliability.demand;

import dev.plumbline.perf.reliability.raw.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Reads the figures of the server's own measurements from the lines they print. */
final class MeasureFigures {
  static final String ENDED = "measurement ended";
  static final String EXIT = "exit status";

  private static final double MICROS = 1e3;

  private MeasureFigures() {}

  static Figures of(Part part, List<JsonNode> lines) {
    return switch (part) {
      case TABLES -> tables(lines);
      case HANDSHAKE -> handshake(lines);
      case CRASH -> crash(lines);
      case IDS -> ids(lines);
      case REGISTRY -> registry(lines);
      case CONTROL -> control(lines);
      case COSTS, LARGE, CONNECTIONS, CONTAINER -> named(lines);
      case ISOLATION -> isolation(lines);
      case ATTACKS -> AttackFigures.of(lines);
      case HANDOVER -> handover(lines);
      case THROUGHPUT, OVERLOAD_CHEAP, OVERLOAD_WORK -> new Figures();
    };
  }

  private static Figures tables(List<JsonNode> lines) {
    List<JsonNode> tables = lines.stream().filter(line -> line.has("table")).toList();
    long pairs = sum(tables, "pairs");
    long decided = sum(tables, "transitions") + sum(tables, "ignores") + sum(tables, "rejections");
    long steps = sum(tables, "steps");
    long walks = sum(tables, "walks");
    return new Figures()
        .count("tables", tables.size(), tables.size())
        .add("undecided pairs", total(tables, "pairs") - decided, "1", pairs)
        .add("illegal events accepted", total(tables, "illegalAccepted"), "1", pairs + steps)
        .add(
            "dead or unreachable states",
            total(tables, "deadStates") + total(tables, "unreachable"),
            "1",
            sum(tables, "states"))
        .add("walks without an end", total(tables, "stuck"), "1", walks)
        .count(
            "walks of a table, fewest",
            tables.stream().mapToLong(t -> t.path("walks").asLong(0)).min().orElse(0),
            walks)
        .count("timeouts fired", sum(tables, "timeoutsFired"), steps)
        .count("stale events dropped", sum(tables, "staleDropped"), steps);
  }

  private static Figures handshake(List<JsonNode> lines) {
    Figures figures = new Figures();
    for (JsonNode line : lines) {
      double limit = line.path("limitMillis").asDouble(Double.NaN);
      long ended = line.path("ended").asLong(0);
      if (limit > 0 && ended > 0) {
        figures
            .add(
                "shortest over limit",
                line.path("shortestMillis").asDouble(Double.NaN) / limit,
                "1",
                ended)
            .add(
                "longest over limit",
                line.path("longestMillis").asDouble(Double.NaN) / limit,
                "1",
                ended)
            .count("sessions that did not end", line.path("sessions").asLong(0) - ended, ended)
            .add("limit", limit, "ms", 1);
      }
      figures
          .add(
              "tasks of 30 s gone after",
              line.path("tasksGoneMillis").asDouble(Double.NaN) / MICROS,
              "s",
              line.path("tasks").asLong(0))
          .add(
              "sessions gone after their connections",
              line.path("sessionsGoneMillis").asDouble(Double.NaN) / MICROS,
              "s",
              line.path("connections").asLong(0));
    }
    return figures;
  }

  private static Figures crash(List<JsonNode> lines) {
    Figures figures = new Figures();
    for (JsonNode line : lines) {
      long acknowledged = line.path("acknowledged").asLong(0);
      long cycles = line.path("cycles").asLong(0);
      figures
          .count("kills", cycles, cycles)
          .count("acknowledged changes", acknowledged, acknowledged)
          .add(
              "acknowledged sessions lost",
              line.path("lost").asDouble(Double.NaN),
              "1",
              acknowledged)
          .add(
              "deleted sessions resurrected",
              line.path("resurrected").asDouble(Double.NaN),
              "1",
              line.path("deleted").asLong(0))
          .add("durability window", line.path("windowMs").asDouble(Double.NaN), "ms", acknowledged);
    }
    return figures;
  }

  private static Figures ids(List<JsonNode> lines) {
    long ids = sum(lines, "ids");
    return new Figures()
        .add("collisions", total(lines, "collisions"), "1", ids)
        .count(
            "ids of a kind, fewest",
            stream(lines, "ids").mapToLong(JsonNode::asLong).min().orElse(0),
            ids)
        .count("kinds of ids", lines.size(), lines.size());
  }

  private static Figures registry(List<JsonNode> lines) {
    Figures figures = new Figures();
    List<JsonNode> sizes = new ArrayList<>();
    for (JsonNode line : lines) {
      line.path("sizes").forEach(sizes::add);
      JsonNode growth = line.path("growth");
      for (String what : List.of("memory", "lookupP99")) {
        JsonNode fit = growth.path(what);
        long points = fit.path("points").asLong(0);
        if (points > 0) {
          figures.add(
              what + " growth exponent", fit.path("exponent").asDouble(Double.NaN), "1", points);
        }
      }
    }
    if (!sizes.isEmpty()) {
      long samples = sum(sizes, "lookupSamples");
      JsonNode largest = sizes.getLast();
      figures
          .add("lookup p99, slowest size", highest(sizes, "lookupP99Us") / MICROS, "ms", samples)
          .add("lookup p999, slowest size", highest(sizes, "lookupP999Us") / MICROS, "ms", samples)
          .add("operations, slowest size", lowest(sizes, "operationsPerSecond"), "1/s", samples)
          .add("entries, largest size", highest(sizes, "entries"), "1", sizes.size())
          .add(
              "bytes an entry",
              largest.path("bytesPerEntry").asDouble(Double.NaN),
              "B",
              sizes.size());
      contention(figures, sizes, samples);
    }
    return figures;
  }

  /** Threads that waited for each other, of all sizes together, and the collector's part. */
  private static void contention(Figures figures, List<JsonNode> sizes, long samples) {
    double waited = 0;
    double collected = 0;
    double longest = 0;
    for (JsonNode size : sizes) {
      JsonNode contention = size.path("contention");
      waited += contention.path("blockedMs").asDouble(Double.NaN);
      waited += contention.path("ownerWaitedUs").asDouble(Double.NaN) / MICROS;
      longest = Math.max(longest, contention.path("longestUs").asDouble(0) / MICROS);
      collected += size.path("collector").path("ms").asDouble(Double.NaN);
    }
    figures
        .add("waited for locks, a size", waited / sizes.size(), "ms", samples)
        .add("longest wait of an owner for its lock", longest, "ms", samples)
        .add("collector, a size", collected / sizes.size(), "ms", samples);
  }

  private static Figures control(List<JsonNode> lines) {
    Figures figures = new Figures();
    for (JsonNode line : lines) {
      String name = line.path("figure").asString("");
      double value = line.path("value").asDouble(Double.NaN);
      switch (name) {
        case "dispatch_p50_us", "dispatch_p95_us", "dispatch_p99_us", "whole_p99_us" ->
            figures.add(
                name.replace("_us", "").replace('_', ' ') + " at rest", value / MICROS, "ms", 1);
        case "component_bytes" -> figures.add("bytes a component", value, "B", 1);
        case "rest_percent_of_core" ->
            figures.add("control plane at rest, share of a processor", value, "%", 1);
        case "flood_per_second" -> figures.add("messages a second", value, "1/s", 1);
        default -> {}
      }
    }
    return figures;
  }

  /** These lines name, count and measure themselves. */
  private static Figures named(List<JsonNode> lines) {
    Figures figures = new Figures();
    for (JsonNode line : lines) {
      figures.add(
          line.path("figure").asString(""),
          line.path("value").asDouble(Double.NaN),
          line.path("unit").asString("1"),
          line.path("samples").asLong(0));
    }
    return figures;
  }

  private static Figures isolation(List<JsonNode> lines) {
    Figures figures = new Figures();
    for (JsonNode line : lines) {
      long pings = line.path("pings").asLong(0);
      List<JsonNode> kills = new ArrayList<>();
      line.path("killed").forEach(kills::add);
      figures
          .add(
              "pings failed elsewhere",
              line.path("failedElsewhere").asDouble(Double.NaN),
              "1",
              pings)
          .add("sessions that ping", line.path("sessions").asDouble(Double.NaN), "1", pings)
          .count("kills", kills.size(), kills.size());
      long restarted = kills.stream().filter(kill -> kill.has("restartMs")).count();
      if (restarted > 0) {
        figures
            .add("restart, slowest", highest(kills, "restartMs"), "ms", restarted)
            .add("outage inside, longest", highest(kills, "outageMs"), "ms", kills.size());
      }
    }
    return figures;
  }

  private static Figures handover(List<JsonNode> lines) {
    long requests = sum(lines, "requests");
    long events = sum(lines, "events");
    long handovers = sum(lines, "handovers");
    List<JsonNode> each = new ArrayList<>();
    lines.forEach(line -> line.path("each").forEach(each::add));
    Figures figures =
        new Figures()
            .add("requests failed", total(lines, "failed"), "1", requests)
            .add("events lost", total(lines, "eventsLost"), "1", events)
            .add("events told twice", total(lines, "eventsTwice"), "1", events)
            .add("events out of order", total(lines, "eventsOutOfOrder"), "1", events)
            .add("handovers failed", total(lines, "handoversFailed"), "1", handovers)
            .count("handovers", handovers, lines.size())
            .count("streams resumed", sum(lines, "streamsResumed"), events);
    if (handovers > 0) {
      figures
          .add("slowest answer", highest(each, "slowestMs"), "ms", requests)
          .add(
              "until the new process listens, slowest",
              highest(each, "listeningMs"),
              "ms",
              handovers)
          .add(
              "until the old process has ended, slowest",
              highest(each, "oldEndedMs"),
              "ms",
              handovers);
    }
    return figures;
  }

  private static double highest(List<JsonNode> lines, String field) {
    return stream(lines, field).mapToDouble(JsonNode::asDouble).max().orElse(Double.NaN);
  }

  private static double lowest(List<JsonNode> lines, String field) {
    return stream(lines, field).mapToDouble(JsonNode::asDouble).min().orElse(Double.NaN);
  }

  /** How many there are in all lines; 0 when none tells. */
  private static long sum(List<JsonNode> lines, String field) {
    return stream(lines, field).mapToLong(JsonNode::asLong).sum();
  }

  /** How many there are in all lines; not a number unless every line tells. */
  private static double total(List<JsonNode> lines, String field) {
    return lines.isEmpty() || stream(lines, field).count() != lines.size()
        ? Double.NaN
        : (double) sum(lines, field);
  }

  private static Stream<JsonNode> stream(List<JsonNode> lines, String field) {
    return lines.stream().map(line -> line.path(field)).filter(JsonNode::isNumber);
  }
}
