package dev.plumbline.ci.cli.requirement;

import dev.plumbline.supplychain.ReachedLines;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** What the last build reported: every test that ran, and how many lines were reached. */
public final class BuildReports {
  /** Modules lie at most so deep below the top folder. */
  private static final int MODULE_DEPTH = 2;

  /** Reports of one module are at most so many. */
  private static final int MOST_FILES = 10_000;

  private static final String TARGET = "target";

  private final List<TestRun> tests = new ArrayList<>();
  private final List<ReachedLines.Room> packages = new ArrayList<>();

  /** What became of a test. */
  enum Outcome {
    PASSED,
    FAILED,
    SKIPPED
  }

  /**
   * One test that was run, or one case of it.
   *
   * @param type its class's full name
   * @param method its method
   * @param integration whether it needed what was built
   * @param outcome what became of it
   */
  record TestRun(String type, String method, boolean integration, Outcome outcome) {}

  private BuildReports() {}

  /**
   * Reads the reports of all modules.
   *
   * @param home the top folder
   * @throws IOException when a report is malformed or cannot be read
   */
  public static BuildReports below(Path home) throws IOException {
    BuildReports all = new BuildReports();
    List<Path> targets;
    try (Stream<Path> found =
        Files.find(
            home,
            MODULE_DEPTH + 1,
            (path, attributes) -> attributes.isDirectory() && path.endsWith(TARGET))) {
      targets = found.sorted().toList();
    }
    for (Path target : targets) {
      all.tests(target.resolve("surefire-reports"), false);
      all.tests(target.resolve("failsafe-reports"), true);
    }
    ReachedLines.below(home).ifPresent(lines -> all.packages.addAll(lines.packages()));
    return all;
  }

  /** Every test that was run. */
  List<TestRun> tests() {
    return tests;
  }

  /** The lines of every package. */
  List<ReachedLines.Room> packages() {
    return packages;
  }

  private void tests(Path folder, boolean integration) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> found = Files.list(folder)) {
      for (Path file :
          found
              .filter(path -> path.getFileName().toString().matches("TEST-.*\\.xml"))
              .sorted()
              .limit(MOST_FILES)
              .toList()) {
        report(file, integration);
      }
    }
  }

  private void report(Path file, boolean integration) throws IOException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try (InputStream in = Files.newInputStream(file)) {
      XMLStreamReader xml = factory.createXMLStreamReader(in);
      String type = "";
      String name = "";
      Outcome outcome = Outcome.PASSED;
      while (xml.hasNext()) {
        int event = xml.next();
        if (event == XMLStreamConstants.START_ELEMENT) {
          switch (xml.getLocalName()) {
            case "testcase" -> {
              type = attribute(xml, "classname");
              name = attribute(xml, "name");
              outcome = Outcome.PASSED;
            }
            case "failure", "error" -> outcome = Outcome.FAILED;
            case "skipped" -> outcome = Outcome.SKIPPED;
            default -> {}
          }
        } else if (event == XMLStreamConstants.END_ELEMENT
            && xml.getLocalName().equals("testcase")) {
          tests.add(new TestRun(type, name.split("[^A-Za-z0-9_]", 2)[0], integration, outcome));
        }
      }
    } catch (XMLStreamException e) {
      throw new IOException(file.getFileName() + " is no test report: " + e.getMessage(), e);
    }
  }

  private static String attribute(XMLStreamReader xml, String name) {
    String value = xml.getAttributeValue(null, name);
    return value == null ? "" : value;
  }
}
