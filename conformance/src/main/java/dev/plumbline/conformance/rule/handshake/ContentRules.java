package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.Content;
import dev.plumbline.conformance.rule.MessageShapes;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Requires;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Rules on what resources and prompts hold, of the pages {@code 2025-11-25/server/resources} and
 * {@code server/prompts}.
 */
public final class ContentRules {
  private static final Requires RESOURCES = Probes.HANDSHAKE.capability("resources");
  private static final Requires PROMPTS = Probes.HANDSHAKE.capability("prompts");

  private ContentRules() {}

  /** The rules. */
  public static List<Rule> rules() {
    return List.of(
        over(
            "RES-006",
            RESOURCES.since("2025-06-18"),
            new EveryPiece(
                recording ->
                    Heard.entries(recording, "resources/list", "resources")
                        .flatMap(resource -> resource.below("uri")),
                uri ->
                    EveryPiece.when(
                        !Content.isUri(uri), "The address of a resource is no URI: " + uri + "."),
                "a listed resource",
                "The address of a resource is a URI of RFC 3986; a scheme starts with a letter and"
                    + " holds letters, digits, plus, hyphen and dot.",
                "Rename the scheme, and write other characters percent-encoded.")),
        over(
            "RES-010",
            RESOURCES,
            new EveryPiece(
                recording ->
                    Heard.entries(recording, "resources/read", "contents")
                        .flatMap(contents -> contents.below("blob")),
                blob ->
                    EveryPiece.when(!Content.isBase64(blob), "A blob is not Base64 with padding."),
                "a resource with binary data",
                "Binary data are encoded in Base64 as RFC 4648 says, with padding.",
                "Encode the bytes with the standard alphabet and padding.")),
        over(
            "PROM-004",
            PROMPTS,
            media("image", "image/", "Images in a prompt are Base64, with a media type image/….")),
        over(
            "PROM-005",
            PROMPTS.since("2025-03-26"),
            media("audio", "audio/", "Audio in a prompt is Base64, with a media type audio/….")),
        over(
            "PROM-006",
            PROMPTS,
            new EveryPiece(
                recording ->
                    contents(recording, "resource").flatMap(content -> content.below("resource")),
                ContentRules::resourceDefect,
                "a prompt with an embedded resource",
                "A resource in a prompt has an address, a media type, and either a text or a blob.",
                "Fill uri, mimeType and one of text and blob.")));
  }

  private static Rule over(String clause, Requires requires, Function<Recording, Verdict> judge) {
    return new Rule(clause, Probes.ANY, requires, MessageShapes.SCRIPT, judge);
  }

  private static Stream<Heard> contents(Recording recording, String type) {
    return Heard.entries(recording, "prompts/get", "messages")
        .flatMap(message -> message.below("content"))
        .filter(content -> content.node().path("type").asString("").equals(type));
  }

  private static EveryPiece media(String type, String prefix, String expected) {
    return new EveryPiece(
        recording -> contents(recording, type),
        content -> mediaDefect(content, prefix),
        "a prompt with content of type " + type,
        expected,
        "Encode the bytes in Base64 with padding and name their media type in mimeType.");
  }

  private static Optional<String> mediaDefect(JsonNode content, String prefix) {
    JsonNode type = content.path("mimeType");
    if (!Content.isMediaType(type) || !type.asString("").startsWith(prefix)) {
      return Optional.of(
          "The media type of content in a prompt is " + type + ", not " + prefix + "….");
    }
    return EveryPiece.when(
        !Content.isBase64(content.path("data")), "Data in a prompt are not Base64 with padding.");
  }

  private static Optional<String> resourceDefect(JsonNode resource) {
    if (!Content.isUri(resource.path("uri"))) {
      return Optional.of("A resource in a prompt has no valid address.");
    }
    if (!Content.isMediaType(resource.path("mimeType"))) {
      return Optional.of("A resource in a prompt has no media type.");
    }
    if (resource.has("text") == resource.has("blob")) {
      return Optional.of("A resource in a prompt has not exactly one of text and blob.");
    }
    return EveryPiece.when(
        resource.has("blob") && !Content.isBase64(resource.path("blob")),
        "The blob of a resource in a prompt is not Base64 with padding.");
  }
}
