package dev.plumbline.conformance.model.client;

import dev.plumbline.conformance.model.Ask;
import dev.plumbline.conformance.model.Breach;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A client with subscriptions on one line ({@code 2026-07-28/basic/patterns/subscriptions}): it
 * tells them apart, and ends each once.
 */
public final class ClientSubscriptionModel extends ClientModel<ClientSubscriptionModel.Note> {
  /** What a port tells of news that reached a listener of the user's. */
  public static final String NEWS = "NEWS";

  private static final String LISTEN = "subscriptions/listen";
  private static final String ID = "io.modelcontextprotocol/subscriptionId";

  /**
   * A subscription.
   *
   * @param request what opened it
   * @param acknowledged whether it was acknowledged
   */
  public record Note(Sent request, boolean acknowledged) {}

  /** The model. */
  public ClientSubscriptionModel() {
    super(true, List.of("listen/tools", "listen/prompts", "tools/list"));
  }

  @Override
  public String name() {
    return "client-subscription";
  }

  @Override
  void replies(Scene<Note> scene, Sent running, List<Deed> deeds) {
    if (discovered(running, deeds)) {
      return;
    }
    String which = "-" + running.operation();
    if (!running.is(LISTEN)) {
      ObjectNode list = Ask.object().put("resultType", "complete");
      list.putArray("tools");
      deeds.add(Deed.answer("answer" + which, running, list));
      giveUp(running, deeds);
      return;
    }
    boolean acknowledged = scene.note(running.operation()).map(Note::acknowledged).orElse(false);
    if (!acknowledged) {
      ObjectNode params = named(running);
      params.set("notifications", running.params().path("notifications"));
      deeds.add(
          Deed.say(
              "acknowledge" + which,
              Deed.call("notifications/subscriptions/acknowledged", params)));
    }
    deeds.add(
        Deed.say("news" + which, Deed.call("notifications/tools/list_changed", named(running))));
    if (acknowledged) {
      giveUp(running, deeds);
    }
    ObjectNode end = Ask.object().put("resultType", "complete");
    deeds.add(Deed.answer("end" + which, running, end));
    deeds.add(Deed.refuse("refuse" + which, running, -32603));
  }

  private static ObjectNode named(Sent running) {
    ObjectNode params = Ask.object();
    params.putObject("_meta").set(ID, running.id());
    return params;
  }

  @Override
  void unasked(Scene<Note> scene, List<Deed> deeds) {
    ObjectNode nobody = Ask.object();
    nobody.putObject("_meta").put(ID, 999_999);
    deeds.add(Deed.say("news-of-none", Deed.call("notifications/tools/list_changed", nobody)));
    deeds.add(Deed.drop());
  }

  @Override
  Scene<Note> did(Scene<Note> before, Scene<Note> now, Deed deed) {
    JsonNode id = deed.body().path("params").path("_meta").path(ID);
    Optional<Sent> request = before.talk().running(id);
    boolean acknowledges =
        deed.body().path("method").asString("").equals("notifications/subscriptions/acknowledged");
    return acknowledges && request.isPresent()
        ? now.noting(request.get().operation(), new Note(request.get(), true))
        : now;
  }

  @Override
  Optional<Breach> wrong(Scene<Note> scene, Sent sent) {
    if (sent.verb().equals(NEWS)) {
      JsonNode id = sent.params().path("_meta").path(ID);
      boolean own =
          scene
              .note(sent.operation())
              .filter(note -> note.acknowledged() && note.request().id().equals(id))
              .isPresent();
      return own
          ? Optional.empty()
          : Manners.breach(
              "SUBS-505",
              "News reach a listener that they are not for.",
              "News on a shared line are sorted by the subscription that they name.",
              "Operation " + sent.operation() + " was told " + sent.message() + ".",
              "Find the listener by the subscription id.");
    }
    return Optional.empty();
  }

  @Override
  Scene<Note> sent(Scene<Note> scene, Sent sent) {
    return sent.is(LISTEN) ? scene.noting(sent.operation(), new Note(sent, false)) : scene;
  }
}
