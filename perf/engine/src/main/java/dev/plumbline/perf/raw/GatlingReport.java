package dev.plumbline.perf.raw;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The table of Gatling's report, read strictly from its {@code index.html}: its log is binary and
 * its report keeps the numbers nowhere else. Times are whole milliseconds, as Gatling takes them.
 *
 * @param rows one entry for each request name, without the sum
 */
public record GatlingReport(List<Row> rows) {
  /** Before the name of requests that only warmed up. */
  public static final String WARM_UP = "warm-up ";

  private static final String INDEX = "index.html";
  private static final long MAX_BYTES = 16L * 1024 * 1024;
  private static final String SUM = "All Requests";

  /** What the columns must be called, so that a report of another make is refused. */
  private static final List<String> HEADINGS =
      List.of(
          "id=\"col-2\" class=\"header sortable\"><span>Total</span>",
          "id=\"col-3\" class=\"header sortable\"><span>OK</span>",
          "id=\"col-4\" class=\"header sortable\"><span>KO</span>",
          "id=\"col-8\" class=\"header sortable\"><span>50th pct</span>",
          "id=\"col-10\" class=\"header sortable\"><span>95th pct</span>",
          "id=\"col-11\" class=\"header sortable\"><span>99th pct</span>",
          "id=\"col-12\" class=\"header sortable\"><span>Max</span>");

  private static final Pattern ROW =
      Pattern.compile("<tr id=\"(?:ROOT|req_[^\"]*)\"[^>]*>(.*?)</tr>", Pattern.DOTALL);
  private static final Pattern NAME = Pattern.compile("class=\"ellipsed-name\">([^<]*)</span>");
  private static final Pattern CELL =
      Pattern.compile("<td class=\"value [a-z]+ col-([0-9]{1,2})\">([^<]*)</td>");

  /**
   * One request name.
   *
   * @param name the name
   * @param total how many ended
   * @param ok with the right answer
   * @param failed without
   * @param p50 median of all, in milliseconds
   * @param p95 95th percentile
   * @param p99 99th percentile
   * @param max the slowest
   */
  public record Row(
      String name, long total, long ok, long failed, long p50, long p95, long p99, long max) {
    /** Whether the request counts. */
    public boolean isMeasured() {
      return !name.startsWith(WARM_UP);
    }
  }

  /** Copies the list. */
  public GatlingReport {
    rows = List.copyOf(rows);
  }

  /**
   * Reads the report in a folder.
   *
   * @throws IOException when it is missing, cut short, of another make, or does not add up
   */
  public static GatlingReport read(Path folder) throws IOException {
    Path file = folder.resolve(INDEX);
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new IOException(INDEX + " is too large");
      }
      return parse(Files.readString(file, StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      throw new IOException(INDEX + " of Gatling's report is missing", e);
    }
  }

  static GatlingReport parse(String html) throws IOException {
    if (!html.stripTrailing().endsWith("</html>")) {
      throw new IOException(INDEX + " of Gatling's report is cut short");
    }
    for (String heading : HEADINGS) {
      if (!html.contains(heading)) {
        throw new IOException(INDEX + " has no column " + heading + ": another Gatling wrote it");
      }
    }
    List<Row> rows = new ArrayList<>();
    Row sum = null;
    Matcher matcher = ROW.matcher(html);
    while (matcher.find()) {
      Row row = row(matcher.group(1));
      if (row.name().equals(SUM)) {
        sum = row;
      } else {
        rows.add(row);
      }
    }
    long total = rows.stream().mapToLong(Row::total).sum();
    long ok = rows.stream().mapToLong(Row::ok).sum();
    if (sum == null || rows.isEmpty() || sum.total() != total || sum.ok() != ok) {
      throw new IOException(INDEX + " of Gatling's report does not add up");
    }
    return new GatlingReport(rows);
  }

  private static Row row(String html) throws IOException {
    Matcher name = NAME.matcher(html);
    if (!name.find()) {
      throw new IOException(INDEX + " holds a row without a name");
    }
    long[] cells = new long[15];
    int found = 0;
    Matcher cell = CELL.matcher(html);
    while (cell.find()) {
      int column = Integer.parseInt(cell.group(1));
      if (column == 5 || column == 6) {
        continue; // Shares and rates, derived from the counts.
      }
      if (column >= cells.length || !cell.group(2).matches("[0-9]{1,12}")) {
        throw new IOException(
            INDEX + ": column " + column + " of " + name.group(1) + " is " + cell.group(2));
      }
      cells[column] = Long.parseLong(cell.group(2));
      found++;
    }
    if (found != 11 || cells[2] != cells[3] + cells[4]) {
      throw new IOException(INDEX + ": the row of " + name.group(1) + " does not add up");
    }
    return new Row(
        name.group(1), cells[2], cells[3], cells[4], cells[8], cells[10], cells[11], cells[12]);
  }
}
