package dev.plumbline.perf.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which processors the server and the generator run on. Apart, what the generator costs is not
 * taken from the server, and a measured capacity is the server's. Children inherit it.
 *
 * @param server processors of the server; empty when nothing is pinned
 * @param generator processors of the generator; empty when nothing is pinned
 */
public record Affinity(List<Integer> server, List<Integer> generator) {
  private static final String PROGRAM = "taskset";
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String ALLOWED = "Cpus_allowed_list:";

  /** Copies the lists. */
  public Affinity {
    server = List.copyOf(server);
    generator = List.copyOf(generator);
  }

  /** Nobody has a processor of its own. */
  public static final Affinity NONE = new Affinity(List.of(), List.of());

  /** Half of the processors this process may use for each, where that can be done. */
  public static Affinity halves() {
    return onPath() ? halves(allowed()) : NONE;
  }

  /** Half of these processors for each; nothing is pinned where there is one. */
  static Affinity halves(List<Integer> processors) {
    int half = processors.size() / 2;
    return half == 0
        ? NONE
        : new Affinity(
            processors.subList(0, processors.size() - half),
            processors.subList(processors.size() - half, processors.size()));
  }

  private static boolean onPath() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, PROGRAM)));
  }

  private static List<Integer> allowed() {
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith(ALLOWED))
          .findFirst()
          .map(line -> parse(line.substring(ALLOWED.length()).strip()))
          .orElse(List.of());
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Reads {@code 0-2,5}. */
  static List<Integer> parse(String list) {
    List<Integer> processors = new ArrayList<>();
    for (String part : list.split(",", -1)) {
      String[] ends = part.split("-", -1);
      for (int i = Integer.parseInt(ends[0]); i <= Integer.parseInt(ends[ends.length - 1]); i++) {
        processors.add(i);
      }
    }
    return processors;
  }

  /** The command that starts the server where it belongs. */
  public List<String> forServer(List<String> command) {
    return pinned(server, command);
  }

  /** The command that starts the generator where it belongs. */
  public List<String> forGenerator(List<String> command) {
    return pinned(generator, command);
  }

  private static List<String> pinned(List<Integer> processors, List<String> command) {
    if (processors.isEmpty()) {
      return command;
    }
    List<String> pinned = new ArrayList<>(List.of(PROGRAM, "-c", list(processors)));
    pinned.addAll(command);
    return pinned;
  }

  /** For people. */
  public String words() {
    return server.isEmpty()
        ? "unpinned: server and generator share all processors"
        : "pinned: server on processor "
            + list(server)
            + ", generator and probes on processor "
            + list(generator);
  }

  private static String list(List<Integer> processors) {
    return processors.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
