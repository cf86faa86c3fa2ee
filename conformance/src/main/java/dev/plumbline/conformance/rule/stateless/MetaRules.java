package dev.plumbline.conformance.rule.stateless;

import static dev.plumbline.conformance.rule.stateless.MessageRules.walk;
import static dev.plumbline.conformance.rule.stateless.MessageRules.when;

import dev.plumbline.conformance.rule.Every;
import dev.plumbline.conformance.rule.Every.Subject;
import dev.plumbline.conformance.rule.JsonSchemas;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Seen;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Rules of the page {@code 2026-07-28/basic} on {@code _meta} and on JSON Schema. */
public final class MetaRules {
  private static final String SERVER_INFO = "io.modelcontextprotocol/serverInfo";
  private static final String NO_KEY = "no _meta with a key came";
  private static final String NO_PREFIX = "no _meta key with a prefix came";
  private static final String NO_SCHEMA = "no tool with a schema is listed";
  private static final String DRAFT_2020_12 = "https://json-schema.org/draft/2020-12/schema";

  private static final Predicate<String> LABEL =
      Pattern.compile("[A-Za-z]([A-Za-z0-9-]*[A-Za-z0-9])?").asMatchPredicate();
  private static final Predicate<String> NAME =
      Pattern.compile("([A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?)?").asMatchPredicate();

  /** W3C Trace Context §3.2, §3.3; W3C Baggage §3.3. */
  private static final Map<String, Predicate<String>> TRACE =
      Map.of(
          "traceparent",
          Pattern.compile(
                  "(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}.*")
              .asMatchPredicate(),
          "tracestate",
          Pattern.compile("[\\x20-\\x7e\\t]*=[\\x20-\\x7e\\t]*").asMatchPredicate(),
          "baggage",
          Pattern.compile("[\\x20-\\x7e\\t]*=[\\x20-\\x7e\\t]*").asMatchPredicate());

  private MetaRules() {}

  /** The page's rules on metadata and schemas. */
  public static List<Rule> rules() {
    return List.of(
        walk("BASE-545", prefix()),
        walk("BASE-546", labels()),
        walk("BASE-548", names()),
        walk("BASE-507", serverInfo()),
        walk("BASE-556", traces()),
        walk("BASE-534", dialect()),
        walk("BASE-536", validSchema()),
        walk("BASE-539", validSchema()),
        walk("BASE-540", noForeignReference()));
  }

  private static Stream<Subject> keys(Recording recording) {
    return Seen.metas(recording)
        .flatMap(
            s ->
                s.node().properties().stream()
                    .map(e -> new Subject(s.exchange(), "The _meta key " + e.getKey(), s.node())));
  }

  private static String key(Subject subject) {
    return subject.name().substring("The _meta key ".length());
  }

  private static Stream<Subject> prefixed(Recording recording) {
    return keys(recording).filter(s -> key(s).contains("/"));
  }

  private static Function<Recording, Verdict> prefix() {
    return Every.of(MetaRules::prefixed, NO_PREFIX)
        .judge(
            s -> {
              String key = key(s);
              String prefix = key.substring(0, key.indexOf('/'));
              return when(
                  prefix.isEmpty()
                      || prefix.startsWith(".")
                      || prefix.endsWith(".")
                      || prefix.contains("..")
                      || key.indexOf('/') != key.lastIndexOf('/'),
                  "has a prefix that is no series of labels with one slash at its end");
            },
            "The prefix of a _meta key is labels joined by dots, and one slash.",
            "Use a prefix such as com.example/ in front of the name.");
  }

  private static Function<Recording, Verdict> labels() {
    return Every.of(MetaRules::prefixed, NO_PREFIX)
        .judge(
            s -> {
              String prefix = key(s).substring(0, key(s).indexOf('/'));
              return Stream.of(prefix.split("\\.", -1))
                  .filter(label -> !label.isEmpty() && !LABEL.test(label))
                  .findFirst()
                  .map(label -> "has the label " + label + ", which is none");
            },
            "A label of a prefix begins with a letter, ends with a letter or digit and has letters,"
                + " digits and hyphens between.",
            "Correct the prefix; a reversed domain name always fits.");
  }

  private static Function<Recording, Verdict> names() {
    return Every.of(MetaRules::keys, NO_KEY)
        .judge(
            s ->
                when(
                    !NAME.test(key(s).substring(key(s).lastIndexOf('/') + 1)),
                    "has a name that does not begin and end with a letter or digit"),
            "The name in a _meta key begins and ends with a letter or digit; between stand these,"
                + " hyphens, underscores and dots.",
            "Rename the key.");
  }

  private static Function<Recording, Verdict> serverInfo() {
    return Every.of(Seen::results, "no request was served")
        .judge(
            s -> {
              JsonNode info = s.node().path("_meta").path(SERVER_INFO);
              return when(
                  info.path("name").asString("").isEmpty()
                      || info.path("version").asString("").isEmpty(),
                  "does not name the server in _meta");
            },
            "Every result should carry " + SERVER_INFO + " in _meta, with name and version.",
            "Add " + SERVER_INFO + " to the _meta of every result.");
  }

  private static Function<Recording, Verdict> traces() {
    return Every.of(Seen::metas, "no _meta came")
        .judge(
            s ->
                TRACE.entrySet().stream()
                    .filter(field -> s.node().has(field.getKey()))
                    .filter(
                        field ->
                            !s.node().path(field.getKey()).isString()
                                || !field
                                    .getValue()
                                    .test(s.node().path(field.getKey()).stringValue()))
                    .findFirst()
                    .map(field -> "has a malformed " + field.getKey()),
            "traceparent, tracestate and baggage in _meta have the forms of the W3C"
                + " recommendations.",
            "Write the trace context as W3C Trace Context has it, or leave it out.");
  }

  // --- JSON Schema -------------------------------------------------------------------------------

  private static Function<Recording, Verdict> dialect() {
    return Every.of(Seen::schemas, NO_SCHEMA)
        .judge(
            s ->
                when(
                    !JsonSchemas.dialect(s.node()).equals(DRAFT_2020_12),
                    "is written in " + JsonSchemas.dialect(s.node())),
            "Schemas should be written in JSON Schema 2020-12.",
            "Leave $schema out, or name " + DRAFT_2020_12 + ", and use the keywords of 2020-12.");
  }

  static Function<Recording, Verdict> validSchema() {
    return Every.of(Seen::schemas, NO_SCHEMA)
        .judge(
            s -> JsonSchemas.defect(s.node()).map(defect -> "is not valid: " + defect),
            "Every schema is valid in the dialect it names, or in 2020-12 when it names none.",
            "Validate the schema against the meta-schema of its dialect and correct it.");
  }

  private static Function<Recording, Verdict> noForeignReference() {
    return Every.of(Seen::schemas, NO_SCHEMA)
        .judge(
            s ->
                s.node().findValues("$ref").stream()
                    .filter(JsonNode::isString)
                    .map(JsonNode::stringValue)
                    .filter(ref -> ref.startsWith("http://") || ref.startsWith("https://"))
                    .findFirst()
                    .map(ref -> "refers to the network address " + ref),
            "Nobody has to fetch a schema from the network to read another one.",
            "Put what is referred to under $defs and refer to it there.");
  }
}
