package dev.plumbline.perf.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * How much processor time others took while something was measured: what all processors were busy
 * with, without the processes that take part, and what a hypervisor gave to other machines. Linux
 * only; elsewhere nothing is known.
 */
public final class Neighbours implements AutoCloseable {
  /** Processor times since the start of the machine, in hundredths of a second. */
  private static final Path STAT = Path.of("/proc/stat");

  /** Columns of its first line: user, nice, system, and interrupts, which processes are charged. */
  private static final List<Integer> BUSY = List.of(1, 2, 3, 6, 7);

  /** The column of what a hypervisor gave to others. */
  private static final List<Integer> STOLEN = List.of(8);

  private static final long MILLIS_PER_TICK = 10;

  private final List<ProcessHandle> own;
  private final long intervalNanos;
  private final int most;
  private final List<Taken> all = new ArrayList<>();
  private final Thread thread;

  /**
   * What others took in an interval, of all processors together.
   *
   * @param programsMillis processor time of other programs
   * @param stolenMillis processor time that a hypervisor gave to other machines
   */
  public record Taken(long programsMillis, long stolenMillis) {
    private Taken since(Taken before) {
      return new Taken(
          Math.max(0, programsMillis - before.programsMillis),
          Math.max(0, stolenMillis - before.stolenMillis));
    }
  }

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
    return stat().flatMap(Neighbours::taken).isPresent()
        ? Optional.of(new Neighbours(own, interval, most))
        : Optional.empty();
  }

  private void watch() {
    long begun = System.nanoTime();
    Taken before = sinceTheStart();
    for (int i = 1; i <= most; i++) {
      try {
        TimeUnit.NANOSECONDS.sleep(begun + i * intervalNanos - System.nanoTime());
      } catch (InterruptedException e) {
        return;
      }
      Taken now = sinceTheStart();
      all.add(now.since(before));
      before = now;
    }
  }

  private Taken sinceTheStart() {
    long ours =
        own.stream()
            .flatMap(process -> process.info().totalCpuDuration().stream())
            .mapToLong(Duration::toMillis)
            .sum();
    Taken taken = stat().flatMap(Neighbours::taken).orElse(new Taken(ours, 0));
    return new Taken(taken.programsMillis() - ours, taken.stolenMillis());
  }

  private static Optional<String> stat() {
    try {
      return Optional.of(Files.readString(STAT, StandardCharsets.US_ASCII));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** What all programs and a hypervisor took so far; from the text of {@code /proc/stat}. */
  static Optional<Taken> taken(String stat) {
    String[] columns = stat.lines().findFirst().orElse("").split("\\s+", -1);
    if (!columns[0].equals("cpu")) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Taken(millis(columns, BUSY), millis(columns, STOLEN)));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static long millis(String[] columns, List<Integer> which) {
    long ticks = 0;
    for (int column : which) {
      ticks += columns.length > column ? Long.parseLong(columns[column]) : 0;
    }
    return ticks * MILLIS_PER_TICK;
  }

  /**
   * Waits for the end of the last interval.
   *
   * @return what others took, interval by interval
   */
  public List<Taken> end() throws InterruptedException {
    thread.join();
    return List.copyOf(all);
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
