package dev.plumbline.conformance.model.client;

import dev.plumbline.conformance.model.Ask;
import dev.plumbline.conformance.model.Heard;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client sent, as a port tells it: the message and what went with it.
 *
 * @param operation which operation of the user's it belongs to; 0 when to none
 * @param line which connection it came on, counted from 1
 * @param paused how long the client waited by itself before it, in milliseconds
 * @param verb the HTTP method; empty where there is none
 * @param session the session it named
 * @param revision the revision its header named
 * @param after the event it wants to go on after
 * @param message the message; missing when there was none
 */
public record Sent(
    int operation,
    int line,
    long paused,
    String verb,
    Optional<String> session,
    Optional<String> revision,
    Optional<String> after,
    JsonNode message) {
  /** A message on a wire without headers. */
  public static Sent on(int operation, int line, long paused, JsonNode message) {
    return new Sent(
        operation, line, paused, "", Optional.empty(), Optional.empty(), Optional.empty(), message);
  }

  /** The form in which a port tells it. */
  public Heard.Event event() {
    ObjectNode told = Ask.object().put("operation", operation).put("line", line);
    told.put("paused", paused).put("verb", verb);
    session.ifPresent(s -> told.put("session", s));
    revision.ifPresent(r -> told.put("revision", r));
    after.ifPresent(a -> told.put("after", a));
    if (!message.isMissingNode()) {
      told.set("message", message);
    }
    return new Heard.Event(Optional.empty(), told);
  }

  /** What a port told. */
  static Sent of(Heard.Event event) {
    JsonNode told = event.message();
    return new Sent(
        told.path("operation").asInt(),
        told.path("line").asInt(),
        told.path("paused").asLong(),
        told.path("verb").asString(""),
        told.path("session").stringValueOpt(),
        told.path("revision").stringValueOpt(),
        told.path("after").stringValueOpt(),
        told.has("message") ? told.path("message") : MissingNode.getInstance());
  }

  /** Its method; empty when it has none. */
  public String method() {
    return message.path("method").asString("");
  }

  /** Its id; missing when it has none. */
  public JsonNode id() {
    return message.path("id");
  }

  /** Its parameters. */
  public JsonNode params() {
    return message.path("params");
  }

  boolean is(String method) {
    return method().equals(method);
  }

  boolean isRequest() {
    return message.has("method") && message.has("id");
  }

  boolean isNotification() {
    return message.has("method") && !message.has("id");
  }

  boolean isResponse() {
    return !message.has("method") && (message.has("result") || message.has("error"));
  }

  /** The token under which it wants to hear of progress; missing when it does not. */
  JsonNode token() {
    return params().path("_meta").path("progressToken");
  }
}
