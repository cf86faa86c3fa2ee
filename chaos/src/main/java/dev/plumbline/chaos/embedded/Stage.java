package dev.plumbline.chaos.embedded;

import dev.plumbline.chaos.toxic.Toxic;
import java.io.IOException;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** What one toxic does to one direction of one connection. Guarded by the pipe it belongs to. */
final class Stage {
  /** Below this a rate-limited chunk goes out whole, above it in pieces of this long. */
  private static final long BANDWIDTH_SLICE_MILLIS = 100;

  /** The next stages, or in the end the socket. */
  interface Onward {
    void pass(Chunk chunk) throws IOException;
  }

  /** What a stage may ask of its pipe. */
  interface Flow {
    /** Waits; false when the toxics changed meanwhile and the data should go on at once. */
    boolean pause(long nanos);

    /** Closes the connection, as a reset (RST) or in order (FIN). */
    void close(boolean reset);
  }

  private final String name;
  private final SplittableRandom dice;
  private final SplittableRandom random;
  private volatile Toxic toxic;
  private volatile boolean active;
  private volatile long quietSince = System.nanoTime();
  private long transmitted;
  private long debtNanos;

  Stage(AttachedToxic attached, SplittableRandom random) {
    this.name = attached.name();
    this.dice = random.split();
    this.random = random;
    this.toxic = attached.toxic();
    this.active = dice.nextDouble() < attached.toxicity();
  }

  String name() {
    return name;
  }

  void update(AttachedToxic attached) {
    toxic = attached.toxic();
    active = dice.nextDouble() < attached.toxicity();
    quietSince = System.nanoTime();
  }

  /** Bytes were lost, so the stream is of no use any more once the toxic goes. */
  boolean closesWhenRemoved() {
    return active && toxic instanceof Toxic.Timeout;
  }

  /** When the connection is to be closed if nothing arrives, or {@link Long#MAX_VALUE}. */
  long nanosUntilQuietClose(long now) {
    return active && toxic instanceof Toxic.Timeout timeout && timeout.timeout() > 0
        ? TimeUnit.MILLISECONDS.toNanos(timeout.timeout()) - (now - quietSince)
        : Long.MAX_VALUE;
  }

  void data(Chunk chunk, Flow flow, Onward onward) throws IOException {
    if (!active) {
      onward.pass(chunk);
      return;
    }
    switch (toxic) {
      case Toxic.Noop _ -> onward.pass(chunk);
      case Toxic.SlowClose _ -> onward.pass(chunk);
      case Toxic.Timeout _ -> quietSince = System.nanoTime();
      case Toxic.Latency t -> delay(t, chunk, flow, onward);
      case Toxic.Bandwidth t -> throttle(t, chunk, flow, onward);
      case Toxic.ResetPeer t -> reset(t, flow);
      case Toxic.Slicer t -> slice(t, chunk, flow, onward);
      case Toxic.LimitData t -> limit(t, chunk, flow, onward);
    }
  }

  /** The sender closed. */
  void end(Flow flow) {
    if (!active) {
      return;
    }
    switch (toxic) {
      case Toxic.SlowClose t -> flow.pause(TimeUnit.MILLISECONDS.toNanos(t.delay()));
      case Toxic.ResetPeer t -> reset(t, flow);
      case Toxic.Noop _, Toxic.Timeout _, Toxic.Latency _ -> {}
      case Toxic.Bandwidth _, Toxic.Slicer _, Toxic.LimitData _ -> {}
    }
  }

  private void delay(Toxic.Latency t, Chunk chunk, Flow flow, Onward onward) throws IOException {
    long millis = t.latency();
    if (t.jitter() > 0) {
      millis += random.nextLong(t.jitter() * 2) - t.jitter();
    }
    long wait = TimeUnit.MILLISECONDS.toNanos(millis) - (System.nanoTime() - chunk.arrivedNanos());
    boolean waited = wait <= 0 || flow.pause(wait);
    // Later latencies count from here on, so that two of them add up.
    onward.pass(waited ? chunk.delayedBy(wait) : chunk);
  }

  private void throttle(Toxic.Bandwidth t, Chunk chunk, Flow flow, Onward onward)
      throws IOException {
    long bytesPerMilli = t.rate();
    Chunk rest = chunk;
    if (bytesPerMilli <= 0) {
      while (flow.pause(TimeUnit.MILLISECONDS.toNanos(BANDWIDTH_SLICE_MILLIS))) {
        debtNanos = 0;
      }
      onward.pass(rest);
      return;
    }
    debtNanos += TimeUnit.MILLISECONDS.toNanos(rest.size()) / bytesPerMilli;
    int piece = (int) Math.min(Integer.MAX_VALUE, bytesPerMilli * BANDWIDTH_SLICE_MILLIS);
    while (rest.size() > piece) {
      if (!flow.pause(TimeUnit.MILLISECONDS.toNanos(BANDWIDTH_SLICE_MILLIS))) {
        onward.pass(rest);
        return;
      }
      onward.pass(rest.slice(0, piece));
      rest = rest.slice(piece, rest.size());
      debtNanos -= TimeUnit.MILLISECONDS.toNanos(BANDWIDTH_SLICE_MILLIS);
    }
    long started = System.nanoTime();
    flow.pause(debtNanos);
    debtNanos -= System.nanoTime() - started;
    onward.pass(rest);
  }

  private static void reset(Toxic.ResetPeer t, Flow flow) {
    flow.pause(TimeUnit.MILLISECONDS.toNanos(t.timeout()));
    flow.close(true);
  }

  private void slice(Toxic.Slicer t, Chunk chunk, Flow flow, Onward onward) throws IOException {
    int from = 0;
    while (from < chunk.size()) {
      long size = Math.max(1, t.averageSize());
      if (t.sizeVariation() > 0) {
        size = Math.max(1, size + random.nextLong(t.sizeVariation() * 2) - t.sizeVariation());
      }
      int to = (int) Math.min(chunk.size(), from + size);
      onward.pass(chunk.slice(from, to));
      from = to;
      boolean waited = flow.pause(TimeUnit.MICROSECONDS.toNanos(t.delay()));
      if (!waited && from < chunk.size()) {
        onward.pass(chunk.slice(from, chunk.size()));
        return;
      }
    }
  }

  private void limit(Toxic.LimitData t, Chunk chunk, Flow flow, Onward onward) throws IOException {
    long left = Math.max(0, t.bytes() - transmitted);
    Chunk allowed = left < chunk.size() ? chunk.slice(0, (int) left) : chunk;
    if (allowed.size() > 0) {
      onward.pass(allowed);
      transmitted += allowed.size();
    }
    if (transmitted >= t.bytes()) {
      flow.close(false);
    }
  }
}
