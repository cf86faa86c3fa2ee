package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.probe.CallableTool;
import dev.plumbline.conformance.probe.ToolInfo;
import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.JsonSchemas;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Requires;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Script;
import dev.plumbline.conformance.rule.Stage;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Draft;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rules on dialects of JSON Schema, page {@code 2025-11-25/basic}. A tool is called with arguments
 * that the dialect of its schema refuses and another dialect would take.
 */
public final class DialectRules {
  private static final Requires SINCE = Probes.HANDSHAKE.since("2025-11-25").capability("tools");
  private static final Script SCRIPT = DialectRules::run;

  /** Of a tool whose schema names no dialect, and of one whose schema names it. */
  private static final String DEFAULT = "default-dialect";

  private static final String NAMED = "named-dialect";

  /** What the label of the call with wrong arguments ends with, and the fact that says why. */
  private static final String BROKEN = "-broken";

  private static final String NEWEST = "https://json-schema.org/draft/2020-12/schema";
  private static final String DRAFT_07 = "http://json-schema.org/draft-07/schema#";

  private DialectRules() {}

  /** The rules. */
  public static List<Rule> rules() {
    return List.of(rule("BASE-017", DEFAULT), rule("BASE-018", NAMED));
  }

  private static Rule rule(String clause, String label) {
    return new Rule(clause, Probes.ANY, SINCE, SCRIPT, recording -> judge(recording, label));
  }

  // --- the script --------------------------------------------------------------------------------

  private static void run(Stage stage)
      throws TargetException, HarnessException, InterruptedException {
    Conversation conversation = stage.open();
    Probes.lawful(conversation);
    for (String label : List.of(DEFAULT, NAMED)) {
      for (ToolInfo tool : stage.probe().tools()) {
        boolean named = tool.inputSchema().path("$schema").isString();
        if (tool.callable()
            && stage.consent().covers(tool.needs())
            && named == label.equals(NAMED)
            && tell(stage, conversation, label, tool)) {
          break;
        }
      }
    }
  }

  private static boolean tell(Stage stage, Conversation conversation, String label, ToolInfo tool)
      throws HarnessException, InterruptedException {
    ObjectNode lawful = (ObjectNode) tool.arguments();
    String own = JsonSchemas.dialect(tool.inputSchema());
    String other = own.equals(NEWEST) ? DRAFT_07 : NEWEST;
    Optional<ObjectNode> telling =
        variants(lawful).filter(v -> tells(tool.inputSchema(), other, v)).findFirst();
    if (!JsonSchemas.isKnown(own) || telling.isEmpty()) {
      return false;
    }
    stage.fact(
        label + BROKEN, JsonSchemas.violation(tool.inputSchema(), telling.get()).orElseThrow());
    conversation.send(label, call(conversation, tool, lawful.deepCopy()));
    conversation.send(label + BROKEN, call(conversation, tool, telling.get()));
    return true;
  }

  private static Draft call(Conversation conversation, ToolInfo tool, ObjectNode arguments) {
    return conversation.draft("tools/call", new CallableTool(tool, arguments).params());
  }

  /** Whether only the schema's own dialect refuses these arguments. */
  private static boolean tells(JsonNode schema, String other, ObjectNode arguments) {
    ObjectNode otherwise = ((ObjectNode) schema).deepCopy().put("$schema", other);
    try {
      return JsonSchemas.violation(schema, arguments).isPresent()
          && JsonSchemas.violation(otherwise, arguments).isEmpty();
    } catch (IllegalArgumentException e) {
      // It refers to another document, or cannot be read in the other dialect.
      return false;
    }
  }

  /** Arguments a little different from these: a member less, other items, a member more. */
  private static Stream<ObjectNode> variants(ObjectNode lawful) {
    Stream<ObjectNode> fewer =
        lawful.propertyNames().stream()
            .map(
                name -> {
                  ObjectNode copy = lawful.deepCopy();
                  copy.remove(name);
                  return copy;
                });
    Stream<ObjectNode> items =
        lawful.properties().stream()
            .filter(p -> p.getValue().isArray())
            .flatMap(
                p ->
                    lists((ArrayNode) p.getValue())
                        .map(list -> lawful.deepCopy().set(p.getKey(), list)));
    ObjectNode more = lawful.deepCopy().put(Probes.UNKNOWN_NAME, true);
    return Stream.of(fewer, items, Stream.of(more)).flatMap(all -> all);
  }

  private static Stream<ArrayNode> lists(ArrayNode lawful) {
    List<JsonNode> values =
        List.of(
            Messages.NODES.stringNode("plumbline"),
            Messages.NODES.numberNode(7),
            Messages.NODES.booleanNode(true),
            Messages.object());
    return values.stream()
        .flatMap(
            value -> {
              ArrayNode longer = lawful.deepCopy().add(value);
              ArrayNode all = Messages.NODES.arrayNode();
              lawful.forEach(item -> all.add(value));
              return Stream.of(longer, all);
            });
  }

  // --- the judge ---------------------------------------------------------------------------------

  private static Verdict judge(Recording recording, String label) {
    Examination examination = new Examination(recording);
    if (!examination.served(Probes.LAWFUL)) {
      return examination.verdict();
    }
    Optional<Exchange> lawful = recording.exchange(label);
    if (lawful.isEmpty()) {
      examination.unseen(
          "the target gave no occasion: a tool whose schema "
              + (label.equals(NAMED) ? "names its dialect" : "names no dialect")
              + " and uses what another dialect lacks");
    } else if (isToolError(lawful.get())) {
      examination.unseen("the lawful call ended with an error of the tool");
    } else if (examination.served(label)) {
      examination
          .answered(label + BROKEN)
          .ifPresent(
              e -> {
                if (e.refused() || isToolError(e)) {
                  examination.kept();
                } else {
                  broken(recording, label, e, examination);
                }
              });
    }
    return examination.verdict();
  }

  private static boolean isToolError(Exchange exchange) {
    return exchange.result().filter(r -> r.path("isError").asBoolean(false)).isPresent();
  }

  private static void broken(
      Recording recording, String label, Exchange exchange, Examination examination) {
    boolean named = label.equals(NAMED);
    examination.broken(
        exchange,
        named
            ? "Arguments are not checked by the dialect that the schema names."
            : "A schema that names no dialect is not read as JSON Schema 2020-12.",
        named
            ? "Values are checked by the dialect which their schema names in $schema."
            : "A schema without $schema is one of JSON Schema 2020-12, and arguments are checked"
                + " so.",
        "Served were arguments of which the dialect says: "
            + recording.fact(label + BROKEN).orElse("they do not fit")
            + ".",
        "Use a validator of JSON Schema that knows the dialect, 2020-12 when none is named.");
  }
}
