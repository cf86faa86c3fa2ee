package dev.plumbline.server.observe.monitor;

import dev.plumbline.server.observe.Log;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingStream;
import org.jspecify.annotations.Nullable;

/**
 * Watches the collector of this process with the JDK's flight recorder. Bounded: the recorder keeps
 * a minute, or a few megabytes, on disk. Where it cannot be started the pauses say that they are
 * not observed, and nothing else changes.
 */
public final class GcWatch implements AutoCloseable {
  private static final Duration KEPT = Duration.ofMinutes(1);
  private static final long KEPT_BYTES = 8_000_000;

  /** The recorder takes a quarter of a second of processor time: a server starts first. */
  private static final Duration SETTLE = Duration.ofSeconds(1);

  private final GcPauses pauses;
  private final AtomicLong live;
  private final Thread starter;
  private @Nullable RecordingStream stream;
  private boolean closed;

  private GcWatch(GcPauses pauses, AtomicLong live) {
    this.pauses = pauses;
    this.live = live;
    this.starter = Thread.ofPlatform().daemon().name("gc-watch").unstarted(this::settle);
  }

  /**
   * Begins to watch, in the background.
   *
   * @param live set to the bytes of the heap in use after each collection
   */
  public static GcWatch start(GcPauses pauses, AtomicLong live) {
    GcWatch watch = new GcWatch(pauses, live);
    watch.starter.start();
    return watch;
  }

  private void settle() {
    try {
      Thread.sleep(SETTLE);
      begin();
    } catch (InterruptedException e) {
      // Closed before it began.
    }
  }

  private void begin() {
    try {
      synchronized (this) {
        if (closed) {
          return;
        }
        RecordingStream opened = new RecordingStream();
        stream = opened;
        opened.setMaxAge(KEPT);
        opened.setMaxSize(KEPT_BYTES);
        opened.setReuse(true);
        opened.enable("jdk.GCPhasePause").withoutThreshold().withoutStackTrace();
        opened.enable("jdk.GCHeapSummary");
        opened.onEvent("jdk.GCPhasePause", this::paused);
        opened.onEvent("jdk.GCHeapSummary", this::collected);
        opened.onError(failure -> Log.failure("gc-watch", failure));
        opened.startAsync();
      }
      pauses.observed();
    } catch (IllegalStateException e) {
      // The recorder does not start in a process that is ending.
      pauses.unobserved("the flight recorder did not start");
    } catch (RuntimeException | LinkageError e) {
      pauses.unobserved("the flight recorder cannot be started: " + e.getClass().getSimpleName());
      Log.failure("gc-watch", e);
    }
  }

  private void paused(RecordedEvent event) {
    pauses.add(
        new GcPauses.Pause(event.getStartTime(), event.getDuration(), event.getString("name")));
  }

  private void collected(RecordedEvent event) {
    if ("After GC".equals(event.getString("when"))) {
      live.set(event.getLong("heapUsed"));
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    starter.interrupt();
    if (stream != null) {
      stream.close();
    }
  }
}
