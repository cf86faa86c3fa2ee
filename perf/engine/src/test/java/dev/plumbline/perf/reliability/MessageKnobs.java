package dev.plumbline.perf.reliability;

import dev.plumbline.evidence.model.Json;
import dev.plumbline.perf.flood.Fate;
import dev.plumbline.perf.process.Neighbours;
import dev.plumbline.perf.reliability.overload.Others;
import dev.plumbline.perf.reliability.overload.OverloadRecord;
import dev.plumbline.perf.reliability.overload.OverloadRecord.Load;
import dev.plumbline.perf.reliability.overload.OverloadRecord.Step;
import dev.plumbline.perf.reliability.overload.ThroughputRecord;
import dev.plumbline.perf.reliability.overload.ThroughputRecord.Payload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Messages of several sizes as they should be, with a knob for everything that can go wrong. */
final class MessageKnobs {
  /** Answers in ten seconds, by the size of the text. */
  final Map<Integer, Long> answered = new TreeMap<>();

  /** What others took in each of two seconds; the answers of the second one are lost then. */
  List<Long> others = List.of(0L, 0L);

  long wrong;
  double capacity = 10_000;
  double sustainedMillis = 1;
  double latenessMillis = 0.1;
  long sustainedFailed;
  boolean alive = true;

  MessageKnobs() {
    answered.put(64, 200_000L);
    answered.put(1_024, 180_000L);
    answered.put(4_096, 120_000L);
    answered.put(65_536, 20_000L);
  }

  private Payload payload(int bytes, long answers) {
    List<Map<Fate, Long>> seconds = new ArrayList<>();
    for (long part : new long[] {answers / 2, answers - answers / 2}) {
      Map<Fate, Long> second = new EnumMap<>(Fate.class);
      for (Fate fate : Fate.values()) {
        second.put(fate, 0L);
      }
      second.put(Fate.ANSWERED, part);
      seconds.add(second);
    }
    seconds.getLast().put(Fate.WRONG, wrong);
    Map<Fate, Long> all = new EnumMap<>(seconds.getLast());
    all.put(Fate.ANSWERED, answers);
    Load load = new Load(answers / 10.0, 10, all, seconds, 5_000, List.of(), 2);
    List<Neighbours.Taken> taken =
        others.stream().map(millis -> new Neighbours.Taken(millis, 0)).toList();
    return new Payload(bytes, 32, load, taken);
  }

  /** Writes the experiment's files. */
  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Knobs.write(
        folder.resolve(OverloadRecord.SUSTAINED_ANSWERED), Knobs.log(8_000, sustainedMillis));
    Knobs.write(
        folder.resolve(OverloadRecord.SUSTAINED_LATENESS), Knobs.log(8_000, latenessMillis));
    Json.write(
        folder.resolve(Others.FILE),
        new Others(Others.SCHEMA, 1_000, List.of(new Neighbours.Taken(0, 0)), 1));
    List<Payload> payloads = new ArrayList<>();
    answered.forEach((bytes, answers) -> payloads.add(payload(bytes, answers)));
    Json.write(
        folder.resolve(ThroughputRecord.FILE),
        new ThroughputRecord(
            ThroughputRecord.SCHEMA,
            payloads,
            12_000,
            List.of(new Step(capacity, 2_000, 2_000, 0, 5, 0.1, capacity > 0)),
            capacity,
            Knobs.load(8_000, Map.of(Fate.ANSWERED, 8_000L, Fate.TIMED_OUT, sustainedFailed)),
            alive,
            true));
  }
}
