package dev.plumbline.server.observe.monitor;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * What the process uses at one moment. What the platform does not tell is zero.
 *
 * @param heapBytes of the heap in use, garbage included
 * @param heapMaxBytes it may grow to
 * @param rssBytes of physical memory the process occupies
 * @param openFiles descriptors in use
 * @param maxFiles descriptors there may be
 * @param threads platform threads
 */
public record Reading(
    long heapBytes, long heapMaxBytes, long rssBytes, long openFiles, long maxFiles, int threads) {
  private static final Path STATM = Path.of("/proc/self/statm");
  private static final long PAGE_BYTES = 4_096;

  /** Reads this process. */
  public static Supplier<Reading> ofThisProcess() {
    return Reading::now;
  }

  private static Reading now() {
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    long open = 0;
    long most = 0;
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
      open = Math.max(0, unix.getOpenFileDescriptorCount());
      most = Math.max(0, unix.getMaxFileDescriptorCount());
    }
    return new Reading(
        heap.getUsed(),
        Math.max(heap.getMax(), heap.getCommitted()),
        resident().orElse(0),
        open,
        most,
        ManagementFactory.getThreadMXBean().getThreadCount());
  }

  /** proc(5), /proc/pid/statm: the second field counts resident pages. */
  private static OptionalLong resident() {
    try {
      String[] fields = Files.readString(STATM).split(" ", 3);
      return OptionalLong.of(Long.parseLong(fields[1]) * PAGE_BYTES);
    } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
      return OptionalLong.empty();
    }
  }

  /** Descriptors in use, in percent of what there may be. */
  double filesPercent() {
    return maxFiles == 0 ? 0 : 100.0 * openFiles / maxFiles;
  }
}
