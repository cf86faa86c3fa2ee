package dev.plumbline.server.limit;

import dev.plumbline.server.config.OverloadSettings;
import java.util.Collection;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What can be seen of the limits, as JSON (R028, R126, R216). */
final class LimitSections {
  private static final double TENTHS = 10.0;

  private LimitSections() {}

  static ObjectNode queues(RoleLimits roles, OverloadMonitor monitor) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    OverloadSettings levels = monitor.levels();
    json.putArray("marks").add(levels.warning()).add(levels.critical()).add(levels.full());
    json.put("watched", monitor.isOn());
    ArrayNode all = json.putArray("queues");
    ArrayNode overloaded = json.putArray("overloaded");
    for (RolePermits role : roles.all()) {
      ObjectNode queue = queue(role, monitor);
      all.add(queue);
      if (monitor.level(role) != OverloadLevel.CLEAR) {
        overloaded.add(queue.deepCopy());
      }
    }
    return json;
  }

  static ObjectNode queue(RolePermits role, OverloadMonitor monitor) {
    RoleStats stats = role.stats();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("role", stats.role());
    json.put("process", OverloadMonitor.SERVER);
    json.put("depth", stats.depth());
    json.put("limit", stats.limit());
    json.put("utilization", tenths(stats.utilization()));
    json.put("status", monitor.level(role).wire());
    json.put("max", stats.max());
    json.put("rejected", stats.rejected());
    json.put("capacity_exceeded", stats.exceeded());
    if (stats.oldestMillis() != RolePermits.UNKNOWN_AGE) {
      json.put("oldest_message_age_ms", stats.oldestMillis());
    }
    return json;
  }

  static ObjectNode alerts(List<OverloadAlert> history) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode alerts = json.putArray("alerts");
    for (OverloadAlert alert : history) {
      alerts
          .addObject()
          .put("timestamp", alert.at().toString())
          .put("level", alert.level().wire())
          .put("role", alert.role())
          .put("process", alert.owner())
          .put("depth", alert.depth())
          .put("limit", alert.limit())
          .put("utilization", tenths(alert.utilization()));
    }
    return json;
  }

  static ObjectNode breakers(Collection<BreakerStats> stats) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode breakers = json.putArray("breakers");
    stats.forEach(breaker -> breakers.add(breaker(breaker)));
    return json;
  }

  static ObjectNode breaker(BreakerStats breaker) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", breaker.name())
            .put("state", Breakers.wire(breaker.state()))
            .put("failure_count", breaker.failures())
            .put("opened", breaker.opened())
            .put("refused", breaker.refused());
    breaker.lastFailure().ifPresent(at -> json.put("last_failure_time", at.toString()));
    return json;
  }

  private static double tenths(double value) {
    return Math.round(value * TENTHS) / TENTHS;
  }
}
