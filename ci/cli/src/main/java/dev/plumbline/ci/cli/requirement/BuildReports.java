package dev.plumbline.ci.cli.requirement;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  private final Map<String, Lines> packages = new HashMap<>();

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

  /**
   * Lines of code.
   *
   * @param covered how many were reached by tests
   * @param missed how many were not
   */
  record Lines(long covered, long missed) {
    Lines plus(Lines other) {
      return new Lines(covered + other.covered, missed + other.missed);
    }
  }

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
      all.lines(target.resolve("site/jacoco/jacoco.csv"));
    }
    return all;
  }

  /** Every test that was run. */
  List<TestRun> tests() {
    return tests;
  }

  /** The lines of every package, by its full name. */
  Map<String, Lines> packages() {
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

  /** A line of the table: group, package, class, instructions, branches, lines, … */
  private void lines(Path table) throws IOException {
    if (!Files.exists(table)) {
      return;
    }
    List<String> rows = Files.readAllLines(table, StandardCharsets.UTF_8);
    List<String> columns = rows.isEmpty() ? List.of() : List.of(rows.getFirst().split(",", -1));
    int room = columns.indexOf("PACKAGE");
    int missed = columns.indexOf("LINE_MISSED");
    int covered = columns.indexOf("LINE_COVERED");
    if (room < 0 || missed < 0 || covered < 0) {
      throw new IOException(table.getFileName() + " has other columns than expected");
    }
    for (String row : rows.subList(1, rows.size())) {
      String[] cells = row.split(",", -1);
      try {
        packages.merge(
            cells[room],
            new Lines(Long.parseLong(cells[covered]), Long.parseLong(cells[missed])),
            Lines::plus);
      } catch (ArrayIndexOutOfBoundsException | NumberFormatException e) {
        throw new IOException(table.getFileName() + " has a row that is none: " + row, e);
      }
    }
  }
}
