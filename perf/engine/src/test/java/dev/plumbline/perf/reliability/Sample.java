package dev.plumbline.perf.reliability;

import dev.plumbline.evidence.model.Json;
import dev.plumbline.perf.reliability.raw.MeasureRecord;
import dev.plumbline.perf.reliability.raw.Part;
import dev.plumbline.perf.reliability.raw.ReliabilityPlan;
import dev.plumbline.perf.reliability.raw.ReliabilityPlan.Entry;
import dev.plumbline.perf.reliability.raw.ReliabilityPlan.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The raw folder of a run in which everything held, until a test changes something. */
final class Sample {
  final Knobs knobs = new Knobs();
  final MessageKnobs messages = new MessageKnobs();
  final Map<Part, String> lines = new EnumMap<>(Part.class);
  final Map<Part, Entry> entries = new EnumMap<>(Part.class);
  int exit;

  Sample() {
    lines.put(
        Part.TABLES,
        "{\"table\":\"task\",\"states\":8,\"pairs\":72,\"transitions\":22,\"ignores\":10,"
            + "\"rejections\":40,\"unreachable\":0,\"deadStates\":0,\"walks\":10000,\"steps\":320000,"
            + "\"timeoutsFired\":9,\"staleDropped\":9,\"illegalAccepted\":0,\"stuck\":0}");
    lines.put(Part.IDS, "{\"what\":\"ids\",\"ids\":10000000,\"collisions\":0}");
    lines.put(
        Part.REGISTRY,
        "{\"sizes\":[{\"entries\":100000,\"bytesPerEntry\":180.5,\"operationsPerSecond\":600000.0,"
            + "\"lookupSamples\":1000000,\"lookupP99Us\":0.4,\"lookupP999Us\":0.6,"
            + "\"contention\":{\"blocked\":1,\"blockedMs\":7,\"ownerWaitedUs\":9.5,\"longestUs\":4},"
            + "\"collector\":{\"ms\":40}}],"
            + "\"growth\":{\"memory\":{\"points\":3,\"exponent\":1.0}}}");
    lines.put(
        Part.CONTROL,
        """
        {"figure":"dispatch_p50_us","value":8.1}
        {"figure":"dispatch_p95_us","value":34.3}
        {"figure":"dispatch_p99_us","value":142.3}
        {"figure":"rest_percent_of_core","value":0.31}
        {"figure":"component_bytes","value":130.6}
        {"figure":"flood_per_second","value":822294.5}""");
    lines.put(
        Part.COSTS,
        """
        {"figure":"open breaker, 99.99 % of its answers","value":0.0003,"unit":"ms","samples":9}
        {"figure":"permit at a cap of 1,000,000 over one of 500","value":1.02,"unit":"1","samples":9}
        {"figure":"permit, share of a request","value":0.015,"unit":"%","samples":9}
        {"figure":"overload monitor, share of a processor with 1,000 connections","value":0.0023,\
        "unit":"%","samples":9}
        {"figure":"bytes an alert","value":73.0,"unit":"B","samples":9}
        {"figure":"bytes a session with its connection","value":9000.5,"unit":"B","samples":9}
        {"figure":"connections to a server that hangs up","value":6,"unit":"1","samples":9}
        {"figure":"processor time of a request, 10 % are traced, over none","value":1.04,"unit":"1",\
        "samples":9}
        {"figure":"bytes that watching a queue takes","value":88.0,"unit":"B","samples":9}""");
    lines.put(
        Part.CONNECTIONS,
        """
        {"figure":"connections attempted","value":100000,"unit":"1","samples":1}
        {"figure":"connections held at once","value":10000,"unit":"1","samples":10000}
        {"figure":"connections held within the memory limit","value":100000.0,"unit":"1",\
        "samples":100000}
        {"figure":"heap of a session with its connection","value":9100.5,"unit":"B","samples":9}
        {"figure":"longest pause of the collector with all connections","value":1.5,"unit":"ms",\
        "samples":9}
        {"figure":"pings failed with all connections","value":0,"unit":"1","samples":90}""");
    lines.put(
        Part.CONTAINER,
        """
        {"figure":"entries within the memory limit","value":100000,"unit":"1","samples":1}
        {"figure":"calls and sessions failed within the memory limit","value":0.0,"unit":"1",\
        "samples":90}
        {"figure":"servers ended by the memory limit","value":0,"unit":"1","samples":1}""");
    lines.put(
        Part.LARGE,
        """
        {"figure":"large messages failed","value":0,"unit":"1","samples":90}
        {"figure":"small calls beside large messages, failed","value":0.0,"unit":"1","samples":90}
        {"figure":"small calls beside large messages, p99","value":9.4,"unit":"ms","samples":90}
        {"figure":"longest pause of the collector beside large messages","value":11.5,"unit":"ms",\
        "samples":9}
        {"figure":"live heap grown by large messages","value":1.0,"unit":"MiB","samples":1}""");
    lines.put(
        Part.HANDSHAKE,
        "{\"limitMillis\":30000,\"sessions\":20,\"ended\":20,\"shortestMillis\":30010,"
            + "\"longestMillis\":31100}\n"
            + "{\"tasks\":20,\"tasksGoneMillis\":31020.5,\"connections\":100,"
            + "\"sessionsGoneMillis\":95.5}");
    lines.put(
        Part.ISOLATION,
        "{\"sessions\":1040,\"pings\":48624,\"failedElsewhere\":0,\"killed\":[{\"what\":\"tcp\","
            + "\"outageMs\":65.7,\"restartMs\":67.7}]}");
    lines.put(
        Part.CRASH,
        "{\"cycles\":20,\"acknowledged\":5000,\"deleted\":900,\"lost\":0,\"resurrected\":0,"
            + "\"windowMs\":0}");
    lines.put(
        Part.HANDOVER,
        "{\"requests\":5000,\"failed\":0,\"events\":2000,\"eventsLost\":0,\"eventsTwice\":0,"
            + "\"eventsOutOfOrder\":0,\"streamsResumed\":40,\"handovers\":3,\"handoversFailed\":0,"
            + "\"each\":[{\"listeningMs\":900,\"oldEndedMs\":1400,\"slowestMs\":210}]}");
    lines.put(Part.ATTACKS, AttackLines.all());
    for (Part part : Part.values()) {
      entries.put(part, new Entry(part, State.RUN, ""));
    }
  }

