package dev.plumbline.conformance.shape;

import static dev.plumbline.conformance.shape.Member.may;
import static dev.plumbline.conformance.shape.Member.must;
import static dev.plumbline.conformance.shape.Revision.FIRST;
import static dev.plumbline.conformance.shape.Revision.LAST_HANDSHAKE;
import static dev.plumbline.conformance.shape.Revision.R2025_06_18;
import static dev.plumbline.conformance.shape.Revision.R2025_11_25;
import static dev.plumbline.conformance.shape.Shapes.INTEGER;
import static dev.plumbline.conformance.shape.Shapes.NUMBER;
import static dev.plumbline.conformance.shape.Shapes.OBJECT;
import static dev.plumbline.conformance.shape.Shapes.SHARE;
import static dev.plumbline.conformance.shape.Shapes.TEXT;
import static dev.plumbline.conformance.shape.Shapes.URI;
import static dev.plumbline.conformance.shape.Shapes.kinds;
import static dev.plumbline.conformance.shape.Shapes.list;
import static dev.plumbline.conformance.shape.Shapes.map;
import static dev.plumbline.conformance.shape.Shapes.object;
import static dev.plumbline.conformance.shape.Shapes.word;

import dev.plumbline.conformance.shape.Shapes.Kind;

/** What a server asks its client: client/sampling, client/roots, client/elicitation. */
final class Asked {
  private static final Shape SAMPLING =
      object(
          must(
              "messages",
              list(object(must("role", Blocks.ROLE), must("content", Blocks.SAMPLED_CONTENT)))),
          must("maxTokens", INTEGER),
          may("systemPrompt", TEXT),
          may("temperature", NUMBER),
          may("stopSequences", list(TEXT)),
          may("includeContext", word("none", "thisServer", "allServers")),
          may("metadata", OBJECT),
          may(
              "modelPreferences",
              object(
                  may("hints", list(object(may("name", TEXT)))),
                  may("costPriority", SHARE),
                  may("speedPriority", SHARE),
                  may("intelligencePriority", SHARE))),
          may("tools", list(Blocks.TOOL)).since(R2025_11_25),
          may("toolChoice", object(may("mode", word("auto", "none", "required"))))
              .since(R2025_11_25));

  private static final Shape DESCRIBED = object(may("title", TEXT), may("description", TEXT));

  /** A field of a form: flat, of a primitive type, or a choice of several since 2025-11-25. */
  private static final Shape FIELD =
      kinds(
          "type",
          new Kind("string", FIRST, DESCRIBED),
          new Kind("number", FIRST, DESCRIBED),
          new Kind("integer", FIRST, DESCRIBED),
          new Kind("boolean", FIRST, DESCRIBED),
          new Kind("array", R2025_11_25, Shapes.both(DESCRIBED, object(must("items", OBJECT)))));

  private static final Shape FORM =
      object(
          must("message", TEXT),
          must(
              "requestedSchema",
              object(
                  must("type", word("object")),
                  must("properties", map(FIELD)),
                  may("required", list(TEXT)))));

  private static final Shape ADDRESS =
      object(
          must("message", TEXT),
          must("url", URI),
          must("elicitationId", TEXT).since(R2025_11_25).until(LAST_HANDSHAKE));

  private static final Shape ELICITATION =
      spot ->
          (spot.value().path("mode").asString("").equals("url")
                      && spot.isBetween(R2025_11_25, Revision.LAST)
                  ? ADDRESS
                  : FORM)
              .check(spot);

  /** A request by its method; also what an input-required result holds. */
  static final Shape INPUT =
      kinds(
          "method",
          new Kind("sampling/createMessage", FIRST, object(must("params", SAMPLING))),
          new Kind("roots/list", FIRST, object(may("params", OBJECT))),
          new Kind("elicitation/create", R2025_06_18, object(must("params", ELICITATION))));

  private static final Shape REQUEST =
      spot -> {
        if (spot.value().path("method").asString("").equals("ping")) {
          object(may("params", OBJECT)).check(spot);
        } else {
          INPUT.check(spot);
        }
      };

  private Asked() {}

  /** A request of a server: unknown to 2026-07-28, see basic/patterns. */
  static void check(Spot message) {
    if (message.isBetween(Revision.R2026_07_28, Revision.LAST)) {
      message.member("method").wrong("a notification: servers send no requests");
    } else {
      REQUEST.check(message);
    }
  }
}
