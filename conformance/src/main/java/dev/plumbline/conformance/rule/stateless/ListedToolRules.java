package dev.plumbline.conformance.rule.stateless;

import static dev.plumbline.conformance.rule.stateless.MessageRules.walk;
import static dev.plumbline.conformance.rule.stateless.MessageRules.when;

import dev.plumbline.conformance.rule.Every;
import dev.plumbline.conformance.rule.Every.Subject;
import dev.plumbline.conformance.rule.JsonSchemas;
import dev.plumbline.conformance.rule.MessageShapes;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Seen;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Rules of the page {@code 2026-07-28/server/tools} on what a list of tools says, and those of the
 * page on Streamable HTTP that ask the same.
 */
public final class ListedToolRules {
  private static final String TOOLS = "tools";
  private static final String NONE = "no tool is listed";
  private static final String HEADER = "x-mcp-header";
  private static final String NO_HEADER = "no listed tool has an x-mcp-header";
  private static final int MAX_NAME = 128;
  private static final int MAX_DEPTH = 32;

  /** RFC 9110 §5.6.2. */
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9_.-]*");
  private static final Set<String> MIRRORED = Set.of("integer", "string", "boolean");
  private static final Pattern SECRET =
      Pattern.compile("passw(or)?d|secret|token|api[_-]?key|credential");

  /** 2^53 - 1, as JSON numbers are read by everyone. */
  private static final BigInteger MOST = BigInteger.TWO.pow(53).subtract(BigInteger.ONE);

  private ListedToolRules() {}

  /** The page's rules on listed tools. */
  public static List<Rule> rules() {
    return List.of(
        walk("TOOL-504", TOOLS, inputSchema()),
        walk("TOOL-514", TOOLS, length()),
        walk("TOOL-516", TOOLS, characters()),
        walk("TOOL-517", TOOLS, separators()),
        walk("TOOL-518", TOOLS, ListedToolRules::unique),
        header("TOOL-533", notEmpty()),
        header("TOOL-534", token()),
        header("TOOL-535", noControls()),
        header("TOOL-536", ListedToolRules::distinct),
        header("TOOL-537", scalar()),
        header("TOOL-538", safeRange()),
        header("TOOL-539", reachable()),
        header("TOOL-540", noSecret()),
        new Rule("TRAN-564", Probes.HTTP, Probes.STATELESS, MessageShapes.SCRIPT, reachable()),
        new Rule("TRAN-565", Probes.HTTP, Probes.STATELESS, MessageShapes.SCRIPT, reachable()));
  }

  private static Rule header(String clause, Function<Recording, Verdict> judge) {
    return new Rule(
        clause, Probes.HTTP, Probes.STATELESS.capability(TOOLS), MessageShapes.SCRIPT, judge);
  }

  private static String name(Subject tool) {
    return tool.node().path("name").asString("");
  }

  private static Function<Recording, Verdict> inputSchema() {
    return Every.of(Seen::tools, NONE)
        .judge(
            s -> {
              JsonNode schema = s.node().path("inputSchema");
              boolean object =
                  schema.isObject() && schema.path("type").asString("").equals("object");
              return when(!object, "has an inputSchema whose type is not object")
                  .or(() -> JsonSchemas.defect(schema).map(d -> "has a bad inputSchema: " + d));
            },
            "The inputSchema of every tool is a valid JSON Schema whose type is object.",
            "A tool without parameters has the inputSchema {\"type\": \"object\"}.");
  }

  private static Function<Recording, Verdict> length() {
    return Every.of(Seen::tools, NONE)
        .judge(
            s -> {
              int length = name(s).codePointCount(0, name(s).length());
              return when(
                  length < 1 || length > MAX_NAME, "has a name of " + length + " characters");
            },
            "A tool name has 1 to 128 characters.",
            "Shorten the name; what it does belongs into title and description.");
  }

  private static Function<Recording, Verdict> characters() {
    return Every.of(Seen::tools, NONE)
        .judge(
            s -> when(!ALLOWED.matcher(name(s)).matches(), "has a character that names lack"),
            "A tool name consists of ASCII letters, digits, underscore, hyphen and dot.",
            "Rename the tool; title may hold any text.");
  }

  private static Function<Recording, Verdict> separators() {
    return Every.of(Seen::tools, NONE)
        .judge(
            s ->
                when(
                    name(s)
                        .chars()
                        .anyMatch(c -> Character.isWhitespace(c) || ",;:/".indexOf(c) >= 0),
                    "has a space, a comma or the like in its name"),
            "A tool name is free of spaces, commas and other special characters.",
            "Use an underscore, a hyphen or a dot instead.");
  }

  private static Verdict unique(Recording recording) {
    Set<String> names = new HashSet<>();
    return Every.of(Seen::tools, NONE)
        .judge(
            s -> when(!names.add(name(s)), "is listed twice"),
            "Tool names are unique within a server.",
            "Rename one of the two, or list it once over all pages.")
        .apply(recording);
  }

  // --- headers -----------------------------------------------------------------------------------

  /** A property with an annotation; its node holds the path as {@code at}, schema as {@code it}. */
  private static Stream<Subject> annotated(Recording recording) {
    return Seen.tools(recording)
        .flatMap(
            tool -> {
              List<Subject> found = new ArrayList<>();
              collect(tool, tool.node().path("inputSchema"), "", 0, found);
              return found.stream();
            });
  }

  private static void collect(
      Subject tool, JsonNode node, String path, int depth, List<Subject> found) {
    if (depth > MAX_DEPTH || !node.isContainer()) {
      return;
    }
    if (node.isObject() && node.has(HEADER) && !path.endsWith("/properties")) {
      found.add(
          new Subject(
              tool.exchange(),
              "The x-mcp-header of " + name(tool) + " at " + path,
              Messages.object().put("at", path).set("it", node)));
    }
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        collect(tool, node.get(i), path + "/" + i, depth + 1, found);
      }
    }
    node.properties()
        .forEach(e -> collect(tool, e.getValue(), path + "/" + e.getKey(), depth + 1, found));
  }

  private static JsonNode it(Subject subject) {
    return subject.node().path("it");
  }

  private static String value(Subject subject) {
    return it(subject).path(HEADER).asString("");
  }

  private static Function<Recording, Verdict> notEmpty() {
    return Every.of(ListedToolRules::annotated, NO_HEADER)
        .judge(
            s ->
                when(!it(s).path(HEADER).isString() || value(s).isEmpty(), "is empty or no string"),
            "x-mcp-header is a string of at least one character.",
            "Name the header, or leave the annotation out.");
  }

  private static Function<Recording, Verdict> token() {
    return Every.of(ListedToolRules::annotated, NO_HEADER)
        .judge(
            s ->
                when(
                    !value(s).isEmpty() && !TOKEN.matcher(value(s)).matches(),
                    "is no HTTP field name"),
            "x-mcp-header is a token of RFC 9110.",
            "Use letters, digits and hyphens.");
  }

  private static Function<Recording, Verdict> noControls() {
    return Every.of(ListedToolRules::annotated, NO_HEADER)
        .judge(
            s ->
                when(
                    value(s).chars().anyMatch(c -> c < 0x20 || c == 0x7f),
                    "has a control character"),
            "x-mcp-header has no control characters, no CR and no LF.",
            "Remove them: they would split the request.");
  }

  private static Verdict distinct(Recording recording) {
    Set<String> known = new HashSet<>();
    return Every.of(ListedToolRules::annotated, NO_HEADER)
        .judge(
            s -> {
              String tool = s.name().substring(0, s.name().indexOf(" at "));
              String key = tool + " " + value(s).toLowerCase(Locale.ROOT);
              return when(!known.add(key), "is " + value(s) + ", as another of the same tool");
            },
            "The header names of one tool differ in more than case.",
            "Give each mirrored parameter a header of its own.")
        .apply(recording);
  }

  private static Function<Recording, Verdict> scalar() {
    return Every.of(ListedToolRules::annotated, NO_HEADER)
        .judge(
            s ->
                when(
                    !MIRRORED.contains(it(s).path("type").asString("")),
                    "is on a parameter of type " + it(s).path("type")),
            "Only parameters of type integer, string or boolean are mirrored.",
            "Remove the annotation from parameters of other types, number included.");
  }

  private static Function<Recording, Verdict> safeRange() {
    return Every.of(ListedToolRules::annotated, NO_HEADER)
        .judge(
            s ->
                Stream.concat(
                        Stream.of("minimum", "maximum", "const", "default").map(it(s)::path),
                        it(s).path("enum").valueStream())
                    .filter(n -> it(s).path("type").asString("").equals("integer"))
                    .filter(JsonNode::isIntegralNumber)
                    .filter(n -> n.bigIntegerValue().abs().compareTo(MOST) > 0)
                    .findFirst()
                    .map(n -> "allows " + n),
            "Mirrored integers lie between -(2^53-1) and 2^53-1.",
            "Bound the parameter with minimum and maximum, or do not mirror it.");
  }

  private static Function<Recording, Verdict> reachable() {
    return Every.of(ListedToolRules::annotated, NO_HEADER)
        .judge(
            s -> {
              String path = s.node().path("at").asString("");
              return when(!path.matches("(/properties/[^/]+)+"), "is not below properties alone");
            },
            "Only parameters that are reached from the root by properties alone are mirrored, none"
                + " below arrays, combinations, conditions or references.",
            "Move the parameter to the top, or do not mirror it.");
  }

  private static Function<Recording, Verdict> noSecret() {
    return Every.of(ListedToolRules::annotated, NO_HEADER)
        .judge(
            s -> {
              String path = s.node().path("at").asString("").toLowerCase(Locale.ROOT);
              String last = path.substring(path.lastIndexOf('/') + 1);
              boolean secret =
                  SECRET.matcher(last).find()
                      || it(s).path("format").asString("").equals("password");
              return when(secret, "mirrors what looks like a secret");
            },
            "Secrets are not mirrored: headers are logged by much that lies between.",
            "Remove the annotation from this parameter.");
  }
}