  /** Changes what a measurement printed. */
  Sample printing(Part part, String old, String changed) {
    String before = lines.getOrDefault(part, "");
    if (!before.contains(old)) {
      throw new IllegalArgumentException(part + " prints no " + old);
    }
    lines.put(part, before.replace(old, changed));
    return this;
  }

  void write(Path raw) throws IOException {
    for (Part part : Part.values()) {
      Path folder = raw.resolve(part.id());
      if (part == Part.THROUGHPUT) {
        messages.write(folder);
      } else if (part.main().isEmpty()) {
        knobs.write(folder, part);
      } else {
        Files.createDirectories(folder);
        String printed = lines.getOrDefault(part, "");
        Files.writeString(folder.resolve(MeasureRecord.LINES), printed + "\n");
        Json.write(
            folder.resolve(MeasureRecord.FILE),
            new MeasureRecord(
                MeasureRecord.SCHEMA,
                part.main().orElse(""),
                List.of(),
                exit,
                1,
                "",
                (int) printed.lines().count()));
      }
    }
    List<Entry> all = new ArrayList<>(entries.values());
    Json.write(
        raw.resolve(ReliabilityPlan.FILE),
        new ReliabilityPlan(
            ReliabilityPlan.SCHEMA, "standard", "7f3a", all, Map.of("a", "b"), all.size()));
  }
}
