package dev.plumbline.conformance.model;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * What came of one step.
 *
 * @param asked the id of the request that was sent; 0 when nothing was asked
 * @param status the HTTP status; 0 when there is none to be had, -1 when one was due and none came
 * @param type the media type of the HTTP body; empty when there was none
 * @param session the session id that was assigned
 * @param events every message that came, in order
 */
public record Heard(
    int asked, int status, String type, Optional<String> session, List<Event> events) {
  // RFC 9110 §15.5.2, §15.6, RFC 6585 §4: these speak of access, load or faults elsewhere.
  private static final Set<Integer> UNRELATED = Set.of(401, 403, 407, 408, 413, 421, 429);
  private static final int SERVER_ERROR = 500;
  private static final int REFUSED = 400;

  /**
   * One message.
   *
   * @param id the id of its event, when it came on a stream and has one
   * @param message the message; missing when the event carried none
   */
  public record Event(Optional<String> id, JsonNode message) {}

  /** Nothing at all. */
  public static final Heard NOTHING = new Heard(0, 0, "", Optional.empty(), List.of());

  /** Copies the list. */
  public Heard {
    events = List.copyOf(events);
  }

  /** The response to what was asked; missing when none came. */
  public JsonNode response() {
    for (Event event : events) {
      JsonNode message = event.message();
      boolean response = !message.has("method") && (message.has("result") || message.has("error"));
      if (response && message.path("id").isInt() && message.path("id").asInt() == asked) {
        return message;
      }
    }
    return MissingNode.getInstance();
  }

  /** The result of what was asked; missing when none came. */
  public JsonNode result() {
    return status >= REFUSED ? MissingNode.getInstance() : response().path("result");
  }

  /** Whether what was asked was answered by a result. */
  public boolean served() {
    return !result().isMissingNode();
  }

  /** The code of the error that answers; 0 when there is none. */
  public int errorCode() {
    return response().path("error").path("code").asInt(0);
  }

  /** Whether the server said no, in whatever way. */
  public boolean refused() {
    return status >= REFUSED || response().has("error");
  }

  /** Whether nothing can be concluded: no answer in time, or one that speaks of load or access. */
  public boolean unclear() {
    boolean silent = status == 0 && asked > 0 && response().isMissingNode();
    return silent || status < 0 || UNRELATED.contains(status) || status >= SERVER_ERROR;
  }

  /** What came, in a few words. */
  public String told() {
    String code = response().has("error") ? "error " + errorCode() : served() ? "a result" : "";
    String plain = status <= 0 ? "" : "status " + status;
    return plain.isEmpty() && code.isEmpty()
        ? "no answer"
        : plain + (plain.isEmpty() || code.isEmpty() ? "" : " with ") + code;
  }
}
