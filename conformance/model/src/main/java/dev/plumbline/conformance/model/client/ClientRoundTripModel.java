package dev.plumbline.conformance.model.client;

import dev.plumbline.conformance.model.Ask;
import dev.plumbline.conformance.model.Breach;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A client that is asked back ({@code 2026-07-28/basic/patterns/mrtr}): it repeats the request with
 * all answers and the state as it came, and uses neither for anything else.
 */
public final class ClientRoundTripModel extends ClientModel<ClientRoundTripModel.Note> {
  /** No client may read anything into it. */
  private static final String STATE = "{\"\u00fc\": 1}\n==";

  /**
   * A request that is or was running.
   *
   * @param request as it was sent last
   * @param asked the questions it was answered with; empty when it was not
   * @param state the state it was answered with
   */
  public record Note(Sent request, Set<String> asked, Optional<String> state) {
    /** Copies the set. */
    public Note {
      asked = Set.copyOf(asked);
    }
  }

  /** The model. */
  public ClientRoundTripModel() {
    super(true, List.of("tools/call", "prompts/get", "resources/read", "tools/list"));
  }

  @Override
  public String name() {
    return "client-mrtr";
  }

  @Override
  void replies(Scene<Note> scene, Sent running, List<Deed> deeds) {
    if (discovered(running, deeds)) {
      return;
    }
    String which = "-" + running.operation();
    String state = STATE + which + "-" + scene.talk().ids().size();
    deeds.add(Deed.answer("ask" + which, running, asking(1, ELICIT).put("requestState", state)));
    deeds.add(Deed.answer("ask-two" + which, running, asking(2, ELICIT)));
    deeds.add(Deed.answer("state-only" + which, running, required().put("requestState", state)));
    ObjectNode undeclared = asking(1, "sampling/createMessage").put("requestState", state);
    deeds.add(Deed.answer("ask-undeclared" + which, running, undeclared));
    deeds.add(Deed.answer("answer" + which, running, complete(running)));
    deeds.add(Deed.refuse("refuse" + which, running, -32603));
    giveUp(running, deeds);
  }

  private static ObjectNode required() {
    return Ask.object().put("resultType", "input_required");
  }

  private static ObjectNode asking(int questions, String method) {
    ObjectNode result = required();
    ObjectNode all = result.putObject("inputRequests");
    for (int i = 1; i <= questions; i++) {
      ObjectNode question = all.putObject("question \u00fc " + i).put("method", method);
      question.putObject("params").put("message", "Who?");
    }
    return result;
  }

  private static ObjectNode complete(Sent running) {
    ObjectNode result = Ask.object().put("resultType", "complete");
    switch (running.method()) {
      case "tools/list" -> result.putArray("tools");
      case "prompts/get" -> result.putArray("messages");
      case "resources/read" -> result.putArray("contents");
      default -> result.putArray("content");
    }
    return result;
  }

  @Override
  void unasked(Scene<Note> scene, List<Deed> deeds) {
    deeds.add(question(scene, ELICIT));
    deeds.add(Deed.drop());
  }

  @Override
  Scene<Note> did(Scene<Note> before, Scene<Note> now, Deed deed) {
    Optional<Sent> request = before.talk().running(deed.body().path("id"));
    JsonNode result = deed.body().path("result");
    if (deed.kind() != Deed.Kind.SAY || request.isEmpty() || request.get().operation() == 0) {
      return now;
    }
    Set<String> asked = new HashSet<>(result.path("inputRequests").propertyNames());
    Optional<String> state = result.path("requestState").stringValueOpt();
    return now.noting(request.get().operation(), new Note(request.get(), asked, state));
  }

  @Override
  Optional<Breach> wrong(Scene<Note> scene, Sent sent) {
    if (!sent.isRequest() || sent.is("server/discover")) {
      return Optional.empty();
    }
    Optional<Note> before =
        scene.note(sent.operation()).filter(note -> !note.request().is("server/discover"));
    JsonNode state = sent.params().path("requestState");
    Set<String> answered = new HashSet<>(sent.params().path("inputResponses").propertyNames());
    if (before.isEmpty()) {
      return state.isMissingNode() && answered.isEmpty()
          ? Optional.empty()
          : Manners.breach(
              "MRTR-521",
              "A first request carries the answers or the state of another one.",
              "What one request was asked is used for no other.",
              "The parameters were " + sent.params() + ".",
              "Keep answers and state with the request that they are of.");
    }
    Note note = before.get();
    if (!plain(note.request()).equals(plain(sent))) {
      return Manners.breach(
          "MRTR-516",
          "A repeated request is another request.",
          "A request is repeated as it was, with answers and state added.",
          "First " + plain(note.request()) + ", then " + plain(sent) + ".",
          "Change nothing but inputResponses and requestState.");
    }
    if (!note.state().equals(state.stringValueOpt())
        || (note.state().isEmpty() && !state.isMissingNode())) {
      return Manners.breach(
          note.state().isEmpty() ? "MRTR-519" : "MRTR-517",
          "A repeated request does not carry the state that came last.",
          "requestState goes back exactly as it came, and not at all when none came.",
          "Given was " + note.state().orElse("none") + ", sent was " + state + ".",
          "Copy the state of the last answer, and nothing older.");
    }
    if (!note.asked().equals(answered)) {
      return Manners.breach(
          "MRTR-516",
          "A repeated request does not answer what was asked.",
          "All that was asked is answered before the request is repeated.",
          "Asked were " + note.asked() + ", answered were " + answered + ".",
          "Answer each key of inputRequests.");
    }
    return scene.talk().ids().contains(sent.id())
        ? Manners.breach(
            "MRTR-520",
            "A repeated request has an id that was used before.",
            "A repeated request has an id of its own.",
            "The id was " + sent.id() + ".",
            "Count on.")
        : Optional.empty();
  }

  private static ObjectNode plain(Sent sent) {
    ObjectNode params = ((ObjectNode) sent.params()).deepCopy();
    params.remove(List.of("inputResponses", "requestState", "_meta"));
    return params.put("method", sent.method());
  }

  @Override
  Scene<Note> sent(Scene<Note> scene, Sent sent) {
    return scene;
  }
}
