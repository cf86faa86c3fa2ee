package dev.plumbline.server.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A bound on the memory of a child process, as a container has it: a control group of its own,
 * where this process may make one, and what the virtual machine is told to believe elsewhere.
 */
final class MemoryBound implements AutoCloseable {
  /** Control groups of version 2 (Linux, cgroup-v2.rst), then version 1 (memory.rst). */
  private static final List<Kind> KINDS =
      List.of(
          new Kind(Path.of("/sys/fs/cgroup"), "memory.max", "memory.peak"),
          new Kind(
              Path.of("/sys/fs/cgroup/memory"),
              "memory.limit_in_bytes",
              "memory.max_usage_in_bytes"));

  private static final String CONTROLLERS = "cgroup.controllers";
  private static final String MEMBERS = "cgroup.procs";
  private static final int WAITS = 100;
  private static final long WAIT_MILLIS = 20;
  private static final long KIBIBYTE = 1_024;
  private static final double MEBIBYTE = 1 << 20;

  private record Kind(Path root, String limit, String peak) {}

  private final long bytes;
  private final Optional<Path> group;
  private final String peak;

  private MemoryBound(long bytes, Optional<Path> group, String peak) {
    this.bytes = bytes;
    this.group = group;
    this.peak = peak;
  }

  /** A bound of so many bytes for one child. */
  static MemoryBound of(String name, long bytes) {
    for (Kind kind : KINDS) {
      Path group = kind.root().resolve("plumbline-" + ProcessHandle.current().pid() + "-" + name);
      try {
        if (Files.exists(kind.root().resolve(CONTROLLERS))) {
          write(kind.root().resolve("cgroup.subtree_control"), "+memory");
        }
        Files.createDirectory(group);
        if (Files.exists(group.resolve(kind.limit()))) {
          write(group.resolve(kind.limit()), Long.toString(bytes));
          return new MemoryBound(bytes, Optional.of(group), kind.peak());
        }
        Files.delete(group);
      } catch (IOException e) {
        // Not here: no control groups of this version, or no leave to make one.
        discard(group);
      }
    }
    return new MemoryBound(bytes, Optional.empty(), "");
  }

  private static void write(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardCharsets.US_ASCII);
  }

  private static void discard(Path group) {
    try {
      Files.deleteIfExists(group);
    } catch (IOException e) {
      System.err.println("left behind: " + group);
    }
  }

  /** Whether the kernel holds it, and not only the virtual machine. */
  boolean isGroup() {
    return group.isPresent();
  }

  /** What stands before the command of the child. */
  List<String> before() {
    return group
        .map(
            it ->
                List.of("sh", "-c", "echo $$ > '" + it.resolve(MEMBERS) + "' && exec \"$@\"", "sh"))
        .orElse(List.of());
  }

  /** What the virtual machine of the child is told besides. */
  List<String> virtualMachine() {
    return isGroup() ? List.of() : List.of("-XX:MaxRAM=" + bytes);
  }

  /** In bytes; 0 when that cannot be seen. */
  private long peakBytes(long pid) throws IOException {
    if (group.isPresent()) {
      Path file = group.get().resolve(peak);
      return Files.exists(file)
          ? Long.parseLong(Files.readString(file, StandardCharsets.US_ASCII).strip())
          : 0;
    }
    Path status = Path.of("/proc", Long.toString(pid), "status");
    return !Files.exists(status)
        ? 0
        : Files.readString(status)
            .lines()
            .filter(line -> line.startsWith("VmHWM:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIBIBYTE)
            .findFirst()
            .orElse(0);
  }

  /** Prints how much it is, and who holds it. */
  void tell() {
    CostRun.tell(
        isGroup() ? "memory limit, a control group" : "memory limit, -XX:MaxRAM alone",
        bytes / MEBIBYTE,
        "MiB",
        1);
  }

  /** Prints the most memory that the child had, as a share of the bound, where it can be seen. */
  void tellPeak(String who, long pid) throws IOException {
    long most = peakBytes(pid);
    if (most > 0) {
      CostRun.tell(who + ", most memory over the limit", most / (double) bytes, "1", 1);
    }
  }

  /** Removes the group, once what was in it has ended. */
  @Override
  public void close() throws InterruptedException {
    for (int i = 0; group.isPresent() && i < WAITS && Files.exists(group.get()); i++) {
      try {
        Files.deleteIfExists(group.get());
      } catch (IOException e) {
        // A process that was ended still counts until it is gone.
        Thread.sleep(WAIT_MILLIS);
      }
    }
  }
}
