package dev.plumbline.perf.reliability.overload;

import dev.plumbline.perf.process.Neighbours;
import dev.plumbline.perf.reliability.overload.OverloadRecord.Load;
import dev.plumbline.perf.reliability.overload.OverloadRecord.Step;
import java.util.List;

/**
 * What was seen of messages of several sizes, beside the interval logs of the load at 0.8 of the
 * capacity: {@code throughput.json}.
 *
 * @param schema the version of this form, {@link #SCHEMA}
 * @param payloads one after the other, the smallest text first
 * @param busyPerSecond answers a second when the server was kept busy with the text of the search
 * @param steps the capacity search, with texts of {@link #SEARCHED} bytes
 * @param capacity the highest rate that was borne; 0 when none was, and nothing follows
 * @param sustained the load at 0.8 of the capacity
 * @param alive whether the server's process was the same, and ran, at the end
 * @param sealed always true; written last, so that a truncated file is refused
 */
public record ThroughputRecord(
    String schema,
    List<Payload> payloads,
    double busyPerSecond,
    List<Step> steps,
    double capacity,
    Load sustained,
    boolean alive,
    boolean sealed) {
  /** The current version of the form. */
  public static final String SCHEMA = "plumbline/throughput/v1";

  /** The file's name. */
  public static final String FILE = "throughput.json";

  /** The text of the named target, and of the load at 0.8 of the capacity (C2, C3). */
  public static final int SEARCHED = 4_096;

  /**
   * Messages of one size, as fast as they were answered.
   *
   * @param bytes of the text, which goes there and comes back
   * @param connections that always had one message under way
   * @param load what became of them, by second
   * @param others what others took in each second; empty where that cannot be seen
   */
  public record Payload(int bytes, int connections, Load load, List<Neighbours.Taken> others) {
    /** Copies the list. */
    public Payload {
      others = List.copyOf(others);
    }
  }

  /**
   * @throws IllegalArgumentException when the form is unknown or unsealed
   */
  public ThroughputRecord {
    payloads = List.copyOf(payloads);
    steps = List.copyOf(steps);
    if (!SCHEMA.equals(schema) || !sealed) {
      throw new IllegalArgumentException("unknown or unsealed form " + schema);
    }
  }
}
