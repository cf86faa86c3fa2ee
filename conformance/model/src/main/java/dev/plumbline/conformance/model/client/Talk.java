package dev.plumbline.conformance.model.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What was said on a line so far, as far as it decides what a client may say next.
 *
 * @param stateless whether it is of the stateless era
 * @param line which connection it is
 * @param phase how far the handshake has come; always ready in the stateless era
 * @param ids every id the client has used
 * @param running what it asked, is not answered and was not cancelled, oldest first
 * @param questions what the server asked and is not answered: id to method
 * @param declared what the server declared: {@code tools}, {@code resources.subscribe}
 */
record Talk(
    boolean stateless,
    int line,
    Phase phase,
    Set<JsonNode> ids,
    List<Sent> running,
    Map<JsonNode, String> questions,
    Set<String> declared) {
  /** How far the handshake has come. */
  enum Phase {
    /** Nothing was said. */
    CLOSED,
    /** {@code initialize} was said. */
    ASKED,
    /** It was answered by a revision the client may speak. */
    AGREED,
    /** {@code initialized} was said. */
    READY
  }

  /** The revisions of the handshake era. */
  static final Set<String> REVISIONS =
      Set.of("2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25");

  static final String INITIALIZE = "initialize";
  static final String CANCELLED = "notifications/cancelled";

  Talk {
    ids = Set.copyOf(ids);
    running = List.copyOf(running);
    questions = Map.copyOf(questions);
    declared = Set.copyOf(declared);
  }

  /** A line on which nothing was said. */
  static Talk fresh(boolean stateless, int line) {
    Phase phase = stateless ? Phase.READY : Phase.CLOSED;
    return new Talk(stateless, line, phase, Set.of(), List.of(), Map.of(), Set.of());
  }

  private Talk at(Phase next) {
    return new Talk(stateless, line, next, ids, running, questions, declared);
  }

  private Talk running(List<Sent> now) {
    return new Talk(stateless, line, phase, ids, now, questions, declared);
  }

  private Talk questions(Map<JsonNode, String> now) {
    return new Talk(stateless, line, phase, ids, running, now, declared);
  }

  /** The line this was sent on: another one begins with nothing. */
  Talk on(Sent sent) {
    return sent.line() == line ? this : fresh(stateless, sent.line());
  }

  /** The request of that id, when it is running. */
  Optional<Sent> running(JsonNode id) {
    return running.stream().filter(sent -> sent.id().equals(id)).findFirst();
  }

  /** After the client sent that. */
  Talk sent(Sent sent) {
    if (sent.isRequest()) {
      Set<JsonNode> used = new HashSet<>(ids);
      used.add(sent.id());
      List<Sent> now = new ArrayList<>(running);
      now.add(sent);
      Phase next = sent.is(INITIALIZE) ? Phase.ASKED : phase;
      return new Talk(stateless, line, next, used, now, questions, declared);
    }
    if (sent.is("notifications/initialized")) {
      return at(Phase.READY);
    }
    if (sent.is(CANCELLED)) {
      return without(sent.params().path("requestId"));
    }
    if (sent.isResponse()) {
      Map<JsonNode, String> left = new HashMap<>(questions);
      left.remove(sent.id());
      return questions(left);
    }
    return this;
  }

  private Talk without(JsonNode id) {
    return running(running.stream().filter(sent -> !sent.id().equals(id)).toList());
  }

  /** After the server said that. */
  Talk said(JsonNode message) {
    JsonNode id = message.path("id");
    if (message.has("method")) {
      if (!message.has("id")) {
        return this;
      }
      Map<JsonNode, String> more = new HashMap<>(questions);
      more.put(id, message.path("method").asString(""));
      return questions(more);
    }
    Optional<Sent> asked = running(id);
    Talk answered = without(id);
    if (asked.isEmpty() || !asked.get().is(INITIALIZE)) {
      return answered;
    }
    JsonNode result = message.path("result");
    boolean agreed = REVISIONS.contains(result.path("protocolVersion").asString(""));
    Phase next = agreed ? Phase.AGREED : Phase.CLOSED;
    Set<String> names = names(result.path("capabilities"));
    return new Talk(stateless, line, next, ids, answered.running(), questions, names);
  }

  private static Set<String> names(JsonNode capabilities) {
    Set<String> names = new HashSet<>();
    capabilities
        .properties()
        .forEach(
            each -> {
              names.add(each.getKey());
              each.getValue().propertyNames().forEach(sub -> names.add(each.getKey() + "." + sub));
            });
    return names;
  }

  /** After that was answered by nothing; when its session has gone, another one begins. */
  Talk gone(Sent request, boolean session) {
    Talk left = without(request.id());
    return session
        ? new Talk(stateless, line, Phase.CLOSED, Set.of(), left.running(), questions, Set.of())
        : left;
  }

  /** After the connection ended. */
  Talk dropped() {
    return running(List.of()).questions(Map.of()).at(stateless ? Phase.READY : Phase.CLOSED);
  }
}
