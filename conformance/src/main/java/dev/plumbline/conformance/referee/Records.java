package dev.plumbline.conformance.referee;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The folders the official suite writes, under names that do not depend on the time of day. */
final class Records {
  private static final String CHECKS = "checks.json";
  private static final int MAX_DEPTH = 4;
  private static final Pattern STAMPED =
      Pattern.compile("(.+)-\\d{4}-\\d{2}-\\d{2}T\\d{2}-\\d{2}-\\d{2}-\\d{3}Z");

  private Records() {}

  /**
   * Takes the time out of the folders' names.
   *
   * @return how many records there are
   */
  static int tidy(Path folder, Side side) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
      return 0;
    }
    List<Path> stamped = new ArrayList<>();
    try (Stream<Path> all = Files.walk(folder, MAX_DEPTH)) {
      all.filter(Files::isDirectory)
          .filter(path -> STAMPED.matcher(path.getFileName().toString()).matches())
          .sorted(Comparator.reverseOrder())
          .forEach(stamped::add);
    }
    String prefix = side == Side.SERVER ? "server-" : "";
    int records = 0;
    for (Path path : stamped) {
      Matcher name = STAMPED.matcher(path.getFileName().toString());
      if (!name.matches()) {
        continue;
      }
      String plain = name.group(1);
      Path target =
          path.resolveSibling(plain.startsWith(prefix) ? plain.substring(prefix.length()) : plain);
      Files.move(path, target);
      if (Files.isRegularFile(target.resolve(CHECKS))) {
        records++;
      }
    }
    return records;
  }

  /** Removes a folder of plain files. */
  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  /** Where a scenario's record lies. */
  static Path of(Path folder, String scenario) {
    return folder.resolve(scenario).resolve(CHECKS);
  }
}
