package dev.plumbline.chaos.embedded;

import dev.plumbline.chaos.toxic.Direction;
import dev.plumbline.chaos.toxic.Toxic;
import dev.plumbline.evidence.model.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Toxics in the JSON of Toxiproxy's API; what a request leaves out keeps its value. */
final class ToxicJson {
  private ToxicJson() {}

  static ObjectNode write(AttachedToxic attached) {
    ObjectNode node = Json.mapper().createObjectNode();
    ObjectNode attributes = node.putObject("attributes");
    attached.toxic().attributes().forEach(attributes::put);
    node.put("name", attached.name())
        .put("type", attached.toxic().type())
        .put("stream", attached.direction().id());
    double toxicity = attached.toxicity();
    // Go writes 1, not 1.0.
    return toxicity == Math.rint(toxicity)
        ? node.put("toxicity", (long) toxicity)
        : node.put("toxicity", toxicity);
  }

  static AttachedToxic create(JsonNode body) throws ApiException {
    String type = text(body, "type", "");
    String stream = text(body, "stream", Direction.DOWNSTREAM.id());
    Direction direction = Direction.of(stream).orElseThrow(ApiException::invalidStream);
    String name = text(body, "name", "");
    double toxicity = number(body, "toxicity", 1);
    return new AttachedToxic(
        name.isEmpty() ? type + "_" + stream : name,
        direction,
        toxicity,
        attributes(blank(type), body.path("attributes")));
  }

  static AttachedToxic update(AttachedToxic old, JsonNode body) throws ApiException {
    return new AttachedToxic(
        old.name(),
        old.direction(),
        number(body, "toxicity", old.toxicity()),
        attributes(old.toxic(), body.path("attributes")));
  }

  private static Toxic blank(String type) throws ApiException {
    return switch (type) {
      case "noop" -> new Toxic.Noop();
      case "latency" -> new Toxic.Latency(0, 0);
      case "bandwidth" -> new Toxic.Bandwidth(0);
      case "slow_close" -> new Toxic.SlowClose(0);
      case "timeout" -> new Toxic.Timeout(0);
      case "reset_peer" -> new Toxic.ResetPeer(0);
      case "slicer" -> new Toxic.Slicer(0, 0, 0);
      case "limit_data" -> new Toxic.LimitData(0);
      default -> throw ApiException.invalidToxicType();
    };
  }

  private static Toxic attributes(Toxic old, JsonNode a) throws ApiException {
    return switch (old) {
      case Toxic.Noop t -> t;
      case Toxic.Latency t ->
          new Toxic.Latency(whole(a, "latency", t.latency()), whole(a, "jitter", t.jitter()));
      case Toxic.Bandwidth t -> new Toxic.Bandwidth(whole(a, "rate", t.rate()));
      case Toxic.SlowClose t -> new Toxic.SlowClose(whole(a, "delay", t.delay()));
      case Toxic.Timeout t -> new Toxic.Timeout(whole(a, "timeout", t.timeout()));
      case Toxic.ResetPeer t -> new Toxic.ResetPeer(whole(a, "timeout", t.timeout()));
      case Toxic.Slicer t ->
          new Toxic.Slicer(
              whole(a, "average_size", t.averageSize()),
              whole(a, "size_variation", t.sizeVariation()),
              whole(a, "delay", t.delay()));
      case Toxic.LimitData t -> new Toxic.LimitData(whole(a, "bytes", t.bytes()));
    };
  }

  static String text(JsonNode body, String field, String absent) throws ApiException {
    JsonNode value = body.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return absent;
    }
    if (!value.isString()) {
      throw ApiException.badBody(field + " must be a string");
    }
    return value.stringValue();
  }

  static boolean truth(JsonNode body, String field, boolean absent) throws ApiException {
    JsonNode value = body.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return absent;
    }
    if (!value.isBoolean()) {
      throw ApiException.badBody(field + " must be true or false");
    }
    return value.booleanValue();
  }

  private static double number(JsonNode body, String field, double absent) throws ApiException {
    JsonNode value = body.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return absent;
    }
    if (!value.isNumber()) {
      throw ApiException.badBody(field + " must be a number");
    }
    return value.doubleValue();
  }

  private static long whole(JsonNode body, String field, long absent) throws ApiException {
    JsonNode value = body.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return absent;
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw ApiException.badBody(field + " must be a whole number");
    }
    return value.longValue();
  }
}
