package dev.plumbline.conformance.model.client;

import dev.plumbline.conformance.model.Ask;
import dev.plumbline.conformance.model.Breach;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * A client whose streams break ({@code 2025-11-25/basic/transports}, resumability): it takes each
 * up where it was left.
 */
public final class ClientStreamModel extends ClientModel<ClientStreamModel.Note> {
  private static final ClientSessionModel.Note SESSION =
      new ClientSessionModel.Note(Optional.of("session-1"), Set.of(), "2025-11-25", 1);

  /**
   * A stream.
   *
   * @param last the last event id on it
   * @param events how many events it had
   * @param there whether it is there to be answered on
   * @param fruitless how often in a row it was taken up for nothing
   */
  public record Note(Optional<String> last, int events, boolean there, int fruitless) {}

  /** The model. */
  public ClientStreamModel() {
    super(false, List.of("tools/call"));
  }

  @Override
  public String name() {
    return "client-stream";
  }

  @Override
  void replies(Scene<Note> scene, Sent running, List<Deed> deeds) {
    int operation = running.operation();
    if (running.is(Talk.INITIALIZE)) {
      ObjectNode agreed = Deed.agreed("2025-11-25", "tools");
      deeds.add(Deed.respond("open", running, agreed).session("session-1"));
      return;
    }
    Note note = scene.note(operation).orElseThrow();
    if (!note.there()) {
      return;
    }
    String id = "event-" + operation + "-" + (note.events() + 1);
    ObjectNode result = Ask.object();
    result.putArray("content");
    deeds.add(Deed.event("event-" + operation, running, Optional.of(id), false));
    deeds.add(Deed.event("nameless-event-" + operation, running, Optional.empty(), false));
    deeds.add(Deed.respond("answer-" + operation, running, result).streamed());
    if (note.last().isPresent() && note.fruitless() == 0) {
      deeds.add(Deed.event("break-" + operation, running, Optional.empty(), true));
    }
    deeds.add(Deed.event("event-and-break-" + operation, running, Optional.of(id), true));
  }

  @Override
  Scene<Note> did(Scene<Note> before, Scene<Note> now, Deed deed) {
    Optional<Note> noted = now.note(deed.operation());
    if (deed.kind() != Deed.Kind.RESPOND || noted.isEmpty()) {
      return now;
    }
    Note note = noted.get();
    Optional<String> id = deed.body().path("event").stringValueOpt();
    boolean ends = deed.body().path("end").asBoolean();
    boolean brought = id.isPresent() || deed.body().has("event");
    return now.noting(
        deed.operation(),
        new Note(
            id.or(note::last),
            note.events() + (id.isPresent() ? 1 : 0),
            !ends,
            brought ? 0 : note.fruitless() + 1));
  }

  @Override
  Optional<Breach> wrong(Scene<Note> scene, Sent sent) {
    Optional<Breach> route = ClientSessionModel.wrongRoute(SESSION, sent);
    if (route.isPresent() || !sent.verb().equals("GET")) {
      return route;
    }
    Optional<String> last = scene.note(sent.operation()).flatMap(Note::last);
    return sent.after().isPresent() && sent.after().equals(last)
        ? Optional.empty()
        : Manners.breach(
            "TRAN-042",
            "The client takes a stream up at another event than the last one it was given.",
            "A stream is taken up by its last event id.",
            "Last-Event-ID was " + sent.after().orElse("missing") + ", last was " + last + ".",
            "Keep the last id of each stream by itself.");
  }

  @Override
  Scene<Note> sent(Scene<Note> scene, Sent sent) {
    if (sent.verb().equals("GET")) {
      Note note = scene.note(sent.operation()).orElseThrow();
      return scene.noting(
          sent.operation(), new Note(note.last(), note.events(), true, note.fruitless()));
    }
    return sent.isRequest() && sent.operation() > 0
        ? scene.noting(sent.operation(), new Note(Optional.empty(), 0, true, 0))
        : scene;
  }
}
