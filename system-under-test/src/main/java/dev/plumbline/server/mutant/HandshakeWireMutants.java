package dev.plumbline.server.mutant;

import dev.plumbline.server.era.Answer;
import dev.plumbline.server.era.Inbound;
import dev.plumbline.server.era.SaidShape;
import dev.plumbline.server.protocol.JsonLimits;
import dev.plumbline.server.protocol.Message;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/** Defects in how messages and sessions of the handshake era are written down and paced. */
final class HandshakeWireMutants {
  private static final String LOG = "notifications/message";

  /** So many log messages are made of one. */
  private static final int FLOOD = 1_200;

  /** So many pings go ahead of a log message. */
  private static final int PINGS = 25;

  private HandshakeWireMutants() {}

  static List<Mutant> all() {
    AtomicInteger sessions = new AtomicInteger();
    AtomicInteger pings = new AtomicInteger();
    return List.of(
        // TRAN-007, TRAN-043
        sessionId("session-id-with-umlaut", id -> id + "-\u00e4"),
        sessionId("session-id-counts", _ -> "plumbline-session-" + sessions.incrementAndGet()),
        // TRAN-009
        Planting.handshakeAnswer(
            "answer-mislabelled",
            (_, message, answer) ->
                isRequest(message, "resources/templates/list")
                    ? new Answer(200, Map.of("Content-Type", "text/plain"), new Answer.Body.Empty())
                    : answer),
        // TRAN-011
        said(
            "log-in-latin-1",
            log -> {
              log.withObjectProperty("params").put("data", "\u00e4");
              return List.of(log.toString().getBytes(StandardCharsets.ISO_8859_1));
            }),
        // LOG-008
        said("log-floods", log -> copies(log, FLOOD)),
        // PING-005
        said(
            "pings-flood",
            log -> {
              List<byte[]> all = new ArrayList<>();
              for (int i = 0; i < PINGS; i++) {
                all.add(
                    bytes(
                        "{\"jsonrpc\":\"2.0\",\"id\":\"ping-"
                            + pings.incrementAndGet()
                            + "\",\"method\":\"ping\"}"));
              }
              all.add(bytes(log.toString()));
              return all;
            }));
  }

  static boolean isRequest(Message message, String method) {
    return message instanceof Message.Request request && request.method().equals(method);
  }

  /** Spoils the id of every session that is not asked for in the newest revision. */
  private static Mutant sessionId(String name, UnaryOperator<String> spoil) {
    return Planting.handshakeAnswer(
        name,
        (_, message, answer) -> {
          String id = answer.headers().get(Inbound.SESSION_HEADER);
          boolean old =
              message instanceof Message.Request request
                  && !request.params().path("protocolVersion").asString("").equals("2025-11-25");
          return id == null || !old ? answer : answer.with(Inbound.SESSION_HEADER, spoil.apply(id));
        });
  }

  /** Says other messages instead of a log message. */
  @FunctionalInterface
  private interface Instead {
    List<byte[]> of(ObjectNode log);
  }

  private static Mutant said(String name, Instead instead) {
    SaidShape shape =
        (_, message) -> {
          ObjectNode tree =
              (ObjectNode)
                  JsonLimits.mapper().readTree(new String(message, StandardCharsets.UTF_8));
          return tree.path("method").asString("").equals(LOG) ? instead.of(tree) : List.of(message);
        };
    return Planting.handshake(name, parts -> parts.withSaid(shape));
  }

  private static List<byte[]> copies(ObjectNode message, int count) {
    List<byte[]> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(bytes(message.toString()));
    }
    return all;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
