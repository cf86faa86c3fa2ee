package dev.plumbline.conformance.target;

import dev.plumbline.evidence.model.HarnessException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where Plumbline's own runnable parts lie.
 *
 * @param home the top folder
 */
public record Installation(Path home) {
  /** The system property that names the top folder. */
  public static final String PROPERTY = "plumbline.home";

  /** The folder of the system property, or the working directory. */
  public static Installation current() {
    return new Installation(Path.of(System.getProperty(PROPERTY, "")).toAbsolutePath().normalize());
  }

  /** The folder of jars the bundled server runs from. */
  public Path server() {
    return home.resolve("system-under-test/target/dist");
  }

  /**
   * SHA-256 of the jar of the bundled server and client: which build of them this is.
   *
   * @throws HarnessException when it is not there, or there twice
   */
  public String serverDigest() throws HarnessException {
    List<Path> jars = new ArrayList<>();
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(server(), "system-under-test-*.jar")) {
      found.forEach(jars::add);
    } catch (IOException e) {
      throw new HarnessException("cannot read " + server() + ": " + e.getMessage(), e);
    }
    if (jars.size() != 1) {
      throw new HarnessException(
          server() + " holds " + jars.size() + " jars of the bundled server; build it again");
    }
    return Digests.of(jars).values().iterator().next();
  }

  /** The folder of jars the Gatling journey runs from. */
  public Path gatling() {
    return home.resolve("perf/gatling/target/dist");
  }

  /** The folder of jars the command line runs from. */
  public Path cli() {
    return home.resolve("ci/cli/target/dist");
  }

  /** The aggregate bill of materials. */
  public Path bom() {
    return home.resolve("target/bom.json");
  }

  /** The JDK's launcher for child processes: the one that runs us. */
  public static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }
}
