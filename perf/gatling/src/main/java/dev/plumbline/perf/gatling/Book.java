package dev.plumbline.perf.gatling;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Counts what became of the calls of an overload, by the second they began in and by how long they
 * took. Gatling's report knows only success and failure, and a refusal in time is neither. Safe for
 * any number of threads.
 */
final class Book {
  /** Made when the first call of the overload begins. */
  static final String BEGUN = "begun";

  /** Written at the end. */
  static final String FILE = "book.json";

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long NANOS_PER_MILLI = 1_000_000L;
  private static final long CAUGHT_NANOS = 50 * NANOS_PER_MILLI;

  private final Optional<Path> folder;
  private final Duration settling;
  private final List<Map<Fate, Map<Integer, Long>>> seconds = new ArrayList<>();
  private final long[] stalls;
  private long start;

  /**
   * @param folder where the files are made; it exists
   * @param settling how long calls are not counted, from the first one: this JVM, and whoever looks
   *     at the server meanwhile, are still finding their pace
   * @param seconds how long the overload lasts after that
   */
  Book(Path folder, Duration settling, int seconds) {
    this(Optional.of(folder), settling, seconds);
  }

  private Book(Optional<Path> folder, Duration settling, int seconds) {
    this.folder = folder;
    this.settling = settling;
    this.stalls = new long[seconds];
    for (int i = 0; i < seconds; i++) {
      this.seconds.add(new EnumMap<>(Fate.class));
    }
  }

  /** One that nothing is kept of. */
  static Book blank() {
    return new Book(Optional.empty(), Duration.ZERO, 1);
  }

  /** A call begins. */
  synchronized void begins(long nanos) {
    if (start == 0) {
      start = nanos + settling.toNanos() | 1;
      try {
        if (folder.isPresent()) {
          Files.createFile(folder.get().resolve(BEGUN));
        }
      } catch (IOException e) {
        throw new IllegalStateException("the beginning cannot be told: " + e.getMessage(), e);
      }
    }
  }

  /**
   * A call has ended.
   *
   * @param beganNanos when it began
   * @param millis how long it took
   */
  synchronized void ends(Fate fate, long beganNanos, int millis) {
    if (beganNanos < start) {
      return;
    }
    seconds
        .get(second(beganNanos))
        .computeIfAbsent(fate, _ -> new TreeMap<>())
        .merge(millis, 1L, Long::sum);
  }

  private int second(long nanos) {
    return (int) Math.clamp((nanos - start) / NANOS_PER_SECOND, 0, seconds.size() - 1L);
  }

  /**
   * This JVM stood still: whatever was timed meanwhile took longer here than it took the server.
   */
  synchronized void stood(long fromNanos, long toNanos) {
    long end = start + seconds.size() * NANOS_PER_SECOND;
    if (start == 0 || toNanos < start || fromNanos > end) {
      return;
    }
    long millis = (toNanos - fromNanos) / NANOS_PER_MILLI;
    // A call that began shortly before it stood still was caught in it.
    for (int i = second(fromNanos - CAUGHT_NANOS); i <= second(toNanos); i++) {
      stalls[i] = Math.max(stalls[i], millis);
    }
  }

  /** Everything that was counted; the count of seconds comes last. */
  synchronized String json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode all = json.putArray("seconds");
    for (Map<Fate, Map<Integer, Long>> second : seconds) {
      ObjectNode one = all.addObject();
      for (Fate fate : Fate.values()) {
        ObjectNode times = one.putObject(fate.name());
        second
            .getOrDefault(fate, Map.of())
            .forEach((millis, count) -> times.put(String.valueOf(millis), count));
      }
    }
    ArrayNode stood = json.putArray("stalls");
    for (long millis : stalls) {
      stood.add(millis);
    }
    json.put("count", seconds.size());
    try {
      return new ObjectMapper().writeValueAsString(json);
    } catch (IOException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }

  /** Writes it down. */
  void close() {
    if (folder.isEmpty()) {
      return;
    }
    try {
      Path part = folder.get().resolve(FILE + ".part");
      Files.writeString(part, json());
      // Whoever waits for the file finds all of it.
      Files.move(part, folder.get().resolve(FILE));
    } catch (IOException e) {
      throw new IllegalStateException("the counts cannot be kept: " + e.getMessage(), e);
    }
  }
}
