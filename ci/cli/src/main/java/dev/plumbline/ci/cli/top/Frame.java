package dev.plumbline.ci.cli.top;

import dev.plumbline.ci.cli.terminal.Display;
import dev.plumbline.ci.cli.terminal.Line;
import dev.plumbline.ci.cli.terminal.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** From a snapshot to lines. A pure function: what cannot be read is left out. */
final class Frame {
  private static final int LABEL = 12;
  private static final int NAME = 16;
  private static final int NUMBER = 11;
  private static final int FIXED = NAME + 4 * NUMBER + 4;
  private static final int MIN_BAR = 10;
  private static final int MAX_BAR = 50;
  private static final double PERCENT = 100;
  private static final int TIME_BEGINS = 11;
  private static final int TIME_ENDS = 19;

  private final Display display;
  private final JsonNode sections;
  private final List<Line> lines = new ArrayList<>();

  private Frame(Display display, JsonNode sections) {
    this.display = display;
    this.sections = sections;
  }

  /**
   * The lines of a frame.
   *
   * @param notices the newest last
   * @param most how many notices to show
   */
  static List<Line> of(Display display, JsonNode snapshot, List<JsonNode> notices, int most) {
    Frame frame = new Frame(display, snapshot.path("sections"));
    frame.head();
    frame.attention();
    frame.queues();
    frame.control();
    frame.chips("breakers", frame.breakers());
    frame.chips("domains", frame.domains());
    frame.collector();
    frame.notices(notices, most);
    return frame.lines;
  }

  private long whole(String pointer) {
    return sections.at(pointer).asLong(0);
  }

  private double number(String pointer) {
    return sections.at(pointer).asDouble(0);
  }

  private String text(String pointer) {
    return sections.at(pointer).asString("");
  }

  private void head() {
    String status = text("/status/status");
    Tone tone =
        switch (status) {
          case "healthy" -> Tone.GO;
          case "degraded" -> Tone.UNSURE;
          default -> Tone.NO_GO;
        };
    lines.add(
        new Line()
            .add(" " + text("/server/name") + " " + text("/server/version"))
            .add(
                " · "
                    + text("/server/state")
                    + " · up "
                    + Numbers.seconds(whole("/server/uptime_s")))
            .add(" · ")
            .add(status, tone));
    lines.add(
        label("load")
            .add(Numbers.count(whole("/status/sessions/count")) + " sessions")
            .add(" · " + Numbers.count(whole("/status/connections/count")) + " connections")
            .add(" · " + Numbers.small(number("/status/throughput_msg_per_s")) + " messages/s"));
    lines.add(requests());
    lines.add(
        label("process")
            .add("heap " + Numbers.small(number("/resources/memory/percent")) + " %", memory())
            .add(" · " + Numbers.small(number("/resources/memory/rss_mb")) + " MB resident")
            .add(
                " · descriptors " + Numbers.small(number("/resources/files/percent")) + " %",
                files())
            .add(" · " + whole("/resources/threads") + " threads"));
  }

  private Tone memory() {
    return text("/resources/memory/level").equals("normal") ? Tone.PLAIN : Tone.UNSURE;
  }

  private Tone files() {
    return text("/resources/files/level").equals("normal") ? Tone.PLAIN : Tone.UNSURE;
  }

  private Line requests() {
    Line line = label("requests");
    if (whole("/traffic/latency_ms/count") == 0) {
      line.add("none lately", Tone.QUIET);
    } else {
      line.add("p50 " + Numbers.millis(number("/traffic/latency_ms/p50")))
          .add(" · p95 " + Numbers.millis(number("/traffic/latency_ms/p95")))
          .add(" · p99 " + Numbers.millis(number("/traffic/latency_ms/p99")));
    }
    line.add(" · " + Numbers.count(whole("/traffic/requests/ok")) + " ok");
    long refused = whole("/traffic/requests/refused");
    long failed = whole("/traffic/requests/server_error");
    line.add(" · " + Numbers.count(refused) + " refused", refused > 0 ? Tone.UNSURE : Tone.PLAIN);
    return line.add(" · " + Numbers.count(failed) + " failed", failed > 0 ? Tone.BAD : Tone.PLAIN);
  }

  private static Line label(String text) {
    return new Line().add(" ").pad(text, LABEL, Tone.QUIET);
  }

  private void attention() {
    List<Attention> found = Attention.of(sections);
    if (found.isEmpty()) {
      lines.add(label("attention").add("nothing", Tone.QUIET));
    }
    for (Attention one : found) {
      lines.add(
          label("attention")
              .pad(
                  one.critical() ? "critical" : "warning",
                  NUMBER,
                  one.critical() ? Tone.BAD : Tone.UNSURE)
              .add(one.text()));
    }
  }

