package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.MessageShapes;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Requires;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Rules on listed tools and on results of tools of the page {@code 2025-11-25/server/tools}. */
public final class ListedToolRules {
  private static final int MAX_NAME = 128;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]*");
  private static final String CALL = "tools/call";
  private static final Requires TOOLS = Probes.HANDSHAKE.capability("tools");
  private static final Requires NAMES = TOOLS.since("2025-11-25");
  private static final Requires STRUCTURED = TOOLS.since("2025-06-18");

  private ListedToolRules() {}

  /** The sections' rules. */
  public static List<Rule> rules() {
    return List.of(
        over("TOOL-005", NAMES, ListedToolRules::namesDiffer),
        over(
            "TOOL-011",
            NAMES,
            new EveryPiece(
                ListedToolRules::names,
                name ->
                    EveryPiece.when(
                        isTooLong(name), "A tool's name has " + length(name) + " characters."),
                "a listed tool",
                "A tool's name has 1 to 128 characters.",
                "Give the tool a shorter name, and its words to title and description.")),
        over(
            "TOOL-013",
            NAMES,
            new EveryPiece(
                ListedToolRules::names,
                name ->
                    EveryPiece.when(
                        !NAME.matcher(name.asString("")).matches(),
                        "A tool's name has characters beyond letters, digits, underscore, hyphen and dot."),
                "a listed tool",
                "A tool's name consists of ASCII letters, digits, underscore, hyphen and dot.",
                "Rename the tool; what people read belongs to title.")),
        over("TOOL-015", STRUCTURED, ListedToolRules::embedsWhatItOffers),
        over(
            "TOOL-016",
            STRUCTURED,
            new EveryPiece(
                recording ->
                    Heard.results(recording, CALL)
                        .filter(h -> h.node().path("structuredContent").isObject())
                        .filter(h -> !h.node().path("isError").asBoolean(false)),
                result ->
                    EveryPiece.when(
                        !hasText(result),
                        "A result with structured content does not have it as JSON in a text."),
                "a tool whose result has structured content",
                "A result with structured content also has the same as JSON in a text content.",
                "Add {\"type\":\"text\"} with the JSON of structuredContent to content.")));
  }

  private static Rule over(String clause, Requires requires, Function<Recording, Verdict> judge) {
    return new Rule(clause, Probes.ANY, requires, MessageShapes.SCRIPT, judge);
  }

  private static Stream<Heard> names(Recording recording) {
    return Heard.entries(recording, "tools/list", "tools")
        .flatMap(tool -> tool.below("name"))
        .filter(name -> name.node().isString());
  }

  private static int length(JsonNode name) {
    String text = name.asString("");
    return text.codePointCount(0, text.length());
  }

  private static boolean isTooLong(JsonNode name) {
    return length(name) < 1 || length(name) > MAX_NAME;
  }

  private static Verdict namesDiffer(Recording recording) {
    Examination examination = new Examination(recording);
    if (!examination.served(Probes.LAWFUL)) {
      return examination.verdict();
    }
    Set<JsonNode> seen = new HashSet<>();
    names(recording)
        .forEach(
            name -> {
              if (seen.add(name.node())) {
                examination.kept();
                return;
              }
              examination.broken(
                  name.exchange(),
                  "Two tools have the name " + name.node().asString("") + ".",
                  "No two tools of a server share a name.",
                  name.node() + " is listed more than once.",
                  "Rename one of them, or list the tool once only.");
            });
    if (seen.isEmpty()) {
      examination.unseen("the target gave no occasion: a listed tool");
    }
    return examination.verdict();
  }

  private static boolean hasText(JsonNode result) {
    JsonNode structured = result.path("structuredContent");
    return result
        .path("content")
        .valueStream()
        .filter(content -> content.path("type").asString("").equals("text"))
        .flatMap(content -> Messages.parse(content.path("text").asString("")).stream())
        .anyMatch(json -> JsonNumbers.same(json, structured));
  }

  private static Verdict embedsWhatItOffers(Recording recording) {
    boolean offers =
        recording
            .exchange("initialize")
            .flatMap(Exchange::result)
            .filter(result -> result.path("capabilities").has("resources"))
            .isPresent();
    return new EveryPiece(
            all ->
                Heard.entries(all, CALL, "content")
                    .filter(h -> h.node().path("type").asString("").equals("resource")),
            content ->
                offers
                    ? Optional.empty()
                    : Optional.of(
                        "A tool gives an embedded resource, and the server declares no resources."),
            "a tool whose result embeds a resource",
            "A server whose tools give embedded resources declares the capability resources.",
            "Declare resources, and serve what the tools embed, or give plain text.")
        .apply(recording);
  }
}
