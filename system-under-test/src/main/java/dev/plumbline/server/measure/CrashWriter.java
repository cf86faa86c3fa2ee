package dev.plumbline.server.measure;

import dev.plumbline.server.feature.LogLevel;
import dev.plumbline.server.session.ClientProfile;
import dev.plumbline.server.session.store.FileStore;
import dev.plumbline.server.session.store.SessionRecord;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Writes to a session file until it is killed, and says what is durable. Arguments: the file and a
 * seed.
 */
final class CrashWriter {
  /** Writers at once: their changes share commits. */
  private static final int WRITERS = 4;

  /** So many sessions of one writer are enough. */
  private static final int MANY = 100;

  /** The file is written anew often, so that it is also killed while it does that. */
  private static final long SMALL_BYTES = 1L << 20;

  private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);

  private final FileStore store;
  private final SplittableRandom random;
  private final String name;
  private final Map<String, SessionRecord> mine = new HashMap<>();
  private final List<String> ids = new ArrayList<>();
  private int number;

  private CrashWriter(FileStore store, SplittableRandom random, String name) {
    this.store = store;
    this.random = random;
    this.name = name;
  }

  public static void main(String[] arguments) {
    FileStore store = FileStore.open(Path.of(arguments[0]), SMALL_BYTES);
    SplittableRandom random = new SplittableRandom(Long.parseLong(arguments[1]));
    List<CrashWriter> writers = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      String name = Long.toString(random.nextLong() >>> 1, Character.MAX_RADIX);
      writers.add(new CrashWriter(store, random.split(), name));
    }
    for (SessionRecord session : store.all()) {
      writers.get(Math.floorMod(session.id().hashCode(), WRITERS)).take(session);
    }
    writers.forEach(
        writer ->
            Thread.ofPlatform()
                .start(
                    () -> {
                      while (true) {
                        writer.step();
                      }
                    }));
  }

  private void take(SessionRecord session) {
    mine.put(session.id(), session);
    ids.add(session.id());
  }

  private void step() {
    int choice = random.nextInt(10);
    if (ids.isEmpty() || (choice < 4 && ids.size() < MANY)) {
      create(name + "-" + ++number);
    } else if (choice < 7) {
      update(ids.get(random.nextInt(ids.size())));
    } else {
      delete(random.nextInt(ids.size()));
    }
  }

  private void create(String id) {
    SessionRecord session = session(id, 1);
    say("? " + id);
    store.create(session);
    say("+ " + id + " 1");
    take(session);
  }

  private void update(String id) {
    SessionRecord before = mine.get(id);
    if (before == null) {
      return;
    }
    SessionRecord after = session(id, before.changes() + 1);
    say("? " + id);
    store.update(after);
    say("+ " + id + " " + after.changes());
    mine.put(id, after);
  }

  private void delete(int index) {
    String id = ids.get(index);
    say("? " + id);
    store.delete(id);
    say("- " + id);
    mine.remove(id);
    ids.set(index, ids.getLast());
    ids.removeLast();
  }

  private SessionRecord session(String id, long changes) {
    Instant now = Instant.ofEpochMilli(1_700_000_000_000L);
    List<String> subscriptions = new ArrayList<>();
    for (int i = 0; i < random.nextInt(20); i++) {
      subscriptions.add("file:///resource/" + random.nextLong());
    }
    return new SessionRecord(
        id,
        "2025-11-25",
        ClientProfile.unknown(),
        SessionRecord.Phase.ACTIVE,
        now,
        now,
        changes,
        LogLevel.INFO,
        subscriptions,
        List.of(),
        List.of(),
        List.of(),
        0,
        List.of());
  }

  /** One write for one line, straight to the pipe: what is said survives the process. */
  private static void say(String line) {
    try {
      OUT.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      Runtime.getRuntime().halt(1);
    }
  }
}
