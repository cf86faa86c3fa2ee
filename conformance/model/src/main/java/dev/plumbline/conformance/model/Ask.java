package dev.plumbline.conformance.model;

import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a step of a walk sends, whatever carries it. */
public sealed interface Ask {

  /**
   * One message.
   *
   * @param method its method
   * @param params its parameters, without the {@code _meta} that every request of the stateless era
   *     carries
   * @param kind what is expected to come of it
   * @param route what names session and revision; without meaning where one wire is one session
   * @param capabilities what the client declares: in {@code initialize} of the handshake era, with
   *     each request in the stateless era
   */
  record Message(String method, ObjectNode params, Kind kind, Route route, ObjectNode capabilities)
      implements Ask {
    /** A copy on another route. */
    public Message over(Route other) {
      return new Message(method, params, kind, other, capabilities);
    }

    /** A copy with these capabilities. */
    public Message declaring(ObjectNode declared) {
      return new Message(method, params, kind, route, declared);
    }
  }

  /**
   * Listens for messages of the server: HTTP GET, which ends with the first event.
   *
   * @param route what names session and revision
   * @param after the id of the last event that was seen, to go on from there
   */
  record Listen(Route route, Optional<String> after) implements Ask {}

  /**
   * Ends a session: HTTP DELETE.
   *
   * @param route what names session and revision
   */
  record Delete(Route route) implements Ask {}

  /**
   * Ends a stream that {@link Kind#LASTING} opened, and takes down what came on it.
   *
   * @param stream the id of the request that opened it
   */
  record Hush(int stream) implements Ask {}

  /** Leaves the wire for a fresh one; over HTTP nothing happens. */
  record Fresh() implements Ask {}

  /** What is expected to come of a message. */
  enum Kind {
    /** One answer. */
    REQUEST,
    /** Nothing. */
    NOTIFICATION,
    /** A stream that stays open until it is hushed. */
    LASTING
  }

  /**
   * What names session and revision.
   *
   * @param session the session's id
   * @param revision the revision that is stated
   */
  record Route(Optional<String> session, Optional<String> revision) {
    /** Names neither. */
    public static final Route NONE = new Route(Optional.empty(), Optional.empty());

    /** Names both. */
    public static Route in(Optional<String> session, String revision) {
      return new Route(session, Optional.of(revision));
    }
  }

  /** A request that names neither session nor revision. */
  static Message request(String method, ObjectNode params) {
    return new Message(method, params, Kind.REQUEST, Route.NONE, object());
  }

  /** A notification that names neither session nor revision. */
  static Message notification(String method, ObjectNode params) {
    return new Message(method, params, Kind.NOTIFICATION, Route.NONE, object());
  }

  /** A new empty object. */
  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
