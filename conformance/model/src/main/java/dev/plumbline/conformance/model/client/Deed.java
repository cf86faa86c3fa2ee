package dev.plumbline.conformance.model.client;

import dev.plumbline.conformance.model.Ask;
import dev.plumbline.conformance.model.Command;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a walk does to a client, which says what it sends then.
 *
 * @param label what is done
 * @param kind who does it
 * @param operation which operation of the user's it is about, counted from 1; 0 when about none
 * @param what for the user the method that is wanted; otherwise a few words for the port
 * @param body what the server says
 */
public record Deed(String label, Kind kind, int operation, String what, ObjectNode body)
    implements Command {
  /** Who does something. */
  public enum Kind {
    /** The user begins an operation. */
    BEGIN,
    /** The user gives one up. */
    GIVE_UP,
    /** The server says a message. */
    SAY,
    /** The server ends the connection. */
    DROP,
    /** The HTTP request of that operation is answered: status, session, events. */
    RESPOND
  }

  private static final String OPERATION = "operation";
  private static final String WHAT = "what";
  private static final String BODY = "body";

  /** The user begins. */
  static Deed begin(int operation, String what) {
    String label = "want-" + what.replace('/', '-');
    return new Deed(label, Kind.BEGIN, operation, what, Ask.object());
  }

  /** The user gives up. */
  static Deed giveUp(int operation) {
    return new Deed("give-up-" + operation, Kind.GIVE_UP, operation, "", Ask.object());
  }

  /** The server says that. */
  static Deed say(String label, ObjectNode message) {
    return new Deed(label, Kind.SAY, 0, "", message);
  }

  /** The server answers that. */
  static Deed answer(String label, Sent request, ObjectNode result) {
    ObjectNode message = response(request);
    message.set("result", result);
    return say(label, message);
  }

  /** The server answers that with an error. */
  static Deed refuse(String label, Sent request, int code) {
    ObjectNode message = response(request);
    message.putObject("error").put("code", code).put("message", "no");
    return say(label, message);
  }

  /** The server goes away. */
  static Deed drop() {
    return new Deed("drop", Kind.DROP, 0, "", Ask.object());
  }

  /** What a server of the handshake era answers to initialize. */
  static ObjectNode agreed(String revision, String... capabilities) {
    ObjectNode result = Ask.object().put("protocolVersion", revision);
    ObjectNode all = result.putObject("capabilities");
    for (String each : capabilities) {
      all.putObject(each);
    }
    result.putObject("serverInfo").put("name", "walk").put("version", "1");
    return result;
  }

  /** Over HTTP, the server answers with that status and nothing else. */
  static Deed status(String label, Sent request, int status) {
    ObjectNode body = Ask.object().put("status", status).put("end", true);
    body.set("request", request.id());
    return new Deed(label, Kind.RESPOND, request.operation(), "", body);
  }

  /** Over HTTP, the server answers with that result. */
  static Deed respond(String label, Sent request, ObjectNode result) {
    Deed deed = status(label, request, 200);
    ObjectNode message = response(request);
    message.set("result", result);
    deed.body().set("message", message);
    return deed;
  }

  /** Over HTTP, an event of that id, or without one, comes on the stream of the request. */
  static Deed event(String label, Sent request, Optional<String> id, boolean end) {
    Deed deed = status(label, request, 200).streamed();
    deed.body().put("end", end);
    if (id.isPresent() || !end) {
      deed.body().set("event", JsonNodeFactory.instance.nullNode());
      id.ifPresent(name -> deed.body().put("event", name));
    }
    return deed;
  }

  /** The same, opening that session. */
  Deed session(String id) {
    body.put("session", id);
    return this;
  }

  /** The same, on an event stream. */
  Deed streamed() {
    body.put("streamed", true);
    return this;
  }

  private static ObjectNode response(Sent request) {
    ObjectNode message = Ask.object().put("jsonrpc", "2.0");
    message.set("id", request.id());
    return message;
  }

  /** A notification or request of the server. */
  static ObjectNode call(String method, ObjectNode params) {
    ObjectNode message = Ask.object().put("jsonrpc", "2.0").put("method", method);
    message.set("params", params);
    return message;
  }

  /** The form in which a port takes it. */
  @Override
  public Ask ask() {
    ObjectNode params = Ask.object().put(OPERATION, operation).put(WHAT, what);
    params.set(BODY, body);
    return Ask.request(kind.name(), params);
  }

  /** What a port was asked to do. */
  public static Deed of(Ask ask, String label) {
    if (!(ask instanceof Ask.Message message)) {
      throw new IllegalArgumentException("no deed: " + label);
    }
    JsonNode params = message.params();
    return new Deed(
        label,
        Kind.valueOf(message.method()),
        params.path(OPERATION).asInt(),
        params.path(WHAT).asString(""),
        (ObjectNode) params.path(BODY));
  }
}
