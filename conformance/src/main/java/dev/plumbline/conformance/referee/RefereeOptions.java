package dev.plumbline.conformance.referee;

import dev.plumbline.evidence.model.TargetException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An installed official suite that can be run.
 *
 * @param program its entry, a JavaScript file
 * @param node the Node that runs it
 * @param nodeVersion for example {@code v22.23.3}
 */
public record RefereeOptions(Path program, Path node, String nodeVersion) {
  private static final String PACKAGE = "node_modules/@modelcontextprotocol/conformance";
  private static final int OLDEST_NODE = 22;
  private static final int VERSION_SECONDS = 20;
  private static final Pattern MAJOR = Pattern.compile("v(\\d+)\\..*");

  /**
   * Finds the suite in a folder npm installed it in; the folder may bring its own Node.
   *
   * @throws TargetException when it is not there or its Node is missing or too old; one line
   */
  public static RefereeOptions in(Path folder) throws TargetException, InterruptedException {
    Path program = folder.resolve(PACKAGE).resolve("dist/index.js");
    if (!Files.isRegularFile(program)) {
      throw new TargetException(
          folder
              + " holds no official suite; run npm install node@22 @modelcontextprotocol/conformance"
              + " in it");
    }
    Path own = folder.resolve("node_modules/.bin/node");
    Path node = Files.isExecutable(own) ? own.toAbsolutePath() : Path.of("node");
    String version = version(node);
    Matcher major = MAJOR.matcher(version);
    if (!major.matches() || Integer.parseInt(major.group(1)) < OLDEST_NODE) {
      throw new TargetException(
          "the official suite needs Node "
              + OLDEST_NODE
              + " or newer, found "
              + (version.isEmpty() ? "none" : version)
              + "; run npm install node@22 in "
              + folder);
    }
    return new RefereeOptions(program.toAbsolutePath(), node, version);
  }

  private static String version(Path node) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(node.toString(), "--version")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(VERSION_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return "";
      }
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
