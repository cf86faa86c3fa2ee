package dev.plumbline.conformance.shape;

import static dev.plumbline.conformance.shape.Member.may;
import static dev.plumbline.conformance.shape.Member.must;
import static dev.plumbline.conformance.shape.Revision.FIRST;
import static dev.plumbline.conformance.shape.Revision.R2025_03_26;
import static dev.plumbline.conformance.shape.Revision.R2025_06_18;
import static dev.plumbline.conformance.shape.Revision.R2025_11_25;
import static dev.plumbline.conformance.shape.Shapes.BASE64;
import static dev.plumbline.conformance.shape.Shapes.BOOLEAN;
import static dev.plumbline.conformance.shape.Shapes.NUMBER;
import static dev.plumbline.conformance.shape.Shapes.OBJECT;
import static dev.plumbline.conformance.shape.Shapes.SHARE;
import static dev.plumbline.conformance.shape.Shapes.TEXT;
import static dev.plumbline.conformance.shape.Shapes.URI;
import static dev.plumbline.conformance.shape.Shapes.having;
import static dev.plumbline.conformance.shape.Shapes.kinds;
import static dev.plumbline.conformance.shape.Shapes.list;
import static dev.plumbline.conformance.shape.Shapes.object;
import static dev.plumbline.conformance.shape.Shapes.word;

import dev.plumbline.conformance.shape.Shapes.Kind;

/** Content, and what describes things: server/tools, server/resources, server/prompts. */
final class Blocks {
  static final Member META = may("_meta", OBJECT).since(R2025_06_18);
  static final Member TITLE = may("title", TEXT).since(R2025_06_18);
  static final Shape ROLE = word("user", "assistant");

  private static final Member ANNOTATIONS =
      may(
          "annotations",
          object(
              may("audience", list(ROLE)),
              may("priority", SHARE),
              may("lastModified", TEXT).since(R2025_06_18)));

  static final Member ICONS =
      may(
              "icons",
              list(
                  object(
                      must("src", URI),
                      may("mimeType", TEXT),
                      may("sizes", list(TEXT)),
                      may("theme", word("light", "dark")))))
          .since(R2025_11_25);

  /** What a resource holds: text or bytes. */
  static final Shape RESOURCE_CONTENTS =
      having(
          "blob",
          object(must("uri", URI), may("mimeType", TEXT), must("blob", BASE64), META),
          object(must("uri", URI), may("mimeType", TEXT), must("text", TEXT), META));

  static final Shape RESOURCE =
      object(
          must("uri", URI),
          must("name", TEXT),
          TITLE,
          may("description", TEXT),
          may("mimeType", TEXT),
          may("size", NUMBER),
          ANNOTATIONS,
          ICONS,
          META);

  static final Shape RESOURCE_TEMPLATE =
      object(
          must("uriTemplate", TEXT),
          must("name", TEXT),
          TITLE,
          may("description", TEXT),
          may("mimeType", TEXT),
          ANNOTATIONS,
          ICONS,
          META);

  static final Shape PROMPT =
      object(
          must("name", TEXT),
          TITLE,
          may("description", TEXT),
          may(
              "arguments",
              list(
                  object(
                      must("name", TEXT),
                      TITLE,
                      may("description", TEXT),
                      may("required", BOOLEAN)))),
          ICONS,
          META);

  static final Shape TOOL =
      object(
          must("name", TEXT),
          TITLE,
          may("description", TEXT),
          must("inputSchema", object(must("type", word("object")))),
          may("outputSchema", OBJECT).since(R2025_06_18),
          may(
                  "annotations",
                  object(
                      may("title", TEXT),
                      may("readOnlyHint", BOOLEAN),
                      may("destructiveHint", BOOLEAN),
                      may("idempotentHint", BOOLEAN),
                      may("openWorldHint", BOOLEAN)))
              .since(R2025_03_26),
          may("execution", object(may("taskSupport", word("forbidden", "optional", "required"))))
              .since(R2025_11_25)
              .until(R2025_11_25),
          ICONS,
          META);

  private static final Kind WORDS =
      new Kind("text", FIRST, object(must("text", TEXT), ANNOTATIONS, META));
  private static final Kind IMAGE = new Kind("image", FIRST, media());
  private static final Kind AUDIO = new Kind("audio", R2025_03_26, media());

  /** What tools and prompts answer with. */
  static final Shape CONTENT =
      kinds(
          "type",
          WORDS,
          IMAGE,
          AUDIO,
          new Kind(
              "resource", FIRST, object(must("resource", RESOURCE_CONTENTS), ANNOTATIONS, META)),
          new Kind("resource_link", R2025_06_18, RESOURCE));

  private static final Shape SAMPLED =
      kinds(
          "type",
          WORDS,
          IMAGE,
          AUDIO,
          new Kind(
              "tool_use",
              R2025_11_25,
              object(must("id", TEXT), must("name", TEXT), must("input", OBJECT), META)),
          new Kind(
              "tool_result",
              R2025_11_25,
              object(must("toolUseId", TEXT), must("content", list(CONTENT)), META)));

  /** What a model is asked about: one block, or several since 2025-11-25. */
  static final Shape SAMPLED_CONTENT =
      spot ->
          (spot.value().isArray() && spot.isBetween(R2025_11_25, Revision.LAST)
                  ? list(SAMPLED)
                  : SAMPLED)
              .check(spot);

  /** Who somebody is. */
  static final Shape IMPLEMENTATION =
      object(
          must("name", TEXT),
          must("version", TEXT),
          TITLE,
          may("description", TEXT).since(R2025_11_25),
          may("websiteUrl", URI).since(R2025_11_25),
          ICONS);

  private Blocks() {}

  private static Shape media() {
    return object(must("data", BASE64), must("mimeType", TEXT), ANNOTATIONS, META);
  }
}
