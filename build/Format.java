import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Checks or rewrites every Java source below a folder with google-java-format. */
final class Format {
  private Format() {}

  public static void main(String[] args) throws Exception {
    boolean write = args[0].equals("write");
    Path root = Path.of(args[1]);
    Formatter formatter = new Formatter(JavaFormatterOptions.defaultOptions());
    List<Path> unformatted = new ArrayList<>();
    for (Path file : sources(root)) {
      String before = Files.readString(file);
      String after =
          formatter.formatSource(
              ImportOrderer.reorderImports(
                  RemoveUnusedImports.removeUnusedImports(before),
                  JavaFormatterOptions.Style.GOOGLE));
      if (after.equals(before)) {
        continue;
      }
      if (write) {
        Files.writeString(file, after);
      } else {
        unformatted.add(root.relativize(file));
      }
    }
    if (!unformatted.isEmpty()) {
      System.err.println(
          unformatted.size()
              + " files are not in google-java-format; run: mvn -q -N generate-sources exec:exec@format");
      unformatted.forEach(file -> System.err.println("  " + file));
      System.exit(1);
    }
  }

  private static List<Path> sources(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(
              file ->
                  !root.relativize(file)
                      .toString()
                      .matches("(.*/)?node_modules/.*|((?!src/)[^/]+/)*target/.*"))
          .sorted()
          .toList();
    }
  }
}
