package dev.plumbline.server.control;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A message that waited longer than its objective, and what kept it waiting (R023).
 *
 * @param at when it arrived
 * @param starved the type of the message
 * @param component whom it was for
 * @param waited from its arrival to the call of its handler
 * @param cause what kept it waiting most
 * @param collector of that time, the collector stopped every thread
 * @param occupants what the workers did meanwhile, longest first
 */
public record Interference(
    Instant at,
    Priority starved,
    String component,
    Duration waited,
    Cause cause,
    Duration collector,
    List<Occupant> occupants) {
  /** Copies the list. */
  public Interference {
    occupants = List.copyOf(occupants);
  }

  /** Who may starve a control message. */
  public enum Cause {
    /** Other control messages occupied every worker. */
    HANDLERS,
    /** The garbage collector stopped every thread. */
    COLLECTOR,
    /**
     * Workers were free and did not get a processor: the data plane, or another process, had it.
     */
    PROCESSORS;

    /** The name in JSON. */
    public String wire() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * A call that went on while a message waited.
   *
   * @param component whose handler
   * @param type what it handled
   * @param overlap for how long of that time
   */
  public record Occupant(String component, Priority type, Duration overlap) {}

  /** As JSON. */
  public ObjectNode toJson() {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("at", at.toString())
            .put("type", starved.wire())
            .put("component", component)
            .put("waited_us", waited.toNanos() / 1_000)
            .put("cause", cause.wire())
            .put("collector_us", collector.toNanos() / 1_000);
    ArrayNode calls = json.putArray("occupants");
    for (Occupant occupant : occupants) {
      calls
          .addObject()
          .put("component", occupant.component())
          .put("type", occupant.type().wire())
          .put("overlap_us", occupant.overlap().toNanos() / 1_000);
    }
    return json;
  }
}
