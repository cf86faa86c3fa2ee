package dev.plumbline.conformance.shape;

import static dev.plumbline.conformance.shape.Blocks.CONTENT;
import static dev.plumbline.conformance.shape.Blocks.IMPLEMENTATION;
import static dev.plumbline.conformance.shape.Member.may;
import static dev.plumbline.conformance.shape.Member.must;
import static dev.plumbline.conformance.shape.Revision.LAST_HANDSHAKE;
import static dev.plumbline.conformance.shape.Revision.R2025_03_26;
import static dev.plumbline.conformance.shape.Revision.R2025_06_18;
import static dev.plumbline.conformance.shape.Revision.R2025_11_25;
import static dev.plumbline.conformance.shape.Revision.R2026_07_28;
import static dev.plumbline.conformance.shape.Shapes.ANYTHING;
import static dev.plumbline.conformance.shape.Shapes.BOOLEAN;
import static dev.plumbline.conformance.shape.Shapes.ID;
import static dev.plumbline.conformance.shape.Shapes.INTEGER;
import static dev.plumbline.conformance.shape.Shapes.NOT_NEGATIVE;
import static dev.plumbline.conformance.shape.Shapes.OBJECT;
import static dev.plumbline.conformance.shape.Shapes.TEXT;
import static dev.plumbline.conformance.shape.Shapes.list;
import static dev.plumbline.conformance.shape.Shapes.map;
import static dev.plumbline.conformance.shape.Shapes.object;
import static dev.plumbline.conformance.shape.Shapes.word;

import java.util.Map;
import java.util.Optional;

/** The result of each method. */
final class Results {
  private static final String SERVER_INFO = "io.modelcontextprotocol/serverInfo";
  private static final String SUBSCRIPTION = "io.modelcontextprotocol/subscriptionId";

  /** How many values completion may return: server/utilities/completion. */
  private static final int MAX_COMPLETIONS = 100;

  private static final Member CHANGES = may("listChanged", BOOLEAN);
  private static final Member NEXT = may("nextCursor", TEXT);
  private static final Member TTL = must("ttlMs", NOT_NEGATIVE).since(R2026_07_28);
  private static final Member SCOPE =
      must("cacheScope", word("public", "private")).since(R2026_07_28);

  private static final Shape CAPABILITIES =
      object(
          may("experimental", map(OBJECT)),
          may("logging", OBJECT),
          may("completions", OBJECT).since(R2025_03_26),
          may("prompts", object(CHANGES)),
          may("resources", object(CHANGES, may("subscribe", BOOLEAN))),
          may("tools", object(CHANGES)),
          may("tasks", object(may("list", OBJECT), may("cancel", OBJECT), may("requests", OBJECT)))
              .since(R2025_11_25)
              .until(LAST_HANDSHAKE),
          may("extensions", map(OBJECT)).since(R2026_07_28));

  private static final Shape STRUCTURED =
      spot -> (spot.isBetween(R2026_07_28, R2026_07_28) ? ANYTHING : OBJECT).check(spot);

  private static final Shape CALLED =
      object(
          must("content", list(CONTENT)),
          may("isError", BOOLEAN),
          may("structuredContent", STRUCTURED).since(R2025_06_18));

  private static final Shape COMPLETIONS =
      spot -> {
        list(TEXT).check(spot);
        spot.expect(spot.value().size() <= MAX_COMPLETIONS, "a list of at most 100 values");
      };

  private static final Map<String, Shape> BY_METHOD =
      Map.ofEntries(
          Map.entry(
              "initialize",
              object(
                  must("protocolVersion", TEXT),
                  must("capabilities", CAPABILITIES),
                  must("serverInfo", IMPLEMENTATION),
                  may("instructions", TEXT))),
          Map.entry(
              "server/discover",
              object(
                  must("supportedVersions", list(TEXT)),
                  must("capabilities", CAPABILITIES),
                  may("instructions", TEXT),
                  TTL,
                  SCOPE)),
          Map.entry("tools/list", object(must("tools", list(Blocks.TOOL)), NEXT, TTL, SCOPE)),
          Map.entry("tools/call", Shapes.having("task", object(must("task", Tasks.TASK)), CALLED)),
          Map.entry(
              "resources/list", object(must("resources", list(Blocks.RESOURCE)), NEXT, TTL, SCOPE)),
          Map.entry(
              "resources/templates/list",
              object(must("resourceTemplates", list(Blocks.RESOURCE_TEMPLATE)), NEXT, TTL, SCOPE)),
          Map.entry(
              "resources/read",
              object(must("contents", list(Blocks.RESOURCE_CONTENTS)), TTL, SCOPE)),
          Map.entry("prompts/list", object(must("prompts", list(Blocks.PROMPT)), NEXT, TTL, SCOPE)),
          Map.entry(
              "prompts/get",
              object(
                  may("description", TEXT),
                  must(
                      "messages",
                      list(object(must("role", Blocks.ROLE), must("content", CONTENT)))))),
          Map.entry(
              "completion/complete",
              object(
                  must(
                      "completion",
                      object(
                          must("values", COMPLETIONS),
                          may("total", INTEGER),
                          may("hasMore", BOOLEAN))))),
          Map.entry("tasks/list", object(must("tasks", list(Tasks.TASK)), NEXT)),
          Map.entry("subscriptions/listen", object(must("_meta", object(must(SUBSCRIPTION, ID))))));

  private static final Shape INPUT_REQUIRED =
      object(may("inputRequests", map(Asked.INPUT)), may("requestState", TEXT));

  private static final Member META =
      may("_meta", object(may(SERVER_INFO, IMPLEMENTATION).since(R2026_07_28)));
  private static final Shape EVERY = object(META, must("resultType", TEXT).since(R2026_07_28));

  private Results() {}

  /** The result of this method; of a method nobody knows, what every result has. */
  static Shape of(String method) {
    Optional<Shape> own = Optional.ofNullable(BY_METHOD.get(method));
    return spot -> {
      EVERY.check(spot);
      // Before 2026-07-28 every result is complete.
      String type = spot.value().path("resultType").asString("complete");
      if (spot.revision().equals(R2026_07_28) && type.equals("input_required")) {
        INPUT_REQUIRED.check(spot);
      } else if (spot.revision().equals(R2026_07_28) && type.equals("task")) {
        Tasks.EXTENSION_TASK.check(spot);
      } else if (spot.value().isObject() && type.equals("complete")) {
        own.ifPresent(shape -> shape.check(spot));
      }
    };
  }
}
