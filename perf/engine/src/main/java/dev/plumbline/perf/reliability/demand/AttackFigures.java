package dev.plumbline.perf.reliability.demand;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Judges what came back to each attack. An attack is blocked when every answer to it, in each era
 * and by each method, is the error it must be, says nothing of the secret, has nothing in its head
 * that the attack put there, and the next lawful request was served.
 */
final class AttackFigures {
  /** A corpus of attacks, and what it is called. */
  enum Kind {
    /** Paths that lead out. */
    TRAVERSAL("traversal attacks"),
    /** Line ends in heads. */
    HEADERS("header injections"),
    /** Look-alikes. */
    LOOK_ALIKES("look-alike attacks"),
    /** Files elsewhere. */
    FILES("attacks on files elsewhere");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** How many were blocked. */
    String blocked() {
      return text + " blocked";
    }

    /** How many got through in any way. */
    String through() {
      return text + " not blocked";
    }

    private String corpus() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  static final String SECRETS = "answers that held the secret";
  static final String REFUSED = "lawful requests refused";
  static final String LAWFUL = "lawful requests of their own kind";
  static final String CRASHES = "crashes of the parser";
  static final String UNSTABLE = "forms that are not their own";
  static final String INPUTS = "random inputs";
  static final String PARSE = "parsing, p99 in the median of batches";

  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int FIELDS_TOO_LARGE = 431;
  private static final int SERVER_ERROR = 500;
  private static final int INVALID_PARAMS = -32602;
  private static final int RESOURCE_NOT_FOUND = -32002;

  private AttackFigures() {}

  static Figures of(List<JsonNode> lines) {
    Figures figures = new Figures();
    for (Kind kind : Kind.values()) {
      List<JsonNode> answers = of(lines, kind.corpus());
      Set<String> tried = ids(answers);
      Set<String> through = ids(answers.stream().filter(line -> !blocked(line)).toList());
      figures
          .count(kind.blocked(), tried.size() - through.size(), answers.size())
          .count(kind.through(), through.size(), answers.size());
    }
    List<JsonNode> answers = lines.stream().filter(line -> line.has("corpus")).toList();
    figures.count(
        SECRETS,
        answers.stream().filter(line -> line.path("secret").asBoolean(true)).count(),
        answers.size());
    List<JsonNode> lawful = new ArrayList<>(of(lines, "lawful"));
    lawful.addAll(of(lines, "lawful-heads"));
    figures
        .count(
            REFUSED,
            lawful.stream().filter(line -> !line.path("served").asBoolean(false)).count(),
            lawful.size())
        .count(LAWFUL, ids(lawful).size(), lawful.size());
    for (JsonNode line : lines) {
      if (line.has("fuzz")) {
        fuzz(line, figures);
      }
    }
    return figures;
  }

  private static void fuzz(JsonNode line, Figures figures) {
    long inputs = line.path("inputs").asLong(0);
    figures
        .count(INPUTS, inputs, inputs)
        .add(CRASHES, line.path("crashes").asDouble(Double.NaN), "1", inputs)
        .add(UNSTABLE, line.path("unstable").asDouble(Double.NaN), "1", inputs)
        .add(PARSE, line.path("p99Us").asDouble(Double.NaN), "µs", inputs)
        .add("parsing of 8,192 bytes", line.path("longestUs").asDouble(Double.NaN), "µs", inputs)
        .add("parsing, median", line.path("medianUs").asDouble(Double.NaN), "µs", inputs);
  }

  private static List<JsonNode> of(List<JsonNode> lines, String corpus) {
    return lines.stream().filter(line -> line.path("corpus").asString("").equals(corpus)).toList();
  }

  private static Set<String> ids(List<JsonNode> lines) {
    Set<String> ids = new HashSet<>();
    lines.forEach(line -> ids.add(line.path("id").asString("")));
    return ids;
  }

  private static boolean blocked(JsonNode line) {
    return error(line)
        && !line.path("served").asBoolean(true)
        && !line.path("secret").asBoolean(true)
        && !line.path("injected").asBoolean(true)
        && line.path("after").asBoolean(false);
  }

  /** Whether it is the error that it must be. */
  private static boolean error(JsonNode line) {
    int status = line.path("status").asInt(0);
    int code = line.path("code").asInt(0);
    if (line.path("by").asString("").equals("head")) {
      return status >= BAD_REQUEST && status < SERVER_ERROR && code != 0;
    }
    boolean stateless = line.path("era").asString("").equals("stateless");
    // 2026-07-28 leaves the status of a lawful request's error open.
    boolean answered = stateless || status == OK;
    return switch (line.path("expected").asString("")) {
      case "refused" -> answered && code == INVALID_PARAMS;
      case "too-long" -> (answered && code == INVALID_PARAMS) || status == FIELDS_TOO_LARGE;
      case "absent" -> answered && code == (stateless ? INVALID_PARAMS : RESOURCE_NOT_FOUND);
      default -> false;
    };
  }
}
