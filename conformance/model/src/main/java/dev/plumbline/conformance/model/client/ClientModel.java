package dev.plumbline.conformance.model.client;

import dev.plumbline.conformance.model.Ask;
import dev.plumbline.conformance.model.Breach;
import dev.plumbline.conformance.model.Heard;
import dev.plumbline.conformance.model.Model;
import dev.plumbline.conformance.model.Offer;
import dev.plumbline.conformance.model.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * What all models of a client share: its manners, and what was said so far.
 *
 * @param <N> what a model notes of an operation of the user's
 */
public abstract class ClientModel<N> implements Model<ClientModel.Scene<N>, Deed> {
  static final String ELICIT = "elicitation/create";
  private static final int MAX_OPERATIONS = 4;
  private static final Set<String> CAN_BE_GIVEN_UP =
      Set.of(
          "tools/call",
          "prompts/get",
          "resources/read",
          "ping",
          "tasks/get",
          "tasks/update",
          "subscriptions/listen");

  /**
   * Where a walk stands.
   *
   * @param talk what was said
   * @param open whether there is a line
   * @param begun how many operations were begun
   * @param asked how many questions the server has asked
   * @param notes what is noted of each operation
   */
  public record Scene<N>(Talk talk, boolean open, int begun, int asked, Map<Integer, N> notes) {
    /** Copies the map. */
    public Scene {
      notes = Map.copyOf(notes);
    }

    Scene<N> with(Talk next) {
      return new Scene<>(next, open, begun, asked, notes);
    }

    Scene<N> noting(int operation, N note) {
      Map<Integer, N> more = new HashMap<>(notes);
      more.put(operation, note);
      return new Scene<>(talk, open, begun, asked, more);
    }

    Optional<N> note(int operation) {
      return Optional.ofNullable(notes.get(operation));
    }

    /**
     * The requests that can be answered, the newest first: a choice means the same without others.
     */
    List<Sent> running() {
      return talk.running().reversed();
    }
  }

  private final boolean stateless;
  private final List<String> wishes;

  ClientModel(boolean stateless, List<String> wishes) {
    this.stateless = stateless;
    this.wishes = List.copyOf(wishes);
  }

  /** Whether the server is of the stateless era. */
  public final boolean stateless() {
    return stateless;
  }

  /** What the server may do about a request that is running. */
  abstract void replies(Scene<N> scene, Sent running, List<Deed> deeds);

  /** What the server may say unasked. */
  void unasked(Scene<N> scene, List<Deed> deeds) {}

  /** What is wrong with that message besides manners. */
  abstract Optional<Breach> wrong(Scene<N> scene, Sent sent);

  /** After that message was sent. */
  abstract Scene<N> sent(Scene<N> scene, Sent sent);

  /** After that was done; what was said is in the talk already. */
  Scene<N> did(Scene<N> before, Scene<N> now, Deed deed) {
    return now;
  }

  @Override
  public final Optional<String> obstacle(Offer offer) {
    return Optional.empty();
  }

  @Override
  public final Scene<N> start(Offer offer) {
    return new Scene<>(Talk.fresh(stateless, 0), false, 0, 0, Map.of());
  }

  @Override
  public final List<Deed> commands(Scene<N> scene) {
    List<Deed> deeds = new ArrayList<>();
    scene.running().forEach(running -> replies(scene, running, deeds));
    if (scene.begun() < MAX_OPERATIONS) {
      wishes.forEach(wish -> deeds.add(Deed.begin(scene.begun() + 1, wish)));
    }
    if (scene.open()) {
      unasked(scene, deeds);
    }
    return deeds;
  }

  /** The connection is closed by the port. */
  @Override
  public final List<Deed> ending(Scene<N> scene) {
    return List.of();
  }

  @Override
  public final Step<Scene<N>> step(Scene<N> scene, Deed deed, Heard heard) {
    Scene<N> now = did(scene, done(scene, deed), deed);
    for (Heard.Event event : heard.events()) {
      Sent sent = Sent.of(event);
      Scene<N> before = now.with(now.talk().on(sent));
      Optional<Breach> breach = Manners.wrong(before.talk(), sent).or(() -> wrong(before, sent));
      if (breach.isPresent()) {
        return new Step.Broken<>(breach.get());
      }
      Scene<N> after = sent(before, sent).with(before.talk().sent(sent));
      now = new Scene<>(after.talk(), true, after.begun(), after.asked(), after.notes());
    }
    boolean silent = !stateless && now.talk().questions().containsValue("ping");
    return silent
        ? Step.broken(
            "PING-001",
            "The client does not answer a ping.",
            "A ping is answered at once, with an empty result.",
            "Nothing came.",
            "Answer ping whatever else is going on.")
        : Step.to(now);
  }

  private Scene<N> done(Scene<N> scene, Deed deed) {
    Talk talk = scene.talk();
    boolean question = deed.body().has("method") && deed.body().has("id");
    return switch (deed.kind()) {
      case BEGIN ->
          new Scene<>(talk, scene.open(), scene.begun() + 1, scene.asked(), scene.notes());
      case GIVE_UP -> scene;
      case SAY ->
          new Scene<>(
              stateless && question ? talk : talk.said(deed.body()),
              scene.open(),
              scene.begun(),
              scene.asked() + (question ? 1 : 0),
              scene.notes());
      case DROP -> new Scene<>(talk.dropped(), false, scene.begun(), scene.asked(), scene.notes());
      case RESPOND ->
          deed.body().path("message").isObject()
              ? scene.with(talk.said(deed.body().path("message")))
              : scene;
    };
  }

  /** A request of the server's, with an id that was not there before. */
  static Deed question(Scene<?> scene, String method) {
    ObjectNode params = Ask.object();
    if (method.equals(ELICIT)) {
      params.put("message", "Who?").putObject("requestedSchema").put("type", "object");
    }
    ObjectNode message = Deed.call(method, params).put("id", "question-" + (scene.asked() + 1));
    return Deed.say("ask-" + method.replace('/', '-'), message);
  }

  /** Gives the operation of that request up, where a user can. */
  static void giveUp(Sent running, List<Deed> deeds) {
    if (running.operation() > 0 && CAN_BE_GIVEN_UP.contains(running.method())) {
      deeds.add(Deed.giveUp(running.operation()));
    }
  }

  /** Answers the first question of the stateless era. */
  static boolean discovered(Sent running, List<Deed> deeds) {
    if (!running.is("server/discover")) {
      return false;
    }
    ObjectNode result = Ask.object().put("resultType", "complete");
    result.putArray("supportedVersions").add("2026-07-28");
    ObjectNode capabilities = result.putObject("capabilities");
    capabilities.putObject("tools").put("listChanged", true);
    capabilities.putObject("prompts").put("listChanged", true);
    capabilities.putObject("resources").put("subscribe", true);
    capabilities.putObject("extensions").putObject("io.modelcontextprotocol/tasks");
    deeds.add(Deed.answer("answer-" + running.operation(), running, result));
    return true;
  }
}
