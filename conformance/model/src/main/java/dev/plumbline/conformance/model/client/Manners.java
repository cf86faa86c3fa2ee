package dev.plumbline.conformance.model.client;

import dev.plumbline.conformance.model.Breach;
import dev.plumbline.conformance.model.client.Talk.Phase;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a client keeps to whatever it does ({@code basic}, {@code basic/lifecycle}, cancellation,
 * progress).
 */
final class Manners {
  private static final String META = "io.modelcontextprotocol/";

  /** What the server must have declared for a method, by its beginning. */
  private static final Map<String, String> NEEDS =
      Map.of(
          "tools/", "tools",
          "prompts/", "prompts",
          "resources/", "resources",
          "logging/", "logging",
          "tasks/", "tasks");

  private Manners() {}

  /** What is wrong with sending that now. */
  static Optional<Breach> wrong(Talk talk, Sent sent) {
    if (sent.isRequest()) {
      return request(talk, sent);
    }
    if (sent.isNotification()) {
      return notification(talk, sent);
    }
    return sent.isResponse() ? response(talk, sent) : Optional.empty();
  }

  private static Optional<Breach> request(Talk talk, Sent sent) {
    JsonNode id = sent.id();
    if (!id.isString() && !id.isIntegralNumber()) {
      return breach(
          talk.stateless() ? "BASE-511" : "BASE-008",
          "A request has an id that is neither a string nor an integer.",
          "Every request carries a string or an integer as its id.",
          "The id was " + id + ".",
          "Number the requests.");
    }
    boolean reused = talk.stateless() ? talk.running(id).isPresent() : talk.ids().contains(id);
    if (reused) {
      return breach(
          talk.stateless() ? "BASE-513" : "BASE-010",
          "A request takes an id that was used before.",
          "No id is used a second time.",
          "The id " + id + " was used again, by " + sent.method() + ".",
          "Count on for every request, a repeated one too.");
    }
    Optional<Breach> token = token(talk, sent);
    if (token.isPresent()) {
      return token;
    }
    return talk.stateless() ? described(sent) : inPhase(talk, sent);
  }

  private static Optional<Breach> token(Talk talk, Sent sent) {
    JsonNode token = sent.token();
    boolean good = token.isMissingNode() || token.isString() || token.isIntegralNumber();
    boolean taken =
        !token.isMissingNode() && talk.running().stream().anyMatch(o -> o.token().equals(token));
    if (good && !taken) {
      return Optional.empty();
    }
    return breach(
        (talk.stateless() ? "PROG-50" : "PROG-00") + (good ? 2 : 1),
        "A progress token is no string or integer, or that of another running request.",
        "Each running request has a progress token of its own, a string or an integer.",
        "The token was " + token + ".",
        "Derive the token from the id of the request.");
  }

  private static Optional<Breach> described(Sent sent) {
    JsonNode meta = sent.params().path("_meta");
    boolean whole =
        meta.path(META + "protocolVersion").isString()
            && meta.path(META + "clientInfo").isObject()
            && meta.path(META + "clientCapabilities").isObject();
    return whole
        ? Optional.empty()
        : breach(
            "BASE-549",
            "A request does not say who sends it.",
            "Every request carries version, client and capabilities in its _meta.",
            "The _meta of " + sent.method() + " was " + meta + ".",
            "Put all three into every request.");
  }

  private static Optional<Breach> inPhase(Talk talk, Sent sent) {
    if (sent.is(Talk.INITIALIZE)) {
      return initialize(talk, sent);
    }
    // The page wants no other request than ping before the answer; that is no MUST for it.
    if (talk.phase() == Phase.CLOSED || (talk.phase() == Phase.ASKED && !sent.is("ping"))) {
      return breach(
          "LIFE-005",
          "The client asks before the handshake is made.",
          "The handshake is the first thing that client and server say.",
          sent.method() + " was sent while the handshake was " + talk.phase() + ".",
          "Hold back requests until initialize is answered.");
    }
    if (talk.phase() == Phase.AGREED) {
      return breach(
          "LIFE-007",
          "The client asks before it said that it is ready.",
          "After the answer to initialize the client says initialized.",
          sent.method() + " was sent first.",
          "Say notifications/initialized before everything else.");
    }
    String need =
        NEEDS.entrySet().stream()
            .filter(each -> sent.method().startsWith(each.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse("");
    return need.isEmpty() || talk.declared().contains(need)
        ? Optional.empty()
        : breach(
            "LIFE-014",
            "The client uses what the server did not declare.",
            "Only capabilities that were declared are used.",
            sent.method() + " was sent to a server that declared " + talk.declared() + ".",
            "Look at the server's capabilities before asking for " + need + ".");
  }

  private static Optional<Breach> initialize(Talk talk, Sent sent) {
    JsonNode params = sent.params();
    if (talk.phase() != Phase.CLOSED) {
      return breach(
          "LIFE-005",
          "The client makes the handshake twice.",
          "A session has one handshake.",
          "initialize was sent while the handshake was " + talk.phase() + ".",
          "Initialize again only in a new session.");
    }
    return params.path("protocolVersion").isString()
            && params.path("capabilities").isObject()
            && params.path("clientInfo").path("name").isString()
        ? Optional.empty()
        : breach(
            "LIFE-006",
            "initialize does not say version, capabilities and name.",
            "The client states its version, its capabilities and who it is.",
            "The parameters were " + params + ".",
            "State all three.");
  }

  private static Optional<Breach> notification(Talk talk, Sent sent) {
    if (sent.is("notifications/initialized") && talk.phase() != Phase.AGREED) {
      return breach(
          "LIFE-007",
          "initialized is said where no handshake waits for it.",
          "initialized follows once on a successful initialize.",
          "It was said while the handshake was " + talk.phase() + ".",
          "Say it once, after the answer to initialize.");
    }
    if (!sent.is(Talk.CANCELLED)) {
      return Optional.empty();
    }
    JsonNode id = sent.params().path("requestId");
    Optional<Sent> running = talk.running(id);
    if (running.isEmpty()) {
      return breach(
          talk.stateless() ? "CANC-510" : "CANC-001",
          "The client cancels what is not running.",
          "A cancellation names a request of its sender that is not answered yet.",
          "The id was " + id + ".",
          "Cancel once, and nothing that was answered.");
    }
    return running.get().is(Talk.INITIALIZE)
        ? breach(
            "CANC-002",
            "The client cancels initialize.",
            "initialize is never cancelled.",
            "The id was " + id + ".",
            "End the connection instead.")
        : Optional.empty();
  }

  private static Optional<Breach> response(Talk talk, Sent sent) {
    if (talk.stateless()) {
      return breach(
          "TRAN-520",
          "The client sends a response.",
          "In the stateless era a client sends requests and notifications only.",
          "It sent " + sent.message() + ".",
          "Answer questions by repeating the request that they belong to.");
    }
    String method = talk.questions().get(sent.id());
    boolean one = sent.message().has("result") != sent.message().has("error");
    if (method != null && one) {
      return Optional.empty();
    }
    return breach(
        method == null ? "BASE-007" : "BASE-011",
        "The client answers what was not asked, or not in one way.",
        "Each request of the server is answered once, by a result or an error.",
        "It sent " + sent.message() + ".",
        "Forget a request when it is answered.");
  }

  static Optional<Breach> breach(
      String clause, String summary, String expected, String actual, String fix) {
    return Optional.of(new Breach(clause, summary, expected, actual, fix));
  }
}