  private void queues() {
    int cells = Math.clamp(display.columns() - FIXED, MIN_BAR, MAX_BAR);
    lines.add(new Line());
    lines.add(
        new Line()
            .add(" ")
            .pad("queues", NAME + cells + 1, Tone.QUIET)
            .right("held", NUMBER, Tone.QUIET)
            .right("of", NUMBER, Tone.QUIET)
            .right("peak", NUMBER, Tone.QUIET)
            .right("refused", NUMBER, Tone.QUIET));
    for (JsonNode queue : sections.at("/queues/queues")) {
      double used = queue.path("utilization").asDouble(0);
      Tone tone =
          switch (QueueLevel.of(sections.path("queues"), queue)) {
            case CLEAR -> Tone.PLAIN;
            case WARNING -> Tone.UNSURE;
            case CRITICAL -> Tone.BAD;
          };
      int full = (int) Math.clamp(Math.ceil(used * cells / PERCENT), 0, cells);
      long rejected = queue.path("rejected").asLong(0);
      lines.add(
          new Line()
              .add(" ")
              .pad(queue.path("role").asString(""), NAME, Tone.PLAIN)
              .add(display.glyphs().full().repeat(full), tone)
              .add(display.glyphs().empty().repeat(cells - full), Tone.QUIET)
              .add(" ")
              .right(Numbers.count(queue.path("depth").asLong(0)), NUMBER, tone)
              .right(Numbers.count(queue.path("limit").asLong(0)), NUMBER, Tone.PLAIN)
              .right(Numbers.count(queue.path("max").asLong(0)), NUMBER, Tone.PLAIN)
              .right(Numbers.count(rejected), NUMBER, rejected > 0 ? Tone.UNSURE : Tone.PLAIN));
    }
  }

  private void control() {
    lines.add(new Line());
    Line head = new Line().add(" ").pad("control", NAME, Tone.QUIET);
    for (String column : List.of("p50", "p95", "p99", "objective", "delivered", "late")) {
      head.right(column, NUMBER, Tone.QUIET);
    }
    lines.add(head);
    for (JsonNode type : sections.at("/control/by_type")) {
      JsonNode lately = type.path("dispatch_last_minute");
      boolean measured = lately.path("count").asLong(0) > 0;
      double objective = type.path("objective_us").asDouble(0);
      Line line =
          new Line()
              .add(" ")
              .pad(type.path("type").asString("").replace('_', ' '), NAME, Tone.PLAIN);
      for (String percentile : List.of("p50_us", "p95_us", "p99_us")) {
        double value = lately.path(percentile).asDouble(0);
        line.right(
            measured ? Numbers.micros(value) : "-",
            NUMBER,
            measured && value > objective ? Tone.BAD : Tone.PLAIN);
      }
      long late = type.path("slo_violations").asLong(0);
      lines.add(
          line.right(Numbers.micros(objective), NUMBER, Tone.QUIET)
              .right(Numbers.count(type.path("delivered").asLong(0)), NUMBER, Tone.PLAIN)
              .right(Numbers.count(late), NUMBER, late > 0 ? Tone.UNSURE : Tone.PLAIN));
    }
    lines.add(new Line());
  }

  /** Everything in its usual state is a number; everything else is named. */
  private record Chips(Map<String, Integer> usual, List<String> unusual) {}

  private Chips breakers() {
    Map<String, Integer> usual = new TreeMap<>();
    List<String> unusual = new ArrayList<>();
    for (JsonNode breaker : sections.at("/breakers/breakers")) {
      String state = breaker.path("state").asString("").replace('_', ' ');
      if (state.equals("closed")) {
        usual.merge(state, 1, Integer::sum);
      } else {
        unusual.add(breaker.path("name").asString("") + " " + state);
      }
    }
    return new Chips(usual, unusual);
  }

  private Chips domains() {
    Map<String, Integer> usual = new TreeMap<>();
    List<String> unusual = new ArrayList<>();
    for (JsonNode domain : sections.path("domains")) {
      String state = domain.path("state").asString("").replace('_', ' ');
      if (state.equals("running")) {
        usual.merge(state, 1, Integer::sum);
      } else {
        unusual.add(domain.path("bulkhead_id").asString("") + " " + state);
      }
    }
    return new Chips(usual, unusual);
  }

  private void chips(String name, Chips chips) {
    Line line = label(name);
    String before = "";
    for (String one : chips.unusual()) {
      line.add(before).add(one, Tone.BAD);
      before = " · ";
    }
    for (Map.Entry<String, Integer> usual : chips.usual().entrySet()) {
      line.add(before + usual.getValue() + " " + usual.getKey());
      before = " · ";
    }
    lines.add(line);
  }

  private void collector() {
    Line line = label("collector");
    if (!sections.at("/resources/gc/observed").asBoolean(false)) {
      lines.add(line.add("pauses are not observed", Tone.QUIET));
      return;
    }
    long alerts = whole("/resources/gc/alerts");
    lines.add(
        line.add(Numbers.count(whole("/resources/gc/pauses")) + " pauses")
            .add(" · p99 " + Numbers.millis(number("/resources/gc/p99_ms")))
            .add(" · longest " + Numbers.millis(number("/resources/gc/max_ms")))
            .add(" · ")
            .add(
                alerts + " beyond " + Numbers.millis(number("/resources/gc/alert_ms")),
                alerts > 0 ? Tone.UNSURE : Tone.PLAIN));
  }

  private void notices(List<JsonNode> notices, int most) {
    for (JsonNode notice : notices.subList(Math.max(0, notices.size() - most), notices.size())) {
      String at = notice.path("at").asString("");
      String severity = notice.path("severity").asString("");
      Tone tone =
          switch (severity) {
            case "critical" -> Tone.BAD;
            case "warning" -> Tone.UNSURE;
            default -> Tone.QUIET;
          };
      lines.add(
          label("notice")
              .add(
                  (at.length() < TIME_ENDS ? at : at.substring(TIME_BEGINS, TIME_ENDS)) + " ",
                  Tone.QUIET)
              .pad(severity, NUMBER, tone)
              .add(notice.path("text").asString("")));
    }
  }
}
