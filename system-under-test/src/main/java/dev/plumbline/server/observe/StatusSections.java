package dev.plumbline.server.observe;

import dev.plumbline.server.observe.monitor.Reading;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The whole in few numbers: the sections {@code server}, {@code status} (R024) and {@code
 * health-check} (R029).
 */
public final class StatusSections {
  private static final double MEGABYTE = 1_048_576;

  private final Facts facts;
  private final Health health;
  private final InstantSource clock;
  private final Instant began;

  /**
   * What the sections are made of.
   *
   * @param name of the server
   * @param version of the software
   * @param state of the server's lifecycle
   * @param sessions how many live
   * @param active how many of them are in use
   * @param wires connections
   * @param traffic messages
   * @param memory of the process
   */
  public record Facts(
      String name,
      String version,
      Supplier<String> state,
      IntSupplier sessions,
      IntSupplier active,
      Wires wires,
      Traffic traffic,
      Supplier<Reading> memory) {}

  private StatusSections(Facts facts, Health health, InstantSource clock) {
    this.facts = facts;
    this.health = health;
    this.clock = clock;
    this.began = clock.instant();
  }

  /** Adds the sections. */
  public static void show(Telemetry telemetry, Facts facts, InstantSource clock) {
    StatusSections sections = new StatusSections(facts, telemetry.health(), clock);
    telemetry.introspection().section("server", sections::server);
    telemetry.introspection().section("status", sections::status);
    telemetry.introspection().section("health-check", sections::healthCheck);
  }

  private ObjectNode server() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("name", facts.name())
        .put("version", facts.version())
        .put("state", facts.state().get())
        .put("started_at", began.toString())
        .put("uptime_s", Duration.between(began, clock.instant()).toSeconds())
        .put("pid", ProcessHandle.current().pid());
  }

  private ObjectNode status() {
    Health.Status now = health.status();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("status", now.level().wire());
    json.putObject("sessions")
        .put("count", facts.sessions().getAsInt())
        .put("active", facts.active().getAsInt());
    ObjectNode connections = json.putObject("connections");
    connections.put("count", facts.wires().count());
    ObjectNode servers = connections.putObject("servers");
    facts.wires().byListener().forEach(servers::put);
    json.put("throughput_msg_per_s", tenths(facts.traffic().messagesPerSecond()));
    Reading reading = facts.memory().get();
    json.putObject("memory")
        .put("heap_mb", tenths(reading.heapBytes() / MEGABYTE))
        .put("rss_mb", tenths(reading.rssBytes() / MEGABYTE));
    ArrayNode last = json.putArray("last_checks");
    now.checks().forEach(check -> last.add(check.toJson()));
    return json;
  }

  private ObjectNode healthCheck() {
    Health.Status now = health.status();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("healthy", now.healthy());
    ObjectNode checks = json.putObject("checks");
    now.checks().forEach(check -> checks.put(check.component(), check.level().wire()));
    return json;
  }

  private static double tenths(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
