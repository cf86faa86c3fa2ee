package dev.plumbline.conformance.model.client;

import dev.plumbline.conformance.model.Ask;
import dev.plumbline.conformance.model.Breach;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A client of the handshake era on one line ({@code 2025-11-25/basic/lifecycle}, cancellation,
 * ping, progress, pagination): what it says when, whatever its server answers or asks.
 */
public final class ClientLifecycleModel extends ClientModel<ClientLifecycleModel.Note> {
  /** No client may read anything into it. */
  private static final String CURSOR = "\u00fc c/==&1\\";

  /**
   * What is noted of an operation.
   *
   * @param cursor where its list goes on
   * @param over the last request of it that was answered or cancelled
   */
  public record Note(Optional<String> cursor, Optional<Sent> over) {}

  /** The model. */
  public ClientLifecycleModel() {
    super(false, List.of("tools/list", "tools/call", "ping", "prompts/list"));
  }

  @Override
  public String name() {
    return "client-lifecycle";
  }

  @Override
  void replies(Scene<Note> scene, Sent running, List<Deed> deeds) {
    String which = "-" + running.operation();
    if (running.is(Talk.INITIALIZE)) {
      deeds.add(
          Deed.answer("agree" + which, running, Deed.agreed("2025-11-25", "tools", "prompts")));
      deeds.add(Deed.answer("agree-older" + which, running, Deed.agreed("2025-06-18", "tools")));
      deeds.add(Deed.answer("agree-bare" + which, running, Deed.agreed("2025-11-25")));
      deeds.add(Deed.answer("disagree" + which, running, Deed.agreed("1900-01-01", "tools")));
      deeds.add(Deed.refuse("refuse" + which, running, -32603));
      return;
    }
    deeds.add(Deed.answer("answer" + which, running, result(running)));
    if (running.method().endsWith("/list")) {
      ObjectNode page = result(running).put("nextCursor", CURSOR + scene.talk().ids().size());
      deeds.add(Deed.answer("answer-page" + which, running, page));
    }
    deeds.add(Deed.refuse("refuse" + which, running, -32603));
    if (!running.token().isMissingNode()) {
      ObjectNode params = Ask.object().put("progress", 1);
      params.set("progressToken", running.token());
      deeds.add(Deed.say("progress" + which, Deed.call("notifications/progress", params)));
    }
    giveUp(running, deeds);
  }

  private static ObjectNode result(Sent running) {
    ObjectNode result = Ask.object();
    switch (running.method()) {
      case "tools/list" -> result.putArray("tools");
      case "prompts/list" -> result.putArray("prompts");
      case "tools/call" -> result.putArray("content");
      default -> {}
    }
    return result;
  }

  @Override
  void unasked(Scene<Note> scene, List<Deed> deeds) {
    deeds.add(question(scene, "ping"));
    deeds.add(question(scene, ELICIT));
    deeds.add(question(scene, "sampling/createMessage"));
    ObjectNode none = Ask.object();
    deeds.add(Deed.say("tools-changed", Deed.call("notifications/tools/list_changed", none)));
    for (int operation = scene.begun(); operation > 0; operation--) {
      String which = "-" + operation;
      scene
          .note(operation)
          .flatMap(Note::over)
          .filter(over -> over.line() == scene.talk().line())
          .ifPresent(over -> deeds.add(Deed.answer("answer-late" + which, over, result(over))));
    }
    deeds.add(Deed.drop());
  }

  @Override
  Optional<Breach> wrong(Scene<Note> scene, Sent sent) {
    if (sent.isResponse()) {
      String asked = scene.talk().questions().getOrDefault(sent.id(), "");
      return asked.startsWith("sampling") && sent.message().has("result")
          ? Manners.breach(
              "LIFE-016",
              "The client does what it did not declare.",
              "What was not declared is answered by an error.",
              "It answered " + asked + " by " + sent.message() + ".",
              "Answer with -32601 what was not declared.")
          : Optional.empty();
    }
    if (!sent.isRequest() || !sent.params().has("cursor")) {
      return Optional.empty();
    }
    String cursor = sent.params().path("cursor").asString("");
    Optional<String> given = scene.note(sent.operation()).flatMap(Note::cursor);
    return given.equals(Optional.of(cursor))
        ? Optional.empty()
        : Manners.breach(
            "PAGE-005",
            "The client goes on in a list at a cursor that it was not given.",
            "A cursor goes back as it came, to the list that it is of.",
            "The cursor was " + cursor + ", given was " + given.orElse("none") + ".",
            "Keep the cursor as it is, and for its own list.");
  }

  @Override
  Scene<Note> sent(Scene<Note> scene, Sent sent) {
    Optional<Sent> cancelled =
        sent.is(Talk.CANCELLED)
            ? scene.talk().running(sent.params().path("requestId"))
            : Optional.empty();
    return cancelled.isEmpty() ? scene : over(scene, cancelled.get(), Optional.empty());
  }

  @Override
  Scene<Note> did(Scene<Note> before, Scene<Note> now, Deed deed) {
    List<Sent> ended = new ArrayList<>(before.talk().running());
    ended.removeAll(now.talk().running());
    if (deed.kind() != Deed.Kind.SAY || ended.isEmpty()) {
      return now;
    }
    return over(
        now, ended.getFirst(), deed.body().path("result").path("nextCursor").stringValueOpt());
  }

  private static Scene<Note> over(Scene<Note> scene, Sent request, Optional<String> cursor) {
    return request.is(Talk.INITIALIZE) || request.operation() == 0
        ? scene
        : scene.noting(request.operation(), new Note(cursor, Optional.of(request)));
  }
}
