package dev.plumbline.chaos.toxic;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * One disturbance of a connection, as Toxiproxy knows them; {@code down}, its eighth, is {@link
 * FaultLink#down()}. Units are those of its API: milliseconds, kilobytes (1000 bytes) a second,
 * bytes, and microseconds for the slicer.
 */
public sealed interface Toxic {
  /** Passes everything on unchanged. */
  record Noop() implements Toxic {}

  /**
   * Delays everything.
   *
   * @param latency milliseconds
   * @param jitter milliseconds by which a delay may be shorter or longer
   */
  record Latency(long latency, long jitter) implements Toxic {}

  /**
   * Limits the throughput.
   *
   * @param rate kilobytes a second; 0 stalls the connection
   */
  record Bandwidth(long rate) implements Toxic {}

  /**
   * Delays the closing.
   *
   * @param delay milliseconds
   */
  record SlowClose(long delay) implements Toxic {}

  /**
   * Swallows everything.
   *
   * @param timeout milliseconds of silence after which the connection is closed; 0 keeps it open
   */
  record Timeout(long timeout) implements Toxic {}

  /**
   * Swallows everything and resets the connection (TCP RST).
   *
   * @param timeout milliseconds between the first data and the reset
   */
  record ResetPeer(long timeout) implements Toxic {}

  /**
   * Cuts the data into small pieces.
   *
   * @param averageSize bytes of a piece
   * @param sizeVariation bytes by which a piece may be smaller or larger
   * @param delay microseconds after each piece
   */
  record Slicer(long averageSize, long sizeVariation, long delay) implements Toxic {}

  /**
   * Closes the connection after some data.
   *
   * @param bytes how many are let through
   */
  record LimitData(long bytes) implements Toxic {}

  /** The name of the type in Toxiproxy's API. */
  default String type() {
    return switch (this) {
      case Noop _ -> "noop";
      case Latency _ -> "latency";
      case Bandwidth _ -> "bandwidth";
      case SlowClose _ -> "slow_close";
      case Timeout _ -> "timeout";
      case ResetPeer _ -> "reset_peer";
      case Slicer _ -> "slicer";
      case LimitData _ -> "limit_data";
    };
  }

  /** The attributes as Toxiproxy's API names them, in its order. */
  default SequencedMap<String, Long> attributes() {
    SequencedMap<String, Long> map = new LinkedHashMap<>();
    switch (this) {
      case Noop _ -> {}
      case Latency t -> {
        map.put("latency", t.latency);
        map.put("jitter", t.jitter);
      }
      case Bandwidth t -> map.put("rate", t.rate);
      case SlowClose t -> map.put("delay", t.delay);
      case Timeout t -> map.put("timeout", t.timeout);
      case ResetPeer t -> map.put("timeout", t.timeout);
      case Slicer t -> {
        map.put("average_size", t.averageSize);
        map.put("size_variation", t.sizeVariation);
        map.put("delay", t.delay);
      }
      case LimitData t -> map.put("bytes", t.bytes);
    }
    return map;
  }
}
