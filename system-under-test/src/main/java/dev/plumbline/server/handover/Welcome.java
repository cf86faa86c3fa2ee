package dev.plumbline.server.handover;

import dev.plumbline.server.round.ServerSecret;
import dev.plumbline.server.session.store.RecordCodec;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the process that leaves says first. The one that comes says before that which version of
 * session records it knows, so that the records come in a version that both know.
 *
 * @param format the version of the records
 * @param ports the listening sockets, sorted by name; their descriptors come in this order
 * @param store where its sessions are kept; empty when it does not say
 * @param operators what operators decided since it was started
 * @param secret what the processes share
 */
record Welcome(
    int format,
    SortedMap<String, Integer> ports,
    String store,
    OperatorState operators,
    ServerSecret secret) {
  /** How the two talk; another number is another language. */
  static final int PROTOCOL = 1;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** What the process that comes says first. */
  static Frame hello(int format) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("protocol", PROTOCOL).put("format", format);
    return new Frame(Frame.Type.HELLO, JSON.writeValueAsBytes(json));
  }

  /**
   * The version of records that both know.
   *
   * @param own the newest one that this process knows
   * @throws HandoverException when there is none
   */
  static int agreed(Frame hello, int own) throws HandoverException, IOException {
    JsonNode json = json(hello, Frame.Type.HELLO);
    int format = json.path("format").asInt(0);
    if (json.path("protocol").asInt(0) != PROTOCOL || format < RecordCodec.OLDEST) {
      throw new HandoverException(
          "the two processes cannot hand over: stop the old one, then start the new one");
    }
    return Math.min(format, own);
  }

  Frame toFrame() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("format", format);
    ObjectNode listeners = json.putObject("listeners");
    ports.forEach(listeners::put);
    json.put("store", store);
    operators.to(json);
    json.put("secret", Base64.getEncoder().encodeToString(secret.bytes()));
    return new Frame(Frame.Type.WELCOME, JSON.writeValueAsBytes(json));
  }

  static Welcome of(Frame frame) throws HandoverException, IOException {
    if (frame.type() == Frame.Type.REFUSED) {
      throw new HandoverException(frame.open().readUTF());
    }
    JsonNode json = json(frame, Frame.Type.WELCOME);
    Map<String, Integer> ports = new LinkedHashMap<>();
    json.path("listeners").forEachEntry((name, port) -> ports.put(name, port.asInt()));
    byte[] secret = Base64.getDecoder().decode(json.path("secret").asString(""));
    return new Welcome(
        json.path("format").asInt(),
        new TreeMap<>(ports),
        json.path("store").asString(""),
        OperatorState.of(json),
        ServerSecret.of(secret));
  }

  /** All sessions are told; what operators decided while that went on belongs to it. */
  static Frame sessionsEnd(OperatorState operators) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    operators.to(json);
    return new Frame(Frame.Type.SESSIONS_END, JSON.writeValueAsBytes(json));
  }

  /** What operators had decided when all sessions were told; an older process says it before. */
  OperatorState operators(Frame sessionsEnd) throws IOException {
    return sessionsEnd.body().length == 0
        ? operators
        : OperatorState.of(json(sessionsEnd, Frame.Type.SESSIONS_END));
  }

  private static JsonNode json(Frame frame, Frame.Type type) throws IOException {
    if (frame.type() != type) {
      throw new ProtocolException("expected " + type + ", got " + frame.type());
    }
    try {
      return JSON.readTree(frame.body());
    } catch (JacksonException e) {
      throw new ProtocolException("not a " + type + ": " + e.getOriginalMessage());
    }
  }
}
