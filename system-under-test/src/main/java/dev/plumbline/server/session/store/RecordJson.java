package dev.plumbline.server.session.store;

import dev.plumbline.server.feature.LogLevel;
import dev.plumbline.server.limit.MessageKind;
import dev.plumbline.server.protocol.RequestId;
import dev.plumbline.server.session.ClientProfile;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The JSON form of both versions; what is missing or of another type is an illegal argument. */
final class RecordJson {
  private static final String PRIORITY_QUEUE = "priority_queue";
  private static final String DRAINED_UNTIL = "drained_until";

  private RecordJson() {}

  static ObjectNode write(SessionRecord session) {
    ObjectNode json = write(SessionRecordV1.down(session));
    texts(json.putArray(PRIORITY_QUEUE), session.priorityQueue());
    session.drainedUntil().ifPresent(latest -> json.put(DRAINED_UNTIL, latest.toEpochMilli()));
    return json;
  }

  static ObjectNode write(SessionRecordV1 session) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", session.id());
    json.put("revision", session.revision());
    json.set("capabilities", session.client().capabilities());
    json.set("info", session.client().info());
    json.put("phase", session.phase().name().toLowerCase(Locale.ROOT));
    json.put("created", session.created().toEpochMilli());
    json.put("used", session.used().toEpochMilli());
    json.put("changes", session.changes());
    json.put("log_level", session.logLevel().wire());
    texts(json.putArray("subscriptions"), session.subscriptions());
    texts(json.putArray("elicitations"), session.elicitations());
    ArrayNode ids = json.putArray("request_ids");
    session.requestIds().forEach(id -> ids.add(requestId(id)));
    ArrayNode streams = json.putArray("streams");
    session.streams().forEach(stream -> streams.add(write(stream)));
    json.put("last_stream", session.lastStream());
    return json;
  }

  static ObjectNode write(StreamRecord stream) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("number", stream.number());
    json.put("listening", stream.listening());
    json.put("finished", stream.finished());
    json.put("last", stream.last());
    json.put("lost", stream.lost());
    ArrayNode messages = json.putArray("messages");
    for (StreamRecord.Said said : stream.messages()) {
      messages
          .addObject()
          .put("number", said.number())
          .put("kind", said.kind().name().toLowerCase(Locale.ROOT))
          .put("text", said.text());
    }
    return json;
  }

  static SessionRecord read(ObjectNode json) {
    SessionRecord session = readV1(json).up();
    return new SessionRecord(
        session.id(),
        session.revision(),
        session.client(),
        session.phase(),
        session.created(),
        session.used(),
        session.changes(),
        session.logLevel(),
        session.subscriptions(),
        session.elicitations(),
        session.requestIds(),
        session.streams(),
        session.lastStream(),
        texts(json, PRIORITY_QUEUE),
        json.has(DRAINED_UNTIL)
            ? Optional.of(Instant.ofEpochMilli(number(json, DRAINED_UNTIL)))
            : Optional.empty());
  }

  static SessionRecordV1 readV1(ObjectNode json) {
    return new SessionRecordV1(
        text(json, "id"),
        text(json, "revision"),
        new ClientProfile(object(json, "capabilities"), object(json, "info")),
        SessionRecord.Phase.valueOf(text(json, "phase").toUpperCase(Locale.ROOT)),
        Instant.ofEpochMilli(number(json, "created")),
        Instant.ofEpochMilli(number(json, "used")),
        number(json, "changes"),
        LogLevel.of(text(json, "log_level")).orElseThrow(() -> missing("log_level")),
        texts(json, "subscriptions"),
        texts(json, "elicitations"),
        array(json, "request_ids").valueStream().map(RecordJson::requestId).toList(),
        array(json, "streams").valueStream().map(RecordJson::stream).toList(),
        number(json, "last_stream"));
  }

  private static StreamRecord stream(JsonNode node) {
    if (!(node instanceof ObjectNode json)) {
      throw missing("streams");
    }
    return new StreamRecord(
        number(json, "number"),
        flag(json, "listening"),
        flag(json, "finished"),
        number(json, "last"),
        number(json, "lost"),
        array(json, "messages").valueStream().map(RecordJson::said).toList());
  }

  private static StreamRecord.Said said(JsonNode node) {
    if (!(node instanceof ObjectNode json)) {
      throw missing("messages");
    }
    return new StreamRecord.Said(
        number(json, "number"),
        MessageKind.valueOf(text(json, "kind").toUpperCase(Locale.ROOT)),
        text(json, "text"));
  }

  /** An integer keeps its digits: they may not fit any number type. */
  private static String requestId(RequestId id) {
    return switch (id) {
      case RequestId.Text(var value) -> "s" + value;
      case RequestId.Whole(var digits) -> "n" + digits;
    };
  }

  private static RequestId requestId(JsonNode node) {
    String text = node.isString() ? node.stringValue() : "";
    if (text.startsWith("s")) {
      return new RequestId.Text(text.substring(1));
    }
    if (text.startsWith("n")) {
      return new RequestId.Whole(text.substring(1));
    }
    throw missing("request_ids");
  }

  private static void texts(ArrayNode to, List<String> texts) {
    texts.forEach(to::add);
  }

  private static List<String> texts(ObjectNode json, String name) {
    return array(json, name)
        .valueStream()
        .map(
            node -> {
              if (!node.isString()) {
                throw missing(name);
              }
              return node.stringValue();
            })
        .toList();
  }

  private static String text(ObjectNode json, String name) {
    JsonNode node = json.path(name);
    if (!node.isString()) {
      throw missing(name);
    }
    return node.stringValue();
  }

  private static long number(ObjectNode json, String name) {
    JsonNode node = json.path(name);
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw missing(name);
    }
    return node.longValue();
  }

  private static boolean flag(ObjectNode json, String name) {
    JsonNode node = json.path(name);
    if (!node.isBoolean()) {
      throw missing(name);
    }
    return node.booleanValue();
  }

  private static ObjectNode object(ObjectNode json, String name) {
    if (json.path(name) instanceof ObjectNode object) {
      return object;
    }
    throw missing(name);
  }

  private static ArrayNode array(ObjectNode json, String name) {
    if (json.path(name) instanceof ArrayNode array) {
      return array;
    }
    throw missing(name);
  }

  private static IllegalArgumentException missing(String name) {
    return new IllegalArgumentException(name + " is missing or of another type");
  }
}
