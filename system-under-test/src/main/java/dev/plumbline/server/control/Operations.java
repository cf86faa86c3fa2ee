package dev.plumbline.server.control;

import dev.plumbline.server.observe.Severity;
import dev.plumbline.server.observe.Telemetry;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The newest operations; the oldest give way. Safe for any number of threads. */
public final class Operations {
  /** How many are remembered. */
  static final int MAX = 200;

  private static final String SECTION = "operations";

  private final Telemetry telemetry;
  private final InstantSource clock;
  private final Map<String, Operation> byId = new LinkedHashMap<>();
  private long count;

  /** None yet; adds the section {@code operations}. */
  public Operations(Telemetry telemetry, InstantSource clock) {
    this.telemetry = telemetry;
    this.clock = clock;
    telemetry.introspection().section(SECTION, this::toJson);
    telemetry.introspection().item(SECTION, this::find);
  }

  /**
   * One begins.
   *
   * @param kind for example {@code drain}
   * @param subject a name that gives nothing away
   * @param state what the subject is now
   */
  public synchronized Operation begin(String kind, String subject, String state) {
    Operation operation = new Operation("op-" + ++count, kind, subject, state, clock);
    if (byId.size() == MAX) {
      byId.remove(byId.keySet().iterator().next());
    }
    byId.put(operation.id(), operation);
    return operation;
  }

  /** It is over: everybody who listens is told. */
  public void end(Operation operation, String state) {
    operation.end(state);
    telemetry
        .events()
        .add(
            Severity.INFO,
            "control",
            operation.id(),
            "an operation is over",
            Map.of("state", state));
  }

  private synchronized Optional<JsonNode> find(String id) {
    return Optional.ofNullable(byId.get(id)).map(Operation::toJson);
  }

  private synchronized ArrayNode toJson() {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    byId.values().forEach(operation -> json.add(operation.toJson()));
    return json;
  }
}
