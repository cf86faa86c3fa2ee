package dev.plumbline.conformance.rule;

import dev.plumbline.conformance.probe.ToolInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A tool that takes as long as it is told to: it says so by its name and has one argument in
 * milliseconds.
 *
 * @param tool the tool
 * @param argument the argument that says how long
 */
public record SlowTool(ToolInfo tool, String argument) {
  private static final Pattern NAMED = Pattern.compile("(?i).*(slow|wait|sleep|pause|delay).*");
  private static final Pattern MILLIS =
      Pattern.compile("(?i)ms|milli(second)?s|(delay|duration|wait)_?(ms|milli(second)?s)");

  /** The slow tools that may be called. */
  public static List<SlowTool> of(Stage stage) {
    return stage.probe().tools().stream()
        .filter(tool -> tool.callable() && stage.consent().covers(tool.needs()))
        .filter(tool -> NAMED.matcher(tool.name()).matches())
        .flatMap(tool -> argument(tool).map(name -> new SlowTool(tool, name)).stream())
        .toList();
  }

  private static Optional<String> argument(ToolInfo tool) {
    return tool.inputSchema().path("properties").properties().stream()
        .filter(p -> MILLIS.matcher(p.getKey()).matches())
        .filter(p -> isNumber(p.getValue().path("type")))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static boolean isNumber(JsonNode type) {
    return type.asString("").equals("integer") || type.asString("").equals("number");
  }

  /** The parameters of a call that takes so long, with this progress token. */
  public ObjectNode params(int millis, String token) {
    ObjectNode params = Probes.params("name", tool.name());
    ObjectNode arguments = (ObjectNode) tool.arguments().deepCopy();
    params.set("arguments", arguments.put(argument, millis));
    params.putObject("_meta").put("progressToken", token);
    return params;
  }
}
