package dev.plumbline.perf.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * How much processor time others took while something was measured: what all processors were busy
 * with, without the processes that take part. Linux only; elsewhere nothing is known.
 */
public final class Neighbours implements AutoCloseable {
  /** Processor times since the start of the machine, in hundredths of a second. */
  private static final Path STAT = Path.of("/proc/stat");

  /** Columns of its first line: user, nice, system; and what a hypervisor gave to others. */
  private static final List<Integer> BUSY = List.of(1, 2, 3, 8);

  private static final long MILLIS_PER_TICK = 10;

  private final List<ProcessHandle> own;
  private final long intervalNanos;
  private final int most;
  private final List<Long> millis = new ArrayList<>();
  private final Thread thread;

  private Neighbours(List<ProcessHandle> own, Duration interval, int most) {
    this.own = own;
    this.intervalNanos = interval.toNanos();
    this.most = most;
    this.thread = Thread.ofPlatform().daemon().name("neighbours").start(this::watch);
  }

  /**
   * Begins to watch.
   *
   * @param pids the processes that take part; a process that ended took no more
   * @param interval how long each interval is
   * @param most so many intervals
   * @return empty when the processors' times cannot be read here
   */
  public static Optional<Neighbours> watch(List<Long> pids, Duration interval, int most) {
    List<ProcessHandle> own = pids.stream().flatMap(pid -> ProcessHandle.of(pid).stream()).toList();
    return busyMillis().isPresent()
        ? Optional.of(new Neighbours(own, interval, most))
        : Optional.empty();
  }

  private void watch() {
    long begun = System.nanoTime();
    long before = othersMillis();
    for (int i = 1; i <= most; i++) {
      try {
        TimeUnit.NANOSECONDS.sleep(begun + i * intervalNanos - System.nanoTime());
      } catch (InterruptedException e) {
        return;
      }
      long now = othersMillis();
      millis.add(Math.max(0, now - before));
      before = now;
    }
  }

  private long othersMillis() {
    long ours =
        own.stream()
            .flatMap(process -> process.info().totalCpuDuration().stream())
            .mapToLong(Duration::toMillis)
            .sum();
    return busyMillis().orElse(ours) - ours;
  }

  private static OptionalLong busyMillis() {
    try {
      return busyMillis(Files.readString(STAT, StandardCharsets.US_ASCII));
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  /** What all processors were busy with, in milliseconds; from the text of {@code /proc/stat}. */
  static OptionalLong busyMillis(String stat) {
    String[] columns = stat.lines().findFirst().orElse("").split("\\s+", -1);
    long ticks = 0;
    try {
      for (int column : BUSY) {
        ticks += columns.length > column ? Long.parseLong(columns[column]) : 0;
      }
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
    return columns[0].equals("cpu")
        ? OptionalLong.of(ticks * MILLIS_PER_TICK)
        : OptionalLong.empty();
  }

  /**
   * Waits for the end of the last interval.
   *
   * @return processor time of others in milliseconds, interval by interval
   */
  public List<Long> end() throws InterruptedException {
    thread.join();
    return List.copyOf(millis);
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
