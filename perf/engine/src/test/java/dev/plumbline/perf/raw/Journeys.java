package dev.plumbline.perf.raw;

/** Pieces of a Gatling report, for tests. */
public final class Journeys {
  private static final String HEAD =
      "<html><table><tr>"
          + "<th id=\"col-2\" class=\"header sortable\"><span>Total</span></th>"
          + "<th id=\"col-3\" class=\"header sortable\"><span>OK</span></th>"
          + "<th id=\"col-4\" class=\"header sortable\"><span>KO</span></th>"
          + "<th id=\"col-8\" class=\"header sortable\"><span>50th pct</span></th>"
          + "<th id=\"col-10\" class=\"header sortable\"><span>95th pct</span></th>"
          + "<th id=\"col-11\" class=\"header sortable\"><span>99th pct</span></th>"
          + "<th id=\"col-12\" class=\"header sortable\"><span>Max</span></th></tr>";

  private Journeys() {}

  /** A whole report with these rows. */
  public static String report(String... rows) {
    return HEAD + String.join("\n", rows) + "</table></html>\n";
  }

  /** One row: counts, then median, 95th, 99th percentile and maximum in milliseconds. */
  public static String row(String name, long total, long failed, long... millis) {
    String id = name.equals("All Requests") ? "ROOT" : "req_" + name.replaceAll("[^a-z]", "-");
    return "<tr id=\""
        + id
        + "\" data-parent=\"ROOT\"><td class=\"total col-1\"><span class=\"ellipsed-name\">"
        + name
        + "</span></td>"
        + cell("total", 2, "" + total)
        + cell("ok", 3, "" + (total - failed))
        + cell("ko", 4, "" + failed)
        + cell("ko", 5, "0.5")
        + cell("total", 6, "5.45")
        + cell("total", 7, "0")
        + cell("total", 8, "" + millis[0])
        + cell("total", 9, "" + millis[0])
        + cell("total", 10, "" + millis[1])
        + cell("total", 11, "" + millis[2])
        + cell("total", 12, "" + millis[3])
        + cell("total", 13, "1")
        + cell("total", 14, "1")
        + "</tr>";
  }

  private static String cell(String kind, int column, String text) {
    return "<td class=\"value " + kind + " col-" + column + "\">" + text + "</td>";
  }
}
