package dev.plumbline.conformance.wire;

import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Transport;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Collects exchanges, without credentials, against one clock. Several conversations may share a
 * recorder. Thread-safe.
 */
public final class Recorder {
  /** A recording larger than this is our own fault: scripts are short. */
  public static final int MAX_EXCHANGES = 10_000;

  private final long origin = System.nanoTime();
  private final boolean keeping;
  private final List<Exchange> exchanges = new ArrayList<>();
  private final List<Integer> speakers = new ArrayList<>();
  private final Set<String> labels = new HashSet<>();
  private int conversations;

  /** A recorder that keeps what it is given. */
  public Recorder() {
    this(true);
  }

  private Recorder(boolean keeping) {
    this.keeping = keeping;
  }

  /** A recorder that keeps nothing, for traffic without end such as load. */
  public static Recorder forgetting() {
    return new Recorder(false);
  }

  /** Whether what is taken down is kept. */
  boolean isKeeping() {
    return keeping;
  }

  /** Nanoseconds since the recording began. */
  public long now() {
    return System.nanoTime() - origin;
  }

  /** A {@link System#nanoTime()} on this recording's clock; 0 for what was before. */
  long at(long nanoTime) {
    return Math.max(0, nanoTime - origin);
  }

  /**
   * Takes an exchange down.
   *
   * @param conversation the number of the conversation it belongs to
   * @return the exchange as recorded: without credentials, its label made unique
   * @throws HarnessException when the recording grows beyond {@link #MAX_EXCHANGES}
   */
  synchronized Exchange add(Exchange seen, Redactor redactor, int conversation)
      throws HarnessException {
    Exchange clean = redactor.exchange(seen);
    if (!keeping) {
      return clean;
    }
    if (exchanges.size() >= MAX_EXCHANGES) {
      throw new HarnessException("a recording grew beyond " + MAX_EXCHANGES + " exchanges");
    }
    Exchange recorded = labels.add(clean.label()) ? clean : relabelled(clean);
    exchanges.add(recorded);
    speakers.add(conversation);
    return recorded;
  }

  private Exchange relabelled(Exchange e) {
    int number = 2;
    while (!labels.add(e.label() + "-" + number)) {
      number++;
    }
    return new Exchange(
        e.label() + "-" + number,
        e.transport(),
        e.sent(),
        e.received(),
        e.end(),
        e.sentNanos(),
        e.firstByteNanos(),
        e.endNanos());
  }

  /** Everything so far, in the order the exchanges ended. */
  public synchronized List<Exchange> exchanges() {
    return List.copyOf(exchanges);
  }

  /** The number of one more conversation, from 0. */
  synchronized int enter() {
    return conversations++;
  }

  /** Everything so far, sealed; when several conversations took part, with who said what. */
  public synchronized Recording recording(
      String id, Era era, Transport transport, Map<String, String> facts) {
    Map<String, String> all = new TreeMap<>(facts);
    if (speakers.stream().distinct().count() > 1) {
      all.put(
          Recording.CONVERSATIONS,
          speakers.stream().map(String::valueOf).collect(Collectors.joining(",")));
    }
    return new Recording(id, era, transport, exchanges, all);
  }
}
