package dev.plumbline.conformance.rule.stateless;

import dev.plumbline.conformance.probe.ToolInfo;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Script;
import dev.plumbline.conformance.rule.Stage;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Draft;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls of tools whose parameters are mirrored into headers: the lawful one, and the same with one
 * header changed. Recorded once for all the rules that judge one of them.
 */
final class ParameterHeaders {
  static final String LAWFUL = "param-lawful";
  static final String OTHER = "param-other";
  static final String MISSING = "param-missing";
  static final String MALFORMED = "param-malformed";
  static final String NULL = "param-null";
  static final String ABSENT = "param-absent";
  static final String NUMBER_LAWFUL = "number-lawful";
  static final String NUMBER = "number-with-fraction";
  private static final String ANNOTATION = "x-mcp-header";
  private static final String TEXT = "plumbline";

  /** Keywords that a value of our own may not satisfy. */
  private static final Set<String> NARROWING =
      Set.of("enum", "const", "pattern", "format", "maxLength", "minLength", "$ref", "not");

  private static final int WHOLE = 42;

  private ParameterHeaders() {}

  /** Sends all of them, as far as tools are there. */
  static final Script SCRIPT = ParameterHeaders::run;

  /** A mirrored parameter of a tool that may be called. */
  private record Mirrored(ToolInfo tool, String name, String header) {
    ObjectNode params(JsonNode value) {
      ObjectNode params = Probes.params("name", tool.name());
      ObjectNode arguments = (ObjectNode) tool.arguments().deepCopy();
      arguments.set(name, value);
      params.set("arguments", arguments);
      return params;
    }

    boolean isRequired() {
      return tool.inputSchema()
          .path("required")
          .valueStream()
          .anyMatch(n -> name.equals(n.asString("")));
    }
  }

  private static void run(Stage stage)
      throws TargetException, HarnessException, InterruptedException {
    Conversation conversation = stage.open();
    if (!Probes.lawful(conversation).accepted()) {
      return;
    }
    Optional<Mirrored> text = mirrored(stage, "string").findFirst();
    if (text.isPresent()) {
      text(conversation, text.get());
    }
    Optional<Mirrored> number = mirrored(stage, "integer").findFirst();
    if (number.isPresent()) {
      ObjectNode params = number.get().params(Messages.NODES.numberNode(WHOLE));
      conversation.send(NUMBER_LAWFUL, conversation.draft("tools/call", params));
      conversation.send(
          NUMBER,
          conversation.draft("tools/call", params).header(number.get().header(), WHOLE + ".0"));
    }
  }

  private static Stream<Mirrored> mirrored(Stage stage, String type) {
    return stage.probe().tools().stream()
        .filter(tool -> tool.callable() && stage.consent().covers(tool.needs()))
        .flatMap(
            tool ->
                tool.inputSchema().path("properties").properties().stream()
                    .filter(p -> isPlain(p, type))
                    .map(
                        p ->
                            new Mirrored(
                                tool,
                                p.getKey(),
                                "Mcp-Param-" + p.getValue().path(ANNOTATION).asString(""))));
  }

  private static boolean isPlain(Map.Entry<String, JsonNode> property, String type) {
    JsonNode schema = property.getValue();
    boolean fits = !schema.path("minimum").isNumber() || schema.path("minimum").asDouble() <= WHOLE;
    return schema.path(ANNOTATION).isString()
        && schema.path("type").asString("").equals(type)
        && fits
        && (!schema.path("maximum").isNumber() || schema.path("maximum").asDouble() >= WHOLE)
        && NARROWING.stream().noneMatch(schema::has);
  }

  private static void text(Conversation conversation, Mirrored given)
      throws HarnessException, InterruptedException {
    ObjectNode params = given.params(Messages.NODES.stringNode(TEXT));
    Draft lawful = conversation.draft("tools/call", params);
    conversation.send(LAWFUL, lawful);
    conversation.send(
        OTHER, conversation.draft("tools/call", params).header(given.header(), TEXT + "-other"));
    conversation.send(
        MISSING, conversation.draft("tools/call", params).withoutHeader(given.header()));
    conversation.send(
        MALFORMED,
        conversation.draft("tools/call", params).header(given.header(), "=?base64?%%%?="));
    conversation.send(
        NULL, conversation.draft("tools/call", given.params(Messages.NODES.nullNode())));
    if (!given.isRequired()) {
      ObjectNode without = params.deepCopy();
      without.withObject("/arguments").remove(given.name());
      conversation.send(ABSENT, conversation.draft("tools/call", without));
    }
  }
}
