package dev.plumbline.conformance.model;

import dev.plumbline.conformance.model.SessionModel.Act;
import dev.plumbline.conformance.model.SessionModel.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Sessions of Streamable HTTP ({@code 2025-11-25/basic/transports}, session management): each lives
 * until it is ended, and is gone for good then, whatever becomes of the others.
 */
public final class SessionModel implements Model<State, Act> {
  private static final int MAX_SESSIONS = 3;
  private static final int REFUSED = 400;
  private static final int ACCEPTED = 202;
  private static final int GONE = 404;
  private static final int NOT_ALLOWED = 405;
  private static final Set<Integer> GONE_OR_NOT_OFFERED = Set.of(GONE, NOT_ALLOWED);

  /** What is known of a session's life. */
  public enum Life {
    /** {@code initialize} was answered. */
    OPENED,
    /** {@code initialized} was said. */
    READY,
    /** It was asked to end, and it cannot be told whether it has. */
    ENDING,
    /** It has ended. */
    ENDED
  }

  /** What is done with a session. */
  public enum Verb {
    PING,
    INITIALIZED,
    DELETE,
    LIST,
    NOTIFY,
    LISTEN
  }

  /** What can be done. */
  public sealed interface Act extends Command {
    /**
     * Opens another session.
     *
     * @param revision the revision asked for
     */
    record Open(String revision) implements Act {
      @Override
      public String label() {
        return "open";
      }

      @Override
      public Ask ask() {
        return Line.initialize(revision);
      }
    }

    /**
     * Uses a session.
     *
     * @param verb what for
     * @param at which, counted from 0
     * @param ask what is sent
     */
    record Use(Verb verb, int at, Ask ask) implements Act {
      @Override
      public String label() {
        return Words.lower(verb) + "-session-" + (at + 1);
      }
    }

    /**
     * Asks without naming a session, which a server may answer as it likes.
     *
     * @param ask what is sent
     */
    record Nameless(Ask ask) implements Act {
      @Override
      public String label() {
        return "ping-without-session";
      }
    }
  }

  /**
   * A session.
   *
   * @param id its name
   * @param life what is known of its life
   * @param revision what was agreed on
   */
  public record Named(String id, Life life, String revision) {
    private Ask.Route route() {
      return Ask.Route.in(Optional.of(id), revision);
    }
  }

  /**
   * Every session there was.
   *
   * @param offer what the server offers
   * @param sessions the sessions in the order they were opened
   */
  public record State(Offer offer, List<Named> sessions) {
    /** Copies the list. */
    public State {
      sessions = List.copyOf(sessions);
    }

    private State with(int at, Life life) {
      List<Named> changed = new ArrayList<>(sessions);
      Named old = sessions.get(at);
      changed.set(at, new Named(old.id(), life, old.revision()));
      return new State(offer, changed);
    }
  }

  @Override
  public String name() {
    return "session";
  }

  @Override
  public Optional<String> obstacle(Offer offer) {
    return offer.http() && offer.sessions()
        ? Optional.empty()
        : Optional.of("the server gives sessions no id");
  }

  @Override
  public State start(Offer offer) {
    return new State(offer, List.of());
  }

  @Override
  public List<Act> commands(State state) {
    List<Act> acts = new ArrayList<>();
    // The newest first, so that a choice means the same without an older one.
    for (int at = state.sessions().size() - 1; at >= 0; at--) {
      acts.addAll(uses(state, at));
    }
    if (state.sessions().size() < MAX_SESSIONS) {
      acts.add(new Act.Open(state.offer().revision()));
    }
    if (!state.sessions().isEmpty()) {
      acts.add(
          new Act.Nameless(
              Ask.request("ping", Ask.object())
                  .over(Ask.Route.in(Optional.empty(), state.sessions().getFirst().revision()))));
    }
    return acts;
  }

  private static List<Act> uses(State state, int at) {
    Named session = state.sessions().get(at);
    List<Act> acts = new ArrayList<>();
    Ask.Route route = session.route();
    acts.add(new Act.Use(Verb.PING, at, Ask.request("ping", Ask.object()).over(route)));
    acts.add(new Act.Use(Verb.DELETE, at, new Ask.Delete(route)));
    acts.add(
        new Act.Use(
            Verb.NOTIFY,
            at,
            Ask.notification(
                    "notifications/cancelled",
                    Ask.object().put("requestId", "plumbline-never-sent"))
                .over(route)));
    if (session.life() != Life.OPENED && !state.offer().lists().isEmpty()) {
      String method = state.offer().lists().getFirst();
      acts.add(new Act.Use(Verb.LIST, at, Ask.request(method, Ask.object()).over(route)));
    }
    if (session.life() == Life.OPENED) {
      acts.add(
          new Act.Use(
              Verb.INITIALIZED,
              at,
              Ask.notification("notifications/initialized", Ask.object()).over(route)));
    }
    if (session.life() == Life.ENDED) {
      acts.add(new Act.Use(Verb.LISTEN, at, new Ask.Listen(route, Optional.empty())));
    }
    return acts;
  }

