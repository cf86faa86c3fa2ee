package dev.plumbline.server.control;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How well the control plane does (R115). Times are microseconds.
 *
 * @param components registered
 * @param threads that handle messages
 * @param stuck threads whose call has not come back in time
 * @param dispatch from arrival to the call of the handler, all types, since the start
 * @param whole from arrival to the reply, all types, since the start
 * @param types one entry for each priority, most urgent first
 */
public record ControlStats(
    int components,
    int threads,
    int stuck,
    Percentiles dispatch,
    Percentiles whole,
    List<ByType> types) {
  /** Copies the list. */
  public ControlStats {
    types = List.copyOf(types);
  }

  /**
   * Percentiles of a time.
   *
   * @param count how many were measured
   */
  public record Percentiles(
      long count, double p50Micros, double p95Micros, double p99Micros, double maxMicros) {
    static Percentiles of(Latencies.Summary summary) {
      return new Percentiles(
          summary.count(), summary.p50(), summary.p95(), summary.p99(), summary.max());
    }

    ObjectNode toJson() {
      return JsonNodeFactory.instance
          .objectNode()
          .put("count", count)
          .put("p50_us", p50Micros)
          .put("p95_us", p95Micros)
          .put("p99_us", p99Micros)
          .put("max_us", maxMicros);
    }
  }

  /**
   * The messages of one priority.
   *
   * @param priority which
   * @param objectiveMicros a message that takes longer to its reply violates the objective
   * @param delivered handled by their component
   * @param refused answered without it
   * @param violations delivered later than the objective
   * @param waiting now
   * @param dispatch from arrival to the call of the handler, since the start
   * @param dispatchLately the same, in the last minute
   * @param whole from arrival to the reply, since the start
   * @param wholeLately the same, in the last minute
   */
  public record ByType(
      Priority priority,
      long objectiveMicros,
      long delivered,
      long refused,
      long violations,
      int waiting,
      Percentiles dispatch,
      Percentiles dispatchLately,
      Percentiles whole,
      Percentiles wholeLately) {
    ObjectNode toJson() {
      ObjectNode json =
          JsonNodeFactory.instance
              .objectNode()
              .put("type", priority.wire())
              .put("objective_us", objectiveMicros)
              .put("delivered", delivered)
              .put("refused", refused)
              .put("slo_violations", violations)
              .put("waiting", waiting);
      json.set("dispatch", dispatch.toJson());
      json.set("dispatch_last_minute", dispatchLately.toJson());
      json.set("whole", whole.toJson());
      json.set("whole_last_minute", wholeLately.toJson());
      return json;
    }
  }

  /** What can be said of one priority. */
  public ByType type(Priority priority) {
    return types.stream().filter(one -> one.priority() == priority).findFirst().orElseThrow();
  }

  /** Handled by their components, all types. */
  public long delivered() {
    return types.stream().mapToLong(ByType::delivered).sum();
  }

  /** Delivered later than their objective, all types. */
  public long violations() {
    return types.stream().mapToLong(ByType::violations).sum();
  }

  /** As JSON. */
  public ObjectNode toJson() {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("total_delivered", delivered())
            .put("slo_violations", violations())
            .put("components", components)
            .put("threads", threads)
            .put("stuck_threads", stuck);
    json.set("dispatch", dispatch.toJson());
    json.set("whole", whole.toJson());
    ArrayNode byType = json.putArray("by_type");
    types.forEach(type -> byType.add(type.toJson()));
    return json;
  }
}
