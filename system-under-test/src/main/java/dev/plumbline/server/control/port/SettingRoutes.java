package dev.plumbline.server.control.port;

import dev.plumbline.server.config.ChangeRefusedException;
import dev.plumbline.server.config.Configuration;
import dev.plumbline.server.config.Difference;
import dev.plumbline.server.config.InvalidConfigException;
import dev.plumbline.server.config.Problem;
import dev.plumbline.server.config.RestartNeededException;
import dev.plumbline.server.control.port.Route.Access;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What changes settings: the whole, one queue, one switch. */
final class SettingRoutes {
  private final Configuration configuration;
  private final Predicate<String> roleKnown;
  private final Desk desk;

  /**
   * @param roleKnown true for the roles there are
   */
  SettingRoutes(Configuration configuration, Predicate<String> roleKnown, Desk desk) {
    this.configuration = configuration;
    this.roleKnown = roleKnown;
    this.desk = desk;
  }

  /** A change of settings, and what may come of it. */
  @FunctionalInterface
  private interface Change {
    Told run() throws InvalidConfigException, RestartNeededException;
  }

  List<Route> routes() {
    return List.of(
        post("/config/validate", ask -> validated(configuration.validate(document(ask)))),
        post("/config/dry-run", ask -> tried(configuration.dryRun(document(ask)))),
        post("/config/reload", ask -> changed(configuration.reload(document(ask)))),
        post("/config/rollback", _ -> rolledBack()),
        Route.of("PUT", "/queues/{name}", Access.TOKEN, atDesk(this::queue)),
        // C17: the way back must not be locked behind what was switched off.
        Route.of("PUT", "/switches/controlPlane", Access.ALWAYS_TOKEN, atDesk(this::controlPlane)),
        Route.of(
            "PUT", "/switches/{name}", Access.TOKEN, atDesk(ask -> toggle(ask, ask.var("name")))));
  }

  /** Does something with a request. */
  @FunctionalInterface
  private interface Work {
    Told run(Ask ask) throws InvalidConfigException, RestartNeededException;
  }

  private Route post(String path, Work work) {
    return Route.of("POST", path, Access.TOKEN, atDesk(work));
  }

  private Route.Doer atDesk(Work work) {
    return (ask, told) -> desk.answer(() -> settled(() -> work.run(ask)), told);
  }

  private static Told settled(Change change) {
    try {
      return change.run();
    } catch (InvalidConfigException e) {
      ObjectNode body = Told.errorBody("invalid_settings", String.valueOf(e.getMessage()));
      ArrayNode problems = body.putArray("problems");
      for (Problem problem : e.problems()) {
        problems.addObject().put("path", problem.path()).put("message", problem.text());
      }
      return Told.json(400, body);
    } catch (RestartNeededException e) {
      ObjectNode body = Told.errorBody("restart_needed", String.valueOf(e.getMessage()));
      e.paths().forEach(body.putArray("paths")::add);
      return Told.json(409, body);
    } catch (ChangeRefusedException e) {
      return Told.error(409, "refused", e.reason());
    }
  }

  /** A body takes the place of the file. */
  private static Optional<byte[]> document(Ask ask) {
    return ask.body().isEmpty()
        ? Optional.empty()
        : Optional.of(ask.body().getBytes(StandardCharsets.UTF_8));
  }

  private static ObjectNode valid(Difference difference) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("valid", true)
        .put("restart", !difference.needRestart().isEmpty());
  }

  private static Told validated(Difference difference) {
    return Told.json(200, valid(difference));
  }

  private static Told tried(Configuration.Prospect prospect) {
    ObjectNode json = valid(prospect.difference());
    json.put("accepted", prospect.refusal().isEmpty());
    prospect.refusal().ifPresent(reason -> json.put("refused", reason));
    json.set("changes", prospect.difference().toJson());
    return Told.json(200, json);
  }

  private Told changed(Difference difference) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("version", configuration.current().toJson());
    json.set("changes", difference.toJson());
    return Told.json(200, json);
  }

  private Told rolledBack() throws RestartNeededException {
    Optional<Difference> difference = configuration.rollback();
    return difference.isPresent()
        ? changed(difference.get())
        : Told.error(409, "no_earlier_version", "no earlier version is known");
  }

  private Told queue(Ask ask) throws InvalidConfigException, RestartNeededException {
    String role = ask.var("name");
    if (!roleKnown.test(role)) {
      return Told.error(404, "unknown_role", "no role has this name; GET /queues names them");
    }
    Optional<JsonNode> limit =
        ask.object().map(json -> json.path("limit")).filter(JsonNode::isIntegralNumber);
    return limit.isPresent()
        ? changed(configuration.set("queues.caps." + role, limit.get().asString()))
        : Told.badRequest("the body is {\"limit\": N}, a whole number");
  }

  private Told controlPlane(Ask ask) throws InvalidConfigException, RestartNeededException {
    return toggle(ask, "controlPlane");
  }

  private Told toggle(Ask ask, String name) throws InvalidConfigException, RestartNeededException {
    if (!Configuration.knows("switches." + name)) {
      return Told.error(404, "unknown_switch", "no switch has this name; GET /config names them");
    }
    Optional<JsonNode> on = ask.object().map(json -> json.path("on")).filter(JsonNode::isBoolean);
    return on.isPresent()
        ? changed(configuration.set("switches." + name, on.get().asString()))
        : Told.badRequest("the body is {\"on\": true} or {\"on\": false}");
  }
}