  @Override
  public List<Act> ending(State state) {
    List<Act> acts = new ArrayList<>();
    for (int at = 0; at < state.sessions().size(); at++) {
      if (state.sessions().get(at).life() != Life.ENDED) {
        Ask.Route route = state.sessions().get(at).route();
        acts.add(new Act.Use(Verb.DELETE, at, new Ask.Delete(route)));
      }
    }
    return acts;
  }

  @Override
  public Step<State> step(State state, Act act, Heard heard) {
    if (heard.unclear()) {
      return Step.unclear(heard);
    }
    return switch (act) {
      case Act.Open open -> opened(state, open.revision(), heard);
      case Act.Nameless _ -> Step.to(state);
      case Act.Use use ->
          switch (state.sessions().get(use.at()).life()) {
            case ENDED -> afterTheEnd(state, use, heard);
            case ENDING -> ending(state, use, heard);
            case OPENED, READY -> alive(state, use, heard);
          };
    };
  }

  private static Step<State> opened(State state, String wanted, Heard heard) {
    if (!heard.served() || heard.session().isEmpty()) {
      return new Step.Unclear<>("no session was opened");
    }
    String id = heard.session().get();
    List<Named> sessions = new ArrayList<>(state.sessions());
    String revision = heard.result().path("protocolVersion").asString(wanted);
    // That ids are never given twice is a recommendation; the newer one counts then.
    sessions.replaceAll(s -> s.id().equals(id) ? new Named(id, Life.ENDING, s.revision()) : s);
    sessions.add(new Named(id, Life.OPENED, revision));
    return Step.to(new State(state.offer(), sessions));
  }

  private static Step<State> alive(State state, Act.Use use, Heard heard) {
    int at = use.at();
    if (heard.status() == GONE) {
      // A server may end a session at any time.
      return Step.to(state.with(at, Life.ENDED));
    }
    boolean ready = state.sessions().get(at).life() == Life.READY;
    return switch (use.verb()) {
      case PING -> ready ? judged(Line.ping(heard), () -> Step.to(state)) : Step.to(state);
      case INITIALIZED ->
          judged(
              Line.notified(state.offer(), heard),
              () -> Step.to(heard.refused() ? state : state.with(at, Life.READY)));
      case NOTIFY -> judged(Line.notified(state.offer(), heard), () -> Step.to(state));
      case DELETE -> deleted(state, at, heard);
      case LIST, LISTEN -> Step.to(state);
    };
  }

  private static Step<State> deleted(State state, int at, Heard heard) {
    if (heard.status() == NOT_ALLOWED) {
      return Step.to(state);
    }
    // RFC 9110 §15.3.3: accepted is not done; and an error leaves open what happened.
    boolean done = heard.status() < REFUSED && heard.status() != ACCEPTED;
    return Step.to(state.with(at, done ? Life.ENDED : Life.ENDING));
  }

  private static Step<State> ending(State state, Act.Use use, Heard heard) {
    return Step.to(heard.status() == GONE ? state.with(use.at(), Life.ENDED) : state);
  }

  private static Step<State> judged(Optional<Breach> breach, Supplier<Step<State>> otherwise) {
    return breach.<Step<State>>map(Step.Broken::new).orElseGet(otherwise);
  }

  private static Step<State> afterTheEnd(State state, Act.Use use, Heard heard) {
    if (heard.status() == 0) {
      // A stream that is silent for a moment may be one, or a refusal that is late.
      return Step.unclear(heard);
    }
    boolean right =
        switch (use.verb()) {
          case LISTEN -> GONE_OR_NOT_OFFERED.contains(heard.status());
          // RFC 9110 §9.2.2: to delete again what is gone changes nothing.
          case DELETE -> heard.status() < REFUSED || GONE_OR_NOT_OFFERED.contains(heard.status());
          case PING, INITIALIZED, LIST, NOTIFY -> heard.status() == GONE;
        };
    if (right) {
      return Step.to(state);
    }
    return Step.broken(
        "TRAN-004",
        heard.status() < REFUSED
            ? "A session that has ended is still served."
            : "A request that names an ended session is refused, but not with status 404.",
        "Once a session has ended, every request that names it is answered with 404 Not Found.",
        "The answer was " + heard.told() + ".",
        "Forget a session when it ends, and answer 404 Not Found to its id from then on.");
  }
}
