package dev.plumbline.server.mutant;

import dev.plumbline.server.era.SaidShape;
import dev.plumbline.server.protocol.JsonLimits;
import dev.plumbline.server.session.Session;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Defects in what the server says ahead of an answer: notifications and its own requests. */
final class HandshakeSaidMutants {
  private static final String PROGRESS = "notifications/progress";
  private static final String LOG = "notifications/message";
  private static final String ELICIT = "elicitation/create";
  private static final String SAMPLE = "sampling/createMessage";

  /** So many reports are made of one. */
  private static final int FLOOD = 1_200;

  private HandshakeSaidMutants() {}

  static List<Mutant> all() {
    return List.of(
        // BASE-008, BASE-009, BASE-010
        preceded("request-id-fraction", "1.5"),
        preceded("request-id-null", "null"),
        preceded("request-id-reused", "\"again\""),
        // BASE-013
        said("log-message-with-id", LOG, message -> message.putNull("id")),
        // PROG-001, PROG-003, PROG-005, PROG-010
        params("progress-token-fraction", PROGRESS, p -> p.put("progressToken", 1.5)),
        params("progress-stands-still", PROGRESS, p -> p.put("progress", 1)),
        params("progress-for-unknown-token", PROGRESS, p -> p.put("progressToken", "not-given")),
        Planting.handshake("progress-floods", parts -> parts.withSaid(HandshakeSaidMutants::flood)),
        // ELIC-001, ELIC-007, ELIC-009
        form("form-asks-for-password", "password", "string"),
        params("elicitation-without-message", ELICIT, isForm(), p -> p.remove("message")),
        form("form-is-nested", "address", "object"),
        // ELIC-011, ELIC-012, ELIC-038, ELIC-039, ELIC-040
        params("page-without-id", ELICIT, isForm().negate(), p -> p.remove("elicitationId")),
        page("page-address-without-host", "https:look"),
        page("page-address-with-token", "https://plumbline.example/look?access_token=abc"),
        params(
            "form-with-link",
            ELICIT,
            isForm(),
            p -> p.put("message", "See https://plumbline.example first.")),
        page("page-over-http", "http://plumbline.example/look"),
        // SAMP-006, SAMP-007, SAMP-004
        sampling("sampling-all-servers", true, p -> p.put("includeContext", "allServers")),
        sampling("sampling-context-undeclared", false, p -> p.put("includeContext", "thisServer")),
        sampling("sampling-tools-undeclared", false, p -> p.putArray("tools")),
        // LIFE-016, ELIC-006, ROOT-012
        uninvited("sampling-undeclared", SAMPLE, "sampling"),
        uninvited("elicitation-undeclared", ELICIT, "elicitation"),
        uninvited("roots-undeclared", "roots/list", "roots"));
  }

  private static Mutant said(String name, String method, Consumer<ObjectNode> spoil) {
    return Planting.handshake(
        name, parts -> parts.withSaid(spoiling(method, (_, _) -> true, spoil)));
  }

  static Mutant params(String name, String method, Consumer<ObjectNode> spoil) {
    return params(name, method, _ -> true, spoil);
  }

  static Mutant params(
      String name, String method, Predicate<ObjectNode> where, Consumer<ObjectNode> spoil) {
    return Planting.handshake(
        name,
        parts ->
            parts.withSaid(
                spoiling(
                    method,
                    (_, message) -> where.test(message.withObjectProperty("params")),
                    message -> spoil.accept(message.withObjectProperty("params")))));
  }

  static Predicate<ObjectNode> isForm() {
    return params -> !params.path("mode").asString("form").equals("url");
  }

  private static Mutant form(String name, String property, String type) {
    return params(
        name,
        ELICIT,
        isForm(),
        p ->
            p.withObjectProperty("requestedSchema")
                .withObjectProperty("properties")
                .putObject(property)
                .put("type", type));
  }

  private static Mutant page(String name, String url) {
    return params(name, ELICIT, isForm().negate(), p -> p.put("url", url));
  }

  private static Mutant sampling(String name, boolean declared, Consumer<ObjectNode> spoil) {
    return Planting.handshake(
        name,
        parts ->
            parts.withSaid(
                spoiling(
                    SAMPLE,
                    (session, _) ->
                        session != null
                            && session.client().declares("sampling/context") == declared,
                    message -> spoil.accept(message.withObjectProperty("params")))));
  }

  /** A ping of the server before every report of progress. */
  private static Mutant preceded(String name, String id) {
    String ping = "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"ping\"}";
    return Planting.handshake(
        name, parts -> parts.withSaid((_, message) -> before(ping, PROGRESS, message)));
  }

  /** A question ahead of a log message when the client did not declare that it may be asked. */
  private static Mutant uninvited(String name, String method, String capability) {
    String question =
        "{\"jsonrpc\":\"2.0\",\"id\":\"uninvited\",\"method\":\"" + method + "\",\"params\":{}}";
    return Planting.handshake(
        name,
        parts ->
            parts.withSaid(
                (session, message) ->
                    session != null && !session.client().capabilities().has(capability)
                        ? before(question, LOG, message)
                        : List.of(message)));
  }

  private static List<byte[]> before(String ahead, String method, byte[] message) {
    return read(message).path("method").asString("").equals(method)
        ? List.of(ahead.getBytes(StandardCharsets.UTF_8), message)
        : List.of(message);
  }

  private static List<byte[]> flood(@Nullable Session session, byte[] message) {
    ObjectNode report = read(message);
    if (!report.path("method").asString("").equals(PROGRESS)) {
      return List.of(message);
    }
    ObjectNode params = report.withObjectProperty("params");
    double progress = params.path("progress").asDouble(0);
    List<byte[]> reports = new ArrayList<>();
    for (int i = 0; i < FLOOD; i++) {
      params.put("progress", progress - 1 + (i + 1) / (double) FLOOD);
      reports.add(write(report));
    }
    return reports;
  }

  /** Decides by session and message. */
  @FunctionalInterface
  private interface Where {
    boolean test(@Nullable Session session, ObjectNode message);
  }

  private static SaidShape spoiling(String method, Where where, Consumer<ObjectNode> spoil) {
    return (session, message) -> {
      ObjectNode tree = read(message);
      if (!tree.path("method").asString("").equals(method) || !where.test(session, tree)) {
        return List.of(message);
      }
      spoil.accept(tree);
      return List.of(write(tree));
    };
  }

  static ObjectNode read(byte[] message) {
    return read(new String(message, StandardCharsets.UTF_8));
  }

  static ObjectNode read(String message) {
    return (ObjectNode) JsonLimits.mapper().readTree(message);
  }

  static byte[] write(ObjectNode message) {
    return message.toString().getBytes(StandardCharsets.UTF_8);
  }
}
