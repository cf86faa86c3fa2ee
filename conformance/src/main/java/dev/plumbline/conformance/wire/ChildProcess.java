package dev.plumbline.conformance.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A process we started: its lines, the tail of its standard error, and its end together with
 * everything it started itself. No child outlives this JVM: a shutdown hook ends what is left.
 */
public final class ChildProcess implements AutoCloseable {
  /** How long a process may take to end by itself once its standard input is closed. */
  public static final Duration END_GRACE = Duration.ofSeconds(1);

  /** How long it may take to end after it was asked to, before it is killed. */
  public static final Duration TERMINATION_GRACE = Duration.ofMillis(1_500);

  private static final Duration STDERR_GRACE = Duration.ofMillis(200);
  private static final int MAX_STDERR_BYTES = 64 * 1024;

  private static final Set<ChildProcess> ALIVE = ConcurrentHashMap.newKeySet();
  private static final AtomicBoolean HOOKED = new AtomicBoolean();

  private final Process process;
  private final LineInbox inbox = new LineInbox();
  private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
  private final ExecutorService writer;
  private final Thread drainer;
  private final AtomicBoolean closed = new AtomicBoolean();

  private ChildProcess(Process process) {
    this.process = process;
    this.writer = Executors.newSingleThreadExecutor(task -> daemon("stdin", task));
    daemon("stdout", () -> inbox.fill(process.getInputStream())).start();
    drainer = daemon("stderr", this::drain);
    drainer.start();
  }

  /**
   * Starts a process in the current folder with the current environment.
   *
   * @throws IOException when the command cannot be started
   */
  public static ChildProcess start(List<String> command) throws IOException {
    return start(command, Map.of());
  }

  /**
   * The same with more environment.
   *
   * @throws IOException when the command cannot be started
   */
  public static ChildProcess start(List<String> command, Map<String, String> environment)
      throws IOException {
    if (HOOKED.compareAndSet(false, true)) {
      Runtime.getRuntime().addShutdownHook(new Thread(ChildProcess::killAll, "end-children"));
    }
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    ChildProcess child = new ChildProcess(builder.start());
    ALIVE.add(child);
    return child;
  }

  private static void killAll() {
    ALIVE.forEach(ChildProcess::kill);
  }

  private Thread daemon(String what, Runnable task) {
    Thread thread = new Thread(task, what + "-of-" + process.pid());
    thread.setDaemon(true);
    return thread;
  }

  /** The lines of its standard output. */
  LineInbox inbox() {
    return inbox;
  }

  /** The next line of its standard output, or null when there is none within the time. */
  public java.util.Optional<String> nextLine(Duration time) throws InterruptedException {
    return inbox.poll(System.nanoTime() + time.toNanos()).map(line -> line.bytes().text());
  }

  /** The operating system's id. */
  public long pid() {
    return process.pid();
  }

  /** Whether it runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Its exit status; empty while it runs. */
  public OptionalInt exitCode() {
    return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
  }

  /** Waits for its end. Whether it ended in time. */
  public boolean awaitEnd(Duration time) throws InterruptedException {
    boolean ended = process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    if (ended) {
      // What it said last is often why it ended; a grandchild may hold the stream open.
      drainer.join(STDERR_GRACE);
    }
    return ended;
  }

  /** What it wrote to its standard error so far: the last {@value #MAX_STDERR_BYTES} bytes. */
  public Bytes stderr() {
    synchronized (stderr) {
      return Bytes.of(stderr.toByteArray());
    }
  }

  /** Takes what it wrote to its standard error since the last call. */
  Bytes takeStderr() {
    synchronized (stderr) {
      Bytes taken = Bytes.of(stderr.toByteArray());
      stderr.reset();
      return taken;
    }
  }

  private void drain() {
    byte[] piece = new byte[4_096];
    try (InputStream in = process.getErrorStream()) {
      int count;
      while ((count = in.read(piece)) >= 0) {
        synchronized (stderr) {
          if (stderr.size() + count > MAX_STDERR_BYTES) {
            byte[] all = stderr.toByteArray();
            stderr.reset();
            stderr.write(all, all.length / 2, all.length - all.length / 2);
          }
          stderr.write(piece, 0, count);
        }
      }
    } catch (IOException e) {
      // The stream ends with the process; nothing more to keep.
      return;
    }
  }

  /** Writes in the background, in order; a process that does not read must not stall us. */
  public Future<?> write(byte[] bytes) {
    try {
      return writer.submit(
          () -> {
            OutputStream out = process.getOutputStream();
            out.write(bytes);
            out.flush();
            return bytes.length;
          });
    } catch (RejectedExecutionException e) {
      return java.util.concurrent.CompletableFuture.failedFuture(new IOException("ended", e));
    }
  }

  /** Closes its standard input once everything handed to {@link #write} is written. */
  public void closeInput() {
    try {
      writer.execute(
          () -> {
            try {
              process.getOutputStream().close();
            } catch (IOException e) {
              // A broken pipe is closed as well.
              return;
            }
          });
      writer.shutdown();
    } catch (RejectedExecutionException e) {
      // Already closed.
      return;
    }
  }

  /** Asks it to end, and goes on listening to it: SIGTERM where there are signals. */
  void askToEnd() {
    // Process.destroy closes our ends of its streams, too.
    process.toHandle().destroy();
  }

  /** Asks it to end: SIGTERM where there are signals. */
  public void terminate() {
    process.destroy();
  }

  /**
   * Ends it and everything it started: standard input closed, a grace, a request to end, a grace,
   * then force. Returns within {@link #END_GRACE} and {@link #TERMINATION_GRACE} and a little.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    List<ProcessHandle> family = new ArrayList<>(process.descendants().toList());
    boolean interrupted = false;
    try {
      closeInput();
      if (!awaitEnd(END_GRACE)) {
        family.addAll(process.descendants().toList());
        terminate();
        family.forEach(ProcessHandle::destroy);
        awaitEnd(TERMINATION_GRACE);
      }
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      family.addAll(process.descendants().toList());
      process.destroyForcibly();
      family.forEach(ProcessHandle::destroyForcibly);
      writer.shutdownNow();
      inbox.abandon();
      ALIVE.remove(this);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Ends it and everything it started at once. */
  public void kill() {
    List<ProcessHandle> family = process.descendants().toList();
    process.destroyForcibly();
    family.forEach(ProcessHandle::destroyForcibly);
    inbox.abandon();
    ALIVE.remove(this);
  }
}
