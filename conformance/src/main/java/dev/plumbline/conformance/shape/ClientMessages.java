package dev.plumbline.conformance.shape;

import static dev.plumbline.conformance.shape.Member.may;
import static dev.plumbline.conformance.shape.Member.must;
import static dev.plumbline.conformance.shape.Revision.FIRST;
import static dev.plumbline.conformance.shape.Revision.LAST;
import static dev.plumbline.conformance.shape.Revision.LAST_HANDSHAKE;
import static dev.plumbline.conformance.shape.Revision.R2025_11_25;
import static dev.plumbline.conformance.shape.Revision.R2026_07_28;
import static dev.plumbline.conformance.shape.Shapes.ID;
import static dev.plumbline.conformance.shape.Shapes.OBJECT;
import static dev.plumbline.conformance.shape.Shapes.TEXT;
import static dev.plumbline.conformance.shape.Shapes.URI;
import static dev.plumbline.conformance.shape.Shapes.kinds;
import static dev.plumbline.conformance.shape.Shapes.map;
import static dev.plumbline.conformance.shape.Shapes.object;
import static dev.plumbline.conformance.shape.Shapes.word;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Every message we send when we mean to be lawful. */
public final class ClientMessages {
  private static final Shape PAGED = object(may("cursor", TEXT));
  private static final Shape NAMED_URI = object(must("uri", URI));

  private static final Shape META =
      object(
          must("io.modelcontextprotocol/protocolVersion", TEXT),
          must("io.modelcontextprotocol/clientCapabilities", OBJECT),
          may("io.modelcontextprotocol/clientInfo", Blocks.IMPLEMENTATION),
          may("io.modelcontextprotocol/logLevel", Notified.LEVEL),
          may("progressToken", ID));

  /** A request and the revisions that know it. */
  private record Kind(String since, String until, Shape params) {
    static Kind always(Shape params) {
      return new Kind(FIRST, LAST, params);
    }

    static Kind handshake(Shape params) {
      return new Kind(FIRST, LAST_HANDSHAKE, params);
    }
  }

  private static final Map<String, Kind> BY_METHOD =
      Map.ofEntries(
          Map.entry(
              "initialize",
              Kind.handshake(
                  object(
                      must("protocolVersion", TEXT),
                      must("capabilities", OBJECT),
                      must("clientInfo", Blocks.IMPLEMENTATION)))),
          Map.entry("notifications/initialized", Kind.handshake(OBJECT)),
          Map.entry("ping", Kind.handshake(OBJECT)),
          Map.entry("logging/setLevel", Kind.handshake(object(must("level", Notified.LEVEL)))),
          Map.entry("resources/subscribe", Kind.handshake(NAMED_URI)),
          Map.entry("resources/unsubscribe", Kind.handshake(NAMED_URI)),
          Map.entry("tasks/list", new Kind(R2025_11_25, LAST_HANDSHAKE, PAGED)),
          Map.entry("server/discover", new Kind(R2026_07_28, LAST, OBJECT)),
          Map.entry(
              "subscriptions/listen",
              new Kind(R2026_07_28, LAST, object(must("notifications", Notified.FILTER)))),
          Map.entry("tools/list", Kind.always(PAGED)),
          Map.entry("prompts/list", Kind.always(PAGED)),
          Map.entry("resources/list", Kind.always(PAGED)),
          Map.entry("resources/templates/list", Kind.always(PAGED)),
          Map.entry("resources/read", Kind.always(NAMED_URI)),
          Map.entry(
              "tools/call", Kind.always(object(must("name", TEXT), may("arguments", OBJECT)))),
          Map.entry(
              "prompts/get", Kind.always(object(must("name", TEXT), may("arguments", map(TEXT))))),
          Map.entry(
              "completion/complete",
              Kind.always(
                  object(
                      must(
                          "ref",
                          kinds(
                              "type",
                              new Shapes.Kind("ref/prompt", FIRST, object(must("name", TEXT))),
                              new Shapes.Kind("ref/resource", FIRST, object(must("uri", TEXT))))),
                      must("argument", object(must("name", TEXT), must("value", TEXT)))))));

  private ClientMessages() {}

  /** What is wrong with a message of ours; methods nobody knows are meant to be unknown. */
  public static List<Mismatch> check(JsonNode message, String revision) {
    Spot spot = Spot.of(message, revision);
    must("jsonrpc", word("2.0")).check(spot);
    may("id", ID).check(spot);
    Kind kind = BY_METHOD.get(message.path("method").asString(""));
    if (kind == null) {
      return spot.mismatches();
    }
    if (!spot.isBetween(kind.since(), kind.until())) {
      spot.member("method").wrong("a method that " + revision + " knows");
    } else if (message.has("params") || revision.equals(R2026_07_28)) {
      must("params", kind.params()).check(spot);
    }
    if (revision.equals(R2026_07_28) && message.has("id")) {
      must("_meta", META).check(spot.member("params"));
    }
    return spot.mismatches();
  }
}
