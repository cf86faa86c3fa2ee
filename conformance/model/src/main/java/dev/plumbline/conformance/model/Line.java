package dev.plumbline.conformance.model;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How far the handshake with a server of that era has come ({@code 2025-11-25/basic/lifecycle}).
 *
 * @param offer what the server offers
 * @param phase how far it has come
 * @param revision the negotiated revision; the wanted one before
 * @param session the session's name, when it was given one
 */
record Line(Offer offer, Phase phase, String revision, Optional<String> session) {
  private static final int ACCEPTED = 202;
  private static final int NOT_FOUND = 404;
  private static final int REFUSED = 400;

  /** How far the handshake has come. */
  enum Phase {
    /** Nothing was said. */
    CLOSED,
    /** {@code initialize} was answered. */
    OPENED,
    /** {@code initialized} was said. */
    READY
  }

  /** Nothing was said. */
  static Line closed(Offer offer) {
    return new Line(offer, Phase.CLOSED, offer.revision(), Optional.empty());
  }

  /** Asks to open it in that revision. */
  static Ask.Message initialize(String revision) {
    ObjectNode params = Ask.object();
    params.put("protocolVersion", revision);
    params.putObject("capabilities");
    params.putObject("clientInfo").put("name", "plumbline").put("version", "0.1.0");
    return Ask.request("initialize", params);
  }

  /** Says that the handshake is done. */
  Ask.Message initialized() {
    return Ask.notification("notifications/initialized", Ask.object()).over(route());
  }

  /** A request on it. */
  Ask.Message request(String method, ObjectNode params) {
    return Ask.request(method, params).over(route());
  }

  /** What names its session and revision. */
  Ask.Route route() {
    return Ask.Route.in(session, revision);
  }

  /** What ends it. */
  Ask end() {
    return offer.http() && session.isPresent() ? new Ask.Delete(route()) : new Ask.Fresh();
  }

  boolean is(Phase wanted) {
    return phase == wanted;
  }

  /** After an answer to {@code initialize}. */
  Line opened(Heard heard) {
    String negotiated = heard.result().path("protocolVersion").asString(revision);
    return new Line(offer, Phase.OPENED, negotiated, heard.session());
  }

  /** After {@code initialized}. */
  Line ready() {
    return new Line(offer, Phase.READY, revision, session);
  }

  /** The server ended the session, which it may at any time. */
  boolean ended(Heard heard) {
    return session.isPresent() && heard.status() == NOT_FOUND;
  }

  /** What is wrong with the answer to a ping on a line that is ready. */
  static Optional<Breach> ping(Heard heard) {
    JsonNode result = heard.result();
    ObjectNode bare = Ask.object();
    boolean empty =
        result instanceof ObjectNode object && object.deepCopy().without("_meta").equals(bare);
    return empty
        ? Optional.empty()
        : Optional.of(
            new Breach(
                "PING-001",
                heard.served() ? "A ping is not answered with an empty result." : REFUSED_PING,
                "A ping is answered with an empty result for as long as the session lives.",
                "The answer was " + heard.told() + ".",
                "Answer ping with {} whatever came before it, and 404 once its session is gone."));
  }

  private static final String REFUSED_PING = "A ping on a session that goes on is refused.";

  /** What is wrong with how a notification was taken. */
  static Optional<Breach> notified(Offer offer, Heard heard) {
    boolean accepted = heard.status() < REFUSED;
    boolean right = heard.status() == ACCEPTED && heard.events().isEmpty();
    return !offer.http() || !accepted || right
        ? Optional.empty()
        : Optional.of(
            new Breach(
                "TRAN-002",
                "A notification is not answered with status 202 and no body.",
                "A notification that the server accepts is answered with 202 Accepted and no body.",
                "The answer was " + heard.told() + ".",
                "Answer accepted notifications with 202 Accepted and an empty body."));
  }

  /** The first step on any line. */
  static List<String> revisions(Offer offer) {
    return offer.revisions().isEmpty() ? List.of(offer.revision()) : offer.revisions();
  }
}
