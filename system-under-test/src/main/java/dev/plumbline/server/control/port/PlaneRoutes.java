package dev.plumbline.server.control.port;

import dev.plumbline.server.config.Durations;
import dev.plumbline.server.control.BreakerCommand;
import dev.plumbline.server.control.ControlMessage;
import dev.plumbline.server.control.ControlPlane;
import dev.plumbline.server.control.ControlReply;
import dev.plumbline.server.control.Delivery;
import dev.plumbline.server.control.HealthKind;
import dev.plumbline.server.control.Refusal;
import dev.plumbline.server.control.SessionDrains;
import dev.plumbline.server.control.port.Route.Access;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What goes through the control plane: probes, drain, cancel, breakers. */
final class PlaneRoutes {
  private static final Duration DRAIN = Duration.ofSeconds(10);
  private static final int LONGEST_REASON = 256;
  private static final double NANOS_PER_MILLI = 1e6;

  private final ControlPlane plane;

  PlaneRoutes(ControlPlane plane) {
    this.plane = plane;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/livez", Access.ALWAYS_OPEN, probe("livez", HealthKind.LIVENESS)),
        Route.of("GET", "/readyz", Access.OPEN, probe("readyz", HealthKind.READINESS)),
        Route.of("GET", "/startupz", Access.OPEN, probe("startupz", HealthKind.LIVENESS)),
        Route.of("GET", "/health", Access.OPEN, (_, told) -> report(told, false)),
        Route.of("GET", "/ready", Access.OPEN, (_, told) -> report(told, true)),
        Route.of("GET", "/components/{id}/health", Access.TOKEN, this::component),
        Route.of("POST", "/sessions/{id}/drain", Access.TOKEN, this::drain),
        Route.of("POST", "/tasks/{id}/cancel", Access.TOKEN, this::cancel),
        Route.of("POST", "/breakers/{name}", Access.TOKEN, this::breaker));
  }

  /** As Kubernetes asks: 200 or 503, every check by name with {@code ?verbose}. */
  private Route.Doer probe(String name, HealthKind kind) {
    return (ask, told) ->
        send(
            new ControlMessage.HealthCheck(ControlPlane.SERVER, kind),
            told,
            delivery ->
                switch (delivery.reply()) {
                  case ControlReply.HealthReport report ->
                      Told.text(
                          report.well() ? 200 : 503,
                          probeText(name, report, ask.flag("verbose") || !report.well()));
                  case ControlReply.Refused refused ->
                      Told.text(503, "[-]control-plane " + refused.cause().wire() + "\n");
                  case ControlReply.Acknowledged _ -> Told.text(503, "[-]control-plane\n");
                });
  }

  private String probeText(String name, ControlReply.HealthReport report, boolean verbose) {
    if (!verbose) {
      return "ok";
    }
    StringBuilder text =
        new StringBuilder(
            plane.switchedOn()
                ? "[+]control-plane ok\n"
                : "[-]control-plane off by its switch, which fails nothing\n");
    report
        .facts()
        .path("checks")
        .properties()
        .forEach(
            check -> {
              String said = check.getValue().asString();
              text.append(said.equals("ok") ? "[+]" : "[-]").append(check.getKey()).append(' ');
              text.append(said).append('\n');
            });
    return text.append(name)
        .append(report.well() ? " check passed\n" : " check failed\n")
        .toString();
  }

  /** The whole report as JSON; {@code /health} is 200 while the server can say anything at all. */
  private void report(Consumer<Told> told, boolean decides) {
    send(
        new ControlMessage.HealthCheck(ControlPlane.SERVER, HealthKind.FULL),
        told,
        delivery ->
            delivery.reply() instanceof ControlReply.HealthReport report
                ? Told.json(decides && !report.well() ? 503 : 200, report.facts())
                : refused(delivery, "component"));
  }

  private void component(Ask ask, Consumer<Told> told) {
    String wanted = ask.parameter("kind").orElse("full");
    Optional<HealthKind> kind =
        Arrays.stream(HealthKind.values())
            .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(wanted))
            .findFirst();
    if (kind.isEmpty()) {
      told.accept(Told.badRequest("kind is liveness, readiness or full"));
      return;
    }
    send(
        new ControlMessage.HealthCheck(ask.var("id"), kind.get()),
        told,
        delivery -> {
          if (!(delivery.reply() instanceof ControlReply.HealthReport report)) {
            return refused(delivery, "component");
          }
          ObjectNode json = JsonNodeFactory.instance.objectNode();
          json.put("healthy", report.well()).put("reason", report.reason());
          json.set("facts", report.facts());
          return Told.json(report.well() ? 200 : 503, json);
        });
  }

  private void drain(Ask ask, Consumer<Told> told) {
    Optional<ObjectNode> body = ask.object();
    Optional<Duration> timeout =
        body.flatMap(
            json ->
                json.has("timeout")
                    ? Durations.parse(json.path("timeout").asString(""))
                    : Optional.of(DRAIN));
    if (timeout.isEmpty() || timeout.get().compareTo(SessionDrains.LONGEST) > 0) {
      told.accept(Told.badRequest("the body is empty or {\"timeout\": \"10s\"}, at most 10m"));
      return;
    }
    send(
        new ControlMessage.DrainSession(ControlPlane.SESSIONS, ask.var("id"), timeout.get()),
        told,
        delivery -> acknowledged(delivery, "session"));
  }

  private void cancel(Ask ask, Consumer<Told> told) {
    Optional<String> reason =
        ask.object()
            .map(json -> json.path("reason"))
            .filter(node -> node.isMissingNode() || node.isString())
            .map(node -> node.asString(""))
            .filter(text -> text.length() <= LONGEST_REASON);
    if (reason.isEmpty()) {
      told.accept(Told.badRequest("the body is empty or {\"reason\": \"up to 256 characters\"}"));
      return;
    }
    send(
        new ControlMessage.CancelTask(ControlPlane.TASKS, ask.var("id"), reason.get()),
        told,
        delivery -> acknowledged(delivery, "task"));
  }

  private void breaker(Ask ask, Consumer<Told> told) {
    Optional<BreakerCommand> command =
        ask.object()
            .map(json -> json.path("state"))
            .filter(JsonNode::isString)
            .flatMap(state -> BreakerCommand.named(state.asString()));
    if (command.isEmpty()) {
      told.accept(Told.badRequest("the body is {\"state\": \"open\"} or {\"state\": \"closed\"}"));
      return;
    }
    send(
        new ControlMessage.BreakerChange(ControlPlane.BREAKERS, ask.var("name"), command.get()),
        told,
        delivery -> acknowledged(delivery, "breaker"));
  }

  /** Makes an answer of a delivery. */
  @FunctionalInterface
  private interface Shape {
    Told of(Delivery delivery);
  }

  private void send(ControlMessage message, Consumer<Told> told, Shape shape) {
    plane.send(message, delivery -> told.accept(timed(delivery, shape.of(delivery))));
  }

  /** Server Timing, §3: durations in milliseconds. */
  private static Told timed(Delivery delivery, Told told) {
    return told.with(
        "Server-Timing",
        String.format(
            Locale.ROOT,
            "dispatch;dur=%.3f, plane;dur=%.3f",
            delivery.dispatch().toNanos() / NANOS_PER_MILLI,
            delivery.whole().toNanos() / NANOS_PER_MILLI));
  }

  private static Told acknowledged(Delivery delivery, String subject) {
    return switch (delivery.reply()) {
      case ControlReply.Acknowledged(var state, var operation) -> {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("state", state);
        operation.ifPresent(known -> json.put("operation", known.id()));
        yield Told.json(operation.isPresent() ? 202 : 200, json);
      }
      case ControlReply.Refused _, ControlReply.HealthReport _ -> refused(delivery, subject);
    };
  }

  private static Told refused(Delivery delivery, String subject) {
    if (!(delivery.reply() instanceof ControlReply.Refused(var cause, var text, var state))) {
      return Told.error(500, Refusal.FAILED.wire(), "the component answered something else");
    }
    String code = cause == Refusal.UNKNOWN_SUBJECT ? "unknown_" + subject : cause.wire();
    ObjectNode body = Told.errorBody(code, text);
    if (!state.isEmpty()) {
      body.put("state", state);
    }
    Told told = Told.json(status(cause), body);
    return cause == Refusal.QUEUE_FULL ? told.with("Retry-After", "1") : told;
  }

  private static int status(Refusal cause) {
    return switch (cause) {
      case UNKNOWN_COMPONENT, UNKNOWN_SUBJECT -> 404;
      case WRONG_STATE -> 409;
      case QUEUE_FULL -> 429;
      case FAILED -> 500;
      case NOT_RESPONDING, TOO_MANY_STUCK, SWITCHED_OFF, STOPPED -> 503;
    };
  }
}
