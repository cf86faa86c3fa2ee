package dev.plumbline.conformance.model.client;

import dev.plumbline.conformance.model.Ask;
import dev.plumbline.conformance.model.Breach;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * A client in sessions over HTTP ({@code 2025-11-25/basic/transports}, session management): it
 * names the session it is in, and begins a new one when that has gone.
 */
public final class ClientSessionModel extends ClientModel<ClientSessionModel.Note> {
  private static final int NOT_FOUND = 404;

  /**
   * The session.
   *
   * @param id its id, when there is one
   * @param gone those that have ended
   * @param revision the negotiated revision
   * @param opened how many there were
   */
  public record Note(Optional<String> id, Set<String> gone, String revision, int opened) {
    /** Copies the set. */
    public Note {
      gone = Set.copyOf(gone);
    }
  }

  /** The model. */
  public ClientSessionModel() {
    super(false, List.of("tools/call"));
  }

  private static Note session(Scene<Note> scene) {
    return scene.note(0).orElse(new Note(Optional.empty(), Set.of(), "", 0));
  }

  @Override
  public String name() {
    return "client-session";
  }

  @Override
  void replies(Scene<Note> scene, Sent running, List<Deed> deeds) {
    String which = "-" + running.operation();
    if (running.is(Talk.INITIALIZE)) {
      ObjectNode older = Deed.agreed("2025-06-18", "tools");
      ObjectNode newest = Deed.agreed("2025-11-25", "tools");
      String id = "session-" + (session(scene).opened() + 1);
      deeds.add(Deed.respond("open", running, newest).session(id));
      deeds.add(Deed.respond("open-older", running, older).session(id));
      deeds.add(Deed.respond("open-without-session", running, newest));
      return;
    }
    ObjectNode result = Ask.object();
    result.putArray("content");
    deeds.add(Deed.respond("answer" + which, running, result));
    if (running.session().isPresent()) {
      deeds.add(Deed.status("gone" + which, running, NOT_FOUND));
    }
  }

  @Override
  Scene<Note> did(Scene<Note> before, Scene<Note> now, Deed deed) {
    Optional<Sent> request = before.talk().running(deed.body().path("request"));
    if (request.isEmpty()) {
      return now;
    }
    Note note = session(before);
    if (request.get().is(Talk.INITIALIZE)) {
      String revision =
          deed.body().path("message").path("result").path("protocolVersion").asString("");
      Optional<String> id = deed.body().path("session").stringValueOpt();
      return now.noting(0, new Note(id, note.gone(), revision, note.opened() + 1));
    }
    if (deed.body().path("status").asInt() != NOT_FOUND) {
      return now;
    }
    boolean current = request.get().session().equals(note.id());
    Set<String> gone = new HashSet<>(note.gone());
    request.get().session().ifPresent(gone::add);
    Optional<String> left = current ? Optional.empty() : note.id();
    return now.with(now.talk().gone(request.get(), current))
        .noting(0, new Note(left, gone, note.revision(), note.opened()));
  }

  @Override
  Optional<Breach> wrong(Scene<Note> scene, Sent sent) {
    return wrongRoute(session(scene), sent);
  }

  /** What is wrong with how a message names session and revision. */
  static Optional<Breach> wrongRoute(Note note, Sent sent) {
    boolean opens = sent.is(Talk.INITIALIZE);
    if (sent.session().filter(id -> opens || note.gone().contains(id)).isPresent()) {
      return Manners.breach(
          "TRAN-046",
          "The client names a session that has ended.",
          "After 404 the client begins anew, by an initialize without a session.",
          sent.method() + " named " + sent.session().orElse("") + ".",
          "Forget the session at 404.");
    }
    if (opens) {
      return Optional.empty();
    }
    if (!sent.session().equals(note.id())) {
      return Manners.breach(
          "TRAN-045",
          "The client does not name the session it is in.",
          "Everything after initialize names the session that the server opened, if it did.",
          sent.method() + sent.verb() + " named " + sent.session().orElse("none") + ".",
          "Send Mcp-Session-Id with every message.");
    }
    return sent.revision().equals(Optional.of(note.revision()))
        ? Optional.empty()
        : Manners.breach(
            "TRAN-048",
            "The client does not name the revision that was agreed on.",
            "Everything after initialize names the negotiated revision.",
            sent.method() + sent.verb() + " named " + sent.revision().orElse("none") + ".",
            "Send MCP-Protocol-Version with every message.");
  }

  @Override
  Scene<Note> sent(Scene<Note> scene, Sent sent) {
    return scene;
  }
}
