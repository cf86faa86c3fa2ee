package dev.plumbline.server.session;

import dev.plumbline.server.feature.Catalog;
import dev.plumbline.server.feature.Prompt;
import dev.plumbline.server.feature.Resource;
import dev.plumbline.server.feature.Tool;
import dev.plumbline.server.observe.History;
import dev.plumbline.server.observe.Introspection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What can be seen of sessions and their streams: the sections {@code sessions} and {@code
 * streams}, bounded lists in which sessions have pseudonyms, and one session or its streams by id
 * or pseudonym (R025, R026). Looking is not use.
 */
public final class SessionSections {
  /** So many sessions, or streams, are listed. */
  static final int MAX_LISTED = 100;

  /** So many names of what is offered are shown in a dump. */
  static final int MAX_NAMES = 1_000;

  private final Sessions sessions;
  private final Listening listening;
  private final Supplier<Catalog> catalog;

  /**
   * The streams that belong to no session: who listens in the stateless era.
   *
   * @param count how many there are
   * @param shown so many of them at most, with the members of a session's streams
   */
  public record Listening(IntSupplier count, IntFunction<List<ObjectNode>> shown) {}

  private SessionSections(Sessions sessions, Listening listening, Supplier<Catalog> catalog) {
    this.sessions = sessions;
    this.listening = listening;
    this.catalog = catalog;
  }

  /** Adds the sections. */
  public static void show(
      Introspection introspection,
      Sessions sessions,
      Listening listening,
      Supplier<Catalog> catalog) {
    SessionSections sections = new SessionSections(sessions, listening, catalog);
    introspection.section("sessions", sections::list);
    introspection.item("sessions", key -> sessions.named(key).map(one -> sections.dump(one, key)));
    introspection.section("streams", sections::streams);
    introspection.item("streams", key -> sessions.named(key).map(SessionSections::streamsOf));
  }

  private ObjectNode list() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("count", sessions.count());
    ArrayNode listed = json.putArray("sessions");
    for (Session session : latest()) {
      Activity activity = session.activity();
      listed
          .addObject()
          .put("session", session.pseudonym())
          .put("state", session.machine().state().label())
          .put("revision", session.revision())
          .put("created_at", activity.created().toString())
          .put("last_activity", activity.last().toString())
          .put("message_count", activity.messages())
          .put("error_count", activity.errors())
          .put("streams", session.streams().count())
          .put("in_flight", session.inFlight().count());
    }
    return json;
  }

  /** Those used last, newest first; never sorts more than it lists. */
  private List<Session> latest() {
    record Used(Session session, long atMillis) {}
    PriorityQueue<Used> newest = new PriorityQueue<>(Comparator.comparingLong(Used::atMillis));
    sessions.forEach(
        session -> {
          newest.add(new Used(session, session.activity().last().toEpochMilli()));
          if (newest.size() > MAX_LISTED) {
            newest.remove();
          }
        });
    List<Session> listed = new ArrayList<>();
    while (!newest.isEmpty()) {
      listed.addFirst(newest.remove().session());
    }
    return listed;
  }

  /** The id is shown as it was asked for: whoever asks by pseudonym learns no more. */
  private ObjectNode dump(Session session, String asked) {
    Activity activity = session.activity();
    Catalog offered = catalog.get();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("session_id", asked)
        .put("state", session.machine().state().label())
        .put("created_at", activity.created().toString())
        .put("last_activity", activity.last().toString());
    json.set("capabilities", session.client().capabilities().deepCopy());
    names(json.putArray("resources"), offered.resources(), Resource::uri);
    names(json.putArray("tools"), offered.tools(), Tool::name);
    names(json.putArray("prompts"), offered.prompts(), Prompt::name);
    json.put("message_count", activity.messages()).put("error_count", activity.errors());
    json.set("history", History.toJson(session.machine(), Instant.now()));
    return json;
  }

  private static <T> void names(ArrayNode into, List<T> all, Function<T, String> name) {
    all.stream().limit(MAX_NAMES).map(name).forEach(into::add);
  }

  private ObjectNode streams() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode listed = JsonNodeFactory.instance.arrayNode();
    int[] count = {0};
    sessions.forEach(
        session -> {
          count[0] += session.streams().count();
          if (listed.size() < MAX_LISTED) {
            session.streams().views().stream()
                .limit(MAX_LISTED - listed.size())
                .forEach(view -> listed.add(view.toJson(session.pseudonym())));
          }
        });
    json.put("count", count[0] + listening.count().getAsInt());
    listening.shown().apply(MAX_LISTED - listed.size()).forEach(listed::add);
    json.set("streams", listed);
    return json;
  }

  private static ObjectNode streamsOf(Session session) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode listed = json.putArray("streams");
    session.streams().views().forEach(view -> listed.add(view.toJson(session.pseudonym())));
    return json;
  }
}
