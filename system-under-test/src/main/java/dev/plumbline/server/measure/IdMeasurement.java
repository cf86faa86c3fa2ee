package dev.plumbline.server.measure;

import dev.plumbline.server.ServerContext;
import dev.plumbline.server.ServerCore;
import dev.plumbline.server.feature.ServerCard;
import dev.plumbline.server.fixture.DemoCatalog;
import dev.plumbline.server.protocol.RequestId;
import dev.plumbline.server.protocol.RequestNumbers;
import dev.plumbline.server.registry.OpaqueIds;
import dev.plumbline.server.session.Asks;
import dev.plumbline.server.session.Session;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes ids as the server and the client do, from several threads at once, and counts how many were
 * there before: requests of the server in one session, requests of the client on one connection,
 * and the opaque ids of sessions and tasks (R177). {@code IdMeasurement [COUNT]}, ten million of
 * each by default; needs about 1 GiB of heap; one JSON line each; exit code 1 when there is a
 * collision.
 */
public final class IdMeasurement {
  private static final int COUNT = 10_000_000;
  private static final int EXIT_BROKEN = 1;
  private static final int EXIT_USAGE = 2;
  private static final int BITS = Integer.SIZE;
  private static final double NANOS_PER_SECOND = 1e9;

  private IdMeasurement() {}

  /** Runs it. */
  public static void main(String[] arguments) throws InterruptedException {
    int count = COUNT;
    try {
      count = arguments.length == 0 ? count : Integer.parseInt(arguments[0]);
    } catch (NumberFormatException e) {
      System.err.println("usage: IdMeasurement [COUNT], a whole number");
      System.exit(EXIT_USAGE);
    }
    boolean unique = true;
    for (ObjectNode line : measure(count)) {
      System.out.println(line);
      unique &= line.path("collisions").asLong() == 0 && line.path("ids").asLong() >= count;
    }
    if (!unique) {
      System.exit(EXIT_BROKEN);
    }
  }

  /** One object for each kind of id. */
  static List<ObjectNode> measure(int count) throws InterruptedException {
    List<ObjectNode> lines = new ArrayList<>();
    try (ServerCore core =
        new ServerCore(
            DemoCatalog.server(new ServerCard("ids", "Ids", "1", "Makes ids.")),
            ServerContext.standard(),
            UnaryOperator.identity())) {
      Session session = core.sessions().open("2025-11-25").orElseThrow();
      lines.add(numbered("server requests", count, () -> ask(session.asks())));
    }
    RequestNumbers numbers = new RequestNumbers();
    lines.add(numbered("client requests", count, () -> numbers.next().digits()));
    OpaqueIds ids = new OpaqueIds();
    lines.add(opaque("session and task ids", count, ids::next));
    return lines;
  }

  private static String ask(Asks asks) {
    Asks.Ask ask = asks.open().orElseThrow();
    asks.drop(ask);
    return ask.id() instanceof RequestId.Text(var text) ? text : "";
  }

  /** Ids that end in a number and are the same before it: a bit for each number. */
  private static ObjectNode numbered(String what, int count, Supplier<String> next)
      throws InterruptedException {
    AtomicIntegerArray seen = new AtomicIntegerArray(count / BITS + 2);
    String first = next.get();
    String prefix = first.substring(0, first.lastIndexOf('-') + 1);
    mark(seen, first, prefix);
    return run(
        what,
        count,
        () -> {
          String id = next.get();
          return id.startsWith(prefix) && mark(seen, id, prefix);
        });
  }

  private static boolean mark(AtomicIntegerArray seen, String id, String prefix) {
    int number = Integer.parseInt(id.substring(prefix.length()));
    int bit = 1 << (number % BITS);
    int before = seen.getAndUpdate(number / BITS, word -> word | bit);
    return (before & bit) == 0;
  }

  /** Random ids: two whose first 128 bits differ are different. */
  private static ObjectNode opaque(String what, int count, Supplier<String> next)
      throws InterruptedException {
    PairSet seen = new PairSet(count);
    return run(
        what,
        count,
        () -> {
          byte[] bytes = Base64.getUrlDecoder().decode(next.get());
          return seen.add(word(bytes, 0), word(bytes, Long.BYTES));
        });
  }

  private static long word(byte[] bytes, int from) {
    long word = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      word = word << Byte.SIZE | (bytes[from + i] & 0xFF);
    }
    return word;
  }

  private interface Draw {
    /** Makes one id; true when it is new. */
    boolean isNew();
  }

  private static ObjectNode run(String what, int count, Draw draw) throws InterruptedException {
    int threads = Runtime.getRuntime().availableProcessors();
    LongAdder made = new LongAdder();
    LongAdder collisions = new LongAdder();
    long began = System.nanoTime();
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int share = count / threads + (i < count % threads ? 1 : 0);
      all.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int n = 0; n < share; n++) {
                      if (!draw.isNew()) {
                        collisions.increment();
                      }
                      made.increment();
                    }
                  }));
    }
    for (Thread thread : all) {
      thread.join();
    }
    double seconds = (System.nanoTime() - began) / NANOS_PER_SECOND;
    return JsonNodeFactory.instance
        .objectNode()
        .put("what", what)
        .put("threads", threads)
        .put("ids", made.sum())
        .put("collisions", collisions.sum())
        .put("seconds", seconds);
  }

  /** Pairs of words, none twice; open addressing, so that ten million fit into 400 MB. */
  private static final class PairSet {
    private final long[] first;
    private final long[] second;

    PairSet(int count) {
      int size = Integer.highestOneBit(Math.max(1, count)) * 2;
      // At most three quarters full.
      size = (long) count * 4 > (long) size * 3 ? size * 2 : size;
      first = new long[size];
      second = new long[size];
    }

    synchronized boolean add(long a, long b) {
      int at = (int) a & (first.length - 1);
      while (first[at] != 0 || second[at] != 0) {
        if (first[at] == a && second[at] == b) {
          return false;
        }
        at = (at + 1) & (first.length - 1);
      }
      first[at] = a;
      second[at] = b;
      return true;
    }
  }
}
