package dev.plumbline.server.client.scenario;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Finds the scenario the official suite asks for in the environment, and plays it. */
public final class Scenarios {
  private static final String NAME = "MCP_CONFORMANCE_SCENARIO";
  private static final String CONTEXT = "MCP_CONFORMANCE_CONTEXT";
  private static final String VERSION = "MCP_CONFORMANCE_PROTOCOL_VERSION";

  /** Single scenarios by name. */
  private static final Map<String, Scenario> ONE =
      Map.ofEntries(
          Map.entry("initialize", Lists::initialize),
          Map.entry("tools_call", ToolCalls::addNumbers),
          Map.entry("elicitation-sep1034-client-defaults", ToolCalls::elicitationDefaults),
          Map.entry("sse-retry", ToolCalls::reconnection),
          Map.entry("request-metadata", Lists::requestMetadata),
          Map.entry("sep-2322-client-request-state", ToolCalls::requestState),
          Map.entry("http-standard-headers", Headers::standard),
          Map.entry("http-custom-headers", Headers::custom),
          Map.entry("http-invalid-tool-headers", Headers::invalidTools),
          Map.entry("json-schema-ref-no-deref", Lists::initialize),
          Map.entry("json-schema-2020-12-preservation", ToolCalls::schemaEcho));

  /** Families of scenarios by the beginning of their names. */
  private static final Map<String, Scenario> FAMILIES = Map.of("auth/", AuthScenarios::run);

  private Scenarios() {}

  /** The scenario of this name. */
  static Optional<Scenario> named(String name) {
    return Optional.ofNullable(ONE.get(name))
        .or(
            () ->
                FAMILIES.entrySet().stream()
                    .filter(family -> name.startsWith(family.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst());
  }

  /**
   * Plays the scenario the environment names; gives the exit code of the process.
   *
   * @throws IllegalArgumentException when the environment is not that of the suite
   */
  public static int run(URI server, Map<String, String> environment) throws Exception {
    String name = environment.getOrDefault(NAME, "");
    Scenario scenario =
        named(name)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "set "
                            + NAME
                            + " to one of "
                            + new TreeSet<>(ONE.keySet())
                            + ", not '"
                            + name
                            + "'"));
    return scenario.run(
        name, server, context(environment.get(CONTEXT)), environment.getOrDefault(VERSION, ""));
  }

  private static JsonNode context(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return JsonNodeFactory.instance.objectNode();
    }
    try {
      return JsonMapper.shared().readTree(text);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(CONTEXT + " is not JSON", e);
    }
  }
}
