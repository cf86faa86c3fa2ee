package dev.plumbline.conformance.target;

import java.nio.file.Path;

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
