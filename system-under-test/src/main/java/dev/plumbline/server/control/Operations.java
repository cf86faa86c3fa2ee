package dev.plumbline.server.control;

import dev.plumbline.server.observe.Severity;
import dev.plumbline.server.observe.Telemetry;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Operations: all that are under way, of which there are no more than sessions, and the newest that
 * are over; of these the oldest give way. Safe for any number of threads.
 */
public final class Operations {
  /** How many that are over are remembered, and how many are listed. */
  static final int MAX = 200;

  private static final String SECTION = "operations";

  private final Telemetry telemetry;
  private final InstantSource clock;
  private final Map<String, Operation> underWay = new LinkedHashMap<>();
  private final Map<String, Operation> over = new LinkedHashMap<>();
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
    underWay.put(operation.id(), operation);
    return operation;
  }

  /** It is over: everybody who listens is told. */
  public void end(Operation operation, String state) {
    operation.end(state);
    remember(operation);
    telemetry
        .events()
        .add(
            Severity.INFO,
            "control",
            operation.id(),
            "an operation is over",
            Map.of("state", state));
  }

  private synchronized void remember(Operation operation) {
    underWay.remove(operation.id());
    if (over.size() == MAX) {
      over.remove(over.keySet().iterator().next());
    }
    over.put(operation.id(), operation);
  }

  private synchronized Optional<JsonNode> find(String id) {
    return Stream.of(underWay, over)
        .flatMap(some -> Stream.ofNullable(some.get(id)))
        .findFirst()
        .map(Operation::toJson);
  }

  private synchronized ArrayNode toJson() {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    Stream.of(over, underWay)
        .flatMap(some -> some.values().stream())
        .skip(Math.max(0, over.size() + underWay.size() - MAX))
        .forEach(operation -> json.add(operation.toJson()));
    return json;
  }
}
