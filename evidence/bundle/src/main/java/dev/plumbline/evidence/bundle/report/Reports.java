package dev.plumbline.evidence.bundle.report;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** All reports of a bundle by file name. To add one, add a pure function and a line here. */
public final class Reports {
  /** The page for people. */
  public static final String HTML = "report.html";

  /** For pull requests. */
  public static final String SUMMARY = "summary.md";

  /** For pipelines that show test results. */
  public static final String JUNIT = "junit.xml";

  /** For pipelines that show code scanning results. */
  public static final String SARIF = "results.sarif";

  /** The file names of all reports. */
  public static final Set<String> FILES = Set.of(HTML, SUMMARY, JUNIT, SARIF);

  private Reports() {}

  /**
   * Writes every report.
   *
   * @throws IOException when raw data that a picture is made of cannot be read
   */
  public static Map<String, String> render(Reported bundle) throws IOException {
    Map<String, String> reports = new LinkedHashMap<>();
    reports.put(HTML, HtmlReport.render(bundle));
    reports.put(SUMMARY, Summary.render(bundle));
    reports.put(JUNIT, JUnitXml.render(bundle));
    reports.put(SARIF, Sarif.render(bundle));
    return reports;
  }
}
