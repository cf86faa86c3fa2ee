package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.JsonSchemas;
import dev.plumbline.conformance.rule.MessageShapes;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Requires;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Rules of the sections on {@code _meta} and on JSON Schema of {@code 2025-11-25/basic}. */
public final class MetaRules {
  private static final Requires META = Probes.HANDSHAKE.since("2025-06-18");
  private static final Requires SCHEMAS = Probes.HANDSHAKE.since("2025-11-25").capability("tools");
  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
  private static final Pattern LABEL = Pattern.compile("[A-Za-z]([A-Za-z0-9-]*[A-Za-z0-9])?");
  private static final Pattern NAME =
      Pattern.compile("([A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?)?");
  private static final String KEYS = "a _meta object with a key";
  private static final String KEY_FIX =
      "Name the key like com.example/name: labels of letters, digits and hyphens with dots between"
          + " them, one slash, a name.";

  private MetaRules() {}

  /** The sections' rules. */
  public static List<Rule> rules() {
    return List.of(
        over(
            "BASE-016",
            SCHEMAS,
            new EveryPiece(
                MetaRules::toolSchemas,
                schema ->
                    EveryPiece.when(
                        !JsonSchemas.dialect(schema).equals(DIALECT),
                        "A schema is written in the dialect " + JsonSchemas.dialect(schema) + "."),
                "a tool with a schema",
                "Schemas are best written in JSON Schema 2020-12.",
                "Leave $schema away, or name " + DIALECT + ".")),
        over(
            "BASE-021",
            SCHEMAS,
            new EveryPiece(
                recording ->
                    Stream.concat(toolSchemas(recording), requestedSchemas(recording))
                        .filter(h -> JsonSchemas.isKnown(JsonSchemas.dialect(h.node()))),
                schema ->
                    JsonSchemas.defect(schema)
                        .map(
                            problem ->
                                "A schema is not valid in its own dialect: " + problem + "."),
                "a schema in a dialect we know",
                "Every schema is valid by the dialect it names, or by 2020-12 when it names none.",
                "Check the schema against the meta-schema of its dialect.")),
        over(
            "BASE-023",
            META,
            keys(
                key ->
                    EveryPiece.when(
                        slashes(key) > 1 || key.startsWith("/"),
                        "The _meta key " + key + " has no lawful prefix."),
                "A key of _meta has at most one slash, with labels joined by dots before it.")),
        over(
            "BASE-024",
            META,
            keys(
                key ->
                    EveryPiece.when(
                        slashes(key) == 1 && !labels(key),
                        "The _meta key " + key + " has a prefix with a label that is none."),
                "A label starts with a letter, ends with a letter or digit, and holds only these and"
                    + " hyphens.")),
        over(
            "BASE-026",
            META,
            keys(
                key ->
                    EveryPiece.when(
                        slashes(key) <= 1
                            && !NAME.matcher(key.substring(key.indexOf('/') + 1)).matches(),
                        "The _meta key " + key + " has a name that is none."),
                "The name in a key of _meta is empty, or begins and ends with a letter or digit and"
                    + " holds hyphens, underscores and dots besides.")));
  }

  private static Rule over(String clause, Requires requires, Function<Recording, Verdict> judge) {
    return new Rule(clause, Probes.ANY, requires, MessageShapes.SCRIPT, judge);
  }

  /** Every schema of a listed tool; one that is no object is another clause's business. */
  private static Stream<Heard> toolSchemas(Recording recording) {
    return Heard.entries(recording, "tools/list", "tools")
        .flatMap(tool -> Stream.concat(tool.below("inputSchema"), tool.below("outputSchema")))
        .filter(schema -> schema.node().isObject());
  }

  private static Stream<Heard> requestedSchemas(Recording recording) {
    return Heard.params(recording, "elicitation/create")
        .flatMap(params -> params.below("requestedSchema"))
        .filter(schema -> schema.node().isObject());
  }

  private static EveryPiece keys(Function<String, Optional<String>> defect, String expected) {
    return new EveryPiece(
        MetaRules::metaKeys, key -> defect.apply(key.asString("")), KEYS, expected, KEY_FIX);
  }

  private static Stream<Heard> metaKeys(Recording recording) {
    return Heard.messages(recording)
        .flatMap(Heard::deep)
        .filter(h -> h.node().isObject())
        .flatMap(h -> h.below("_meta"))
        .filter(h -> h.node().isObject())
        .flatMap(
            h -> h.node().propertyNames().stream().map(key -> new Heard(h.exchange(), text(key))));
  }

  private static JsonNode text(String key) {
    return Messages.NODES.stringNode(key);
  }

  private static long slashes(String key) {
    return key.chars().filter(c -> c == '/').count();
  }

  private static boolean labels(String key) {
    String prefix = key.substring(0, key.indexOf('/'));
    return Stream.of(prefix.split("\\.", -1)).allMatch(label -> LABEL.matcher(label).matches());
  }
}
