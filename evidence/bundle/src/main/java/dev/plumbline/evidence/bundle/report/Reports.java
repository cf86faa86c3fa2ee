package dev.plumbline.evidence.bundle.report;

import dev.plumbline.evidence.bundle.release.Release;
import dev.plumbline.evidence.bundle.release.Tables;
import dev.plumbline.evidence.model.Json;
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

  /** For those who release: every figure with its target, the workstreams, the checklist. */
  public static final String RELEASE = "release.json";

  private static final Set<String> FILES = Set.of(HTML, SUMMARY, JUNIT, SARIF, RELEASE, Tables.ALL);

  private Reports() {}

  /** Whether a path in a bundle is that of a report, and of nothing that reports are made of. */
  public static boolean isReport(String path) {
    return FILES.contains(path) || path.startsWith(Tables.FOLDER);
  }

  /**
   * Writes every report, by path in the bundle.
   *
   * @throws IOException when raw data that a picture is made of cannot be read
   */
  public static Map<String, String> render(Reported bundle) throws IOException {
    Map<String, String> reports = new LinkedHashMap<>();
    Release release = Release.of(bundle.folder(), bundle.run(), bundle.results(), bundle.decided());
    reports.put(HTML, HtmlReport.render(bundle, release));
    reports.put(SUMMARY, Summary.render(bundle));
    reports.put(JUNIT, JUnitXml.render(bundle));
    reports.put(SARIF, Sarif.render(bundle));
    reports.put(RELEASE, Json.write(release));
    reports.putAll(Tables.of(release, bundle.folder().raw()));
    return reports;
  }
}
