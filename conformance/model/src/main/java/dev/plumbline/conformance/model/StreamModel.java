package dev.plumbline.conformance.model;

import dev.plumbline.conformance.model.StreamModel.Act;
import dev.plumbline.conformance.model.StreamModel.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Event streams of Streamable HTTP ({@code 2025-11-25/basic/transports}, resumability and
 * redelivery): an event id names one event of one stream, and a resumed stream goes on as itself.
 * That a server remembers events at all is left open.
 */
public final class StreamModel implements Model<State, Act> {
  private static final int MAX_STREAMS = 4;
  private static final int OK = 200;
  private static final String EVENTS = "text/event-stream";
  private static final String UNIQUE = "An event id is given to one event of the session only.";
  private static final String NUMBER = "Count event ids up, and put the stream's name into them.";

  /**
   * What can be done.
   *
   * @param label what is done
   * @param ask what is sent
   * @param stream the stream that is resumed, counted from 0; -1 for none
   */
  public record Act(String label, Ask ask, int stream) implements Command {}

  /**
   * One event that was seen.
   *
   * @param id its id
   * @param text the message it carried, as text
   */
  public record Seen(String id, String text) {}

  /**
   * One stream.
   *
   * @param request the request whose answer it carries; 0 when it was opened by GET
   * @param events the events with an id that came on it, in order
   */
  public record Stream(int request, List<Seen> events) {
    /** Copies the list. */
    public Stream {
      events = List.copyOf(events);
    }
  }

  /**
   * Everything that was seen in a session.
   *
   * @param line the handshake
   * @param streams the streams in the order they were opened
   */
  public record State(Line line, List<Stream> streams) {
    /** Copies the list. */
    public State {
      streams = List.copyOf(streams);
    }
  }

  @Override
  public String name() {
    return "stream";
  }

  @Override
  public Optional<String> obstacle(Offer offer) {
    return offer.http()
        ? Optional.empty()
        : Optional.of("event streams belong to HTTP; this is another transport");
  }

  @Override
  public State start(Offer offer) {
    return new State(Line.closed(offer), List.of());
  }

  @Override
  public List<Act> commands(State state) {
    Line line = state.line();
    Optional<Ask> opening = Opening.next(line);
    if (opening.isPresent()) {
      return List.of(new Act(Opening.label(line), opening.get(), -1));
    }
    List<Act> acts = new ArrayList<>();
    // The newest first, so that a choice means the same without an older one.
    for (int at = state.streams().size() - 1; at >= 0; at--) {
      List<Seen> events = state.streams().get(at).events();
      if (!events.isEmpty()) {
        acts.add(resume(line, at, 0, events.getFirst().id()));
      }
      int lastButOne = events.size() - 2;
      if (lastButOne > 0) {
        acts.add(resume(line, at, lastButOne, events.get(lastButOne).id()));
      }
    }
    if (state.streams().size() < MAX_STREAMS) {
      acts.add(new Act("listen", new Ask.Listen(line.route(), Optional.empty()), -1));
      for (Offer.Call call : line.offer().calls()) {
        acts.add(new Act("call-" + call.name(), line.request("tools/call", talking(call)), -1));
      }
    }
    acts.add(new Act("ping", line.request("ping", Ask.object()), -1));
    return acts;
  }

  private static Act resume(Line line, int at, int event, String id) {
    String label = "resume-stream-" + (at + 1) + "-after-event-" + (event + 1);
    return new Act(label, new Ask.Listen(line.route(), Optional.of(id)), at);
  }

  private static ObjectNode talking(Offer.Call call) {
    ObjectNode params = call.params();
    params.putObject("_meta").put("progressToken", "plumbline-walk");
    return params;
  }

  @Override
  public List<Act> ending(State state) {
    return state.line().session().isPresent()
        ? List.of(new Act("end", state.line().end(), -1))
        : List.of();
  }

  @Override
  public Step<State> step(State state, Act act, Heard heard) {
    Line line = state.line();
    if (act.label().equals("end")) {
      return Step.to(state);
    }
    if (!line.is(Line.Phase.READY)) {
      return Opening.after(line, heard)
          .<Step<State>>map(next -> Step.to(new State(next, state.streams())))
          .orElseGet(() -> Step.unclear(heard));
    }
    if (line.ended(heard)) {
      return Step.to(start(line.offer()));
    }
    if (heard.status() != OK) {
      // Whoever cannot resume, or does not listen twice, may say so.
      return Step.to(state);
    }
    boolean listening = act.ask() instanceof Ask.Listen;
    if (listening && !heard.type().startsWith(EVENTS)) {
      return Step.broken(
          "TRAN-003",
          "A GET is answered neither by an event stream nor with status 405.",
          "A GET on the endpoint opens an event stream or is answered with status 405.",
          "The answer was " + heard.told() + " of type " + heard.type() + ".",
          "Answer GET with text/event-stream, or with 405 Method Not Allowed.");
    }
    if (!heard.type().startsWith(EVENTS)) {
      return Step.to(state);
    }
    return act.stream() >= 0 ? resumed(state, act.stream(), heard) : fresh(state, heard, listening);
  }

  private static Step<State> fresh(State state, Heard heard, boolean listening) {
    List<Seen> events = new ArrayList<>();
    for (Heard.Event event : heard.events()) {
      if (listening && isResponse(event.message())) {
        return Step.broken(
            "TRAN-036",
            "A stream that resumes nothing brings a response.",
            "A stream opened by GET brings responses only when it resumes the stream of a request.",
            "The stream brought " + event.message() + ".",
            "Send a response on the stream of its request only.");
      }
      if (event.id().isPresent()) {
        String id = event.id().get();
        Optional<Seen> known =
            java.util.stream.Stream.concat(
                    events.stream(), state.streams().stream().flatMap(s -> s.events().stream()))
                .filter(seen -> seen.id().equals(id))
                .findFirst();
        // Who listens again may be told again what was said to who listened.
        boolean redelivered =
            listening
                && state.streams().stream()
                    .filter(stream -> stream.request() == 0)
                    .flatMap(stream -> stream.events().stream())
                    .anyMatch(new Seen(id, text(event))::equals);
        if (redelivered) {
          continue;
        }
        if (known.isPresent()) {
          return again(id, "a new stream gives it to another event");
        }
        events.add(new Seen(id, text(event)));
      }
    }
    List<Stream> streams = new ArrayList<>(state.streams());
    streams.add(new Stream(listening ? 0 : heard.asked(), events));
    return Step.to(new State(state.line(), streams));
  }

  private static Step<State> resumed(State state, int at, Heard heard) {
    Stream stream = state.streams().get(at);
    List<Seen> events = new ArrayList<>(stream.events());
    for (Heard.Event event : heard.events()) {
      JsonNode message = event.message();
      boolean own = message.path("id").asInt(0) == stream.request() && stream.request() > 0;
      if (isResponse(message) && !own) {
        return foreign(stream, "the response " + message);
      }
      if (event.id().isEmpty()) {
        continue;
      }
      String id = event.id().get();
      int owner = owner(state, id);
      if (owner >= 0 && owner != at) {
        return foreign(stream, "event " + id + " of another stream");
      }
      Optional<Seen> known = events.stream().filter(seen -> seen.id().equals(id)).findFirst();
      if (known.isPresent() && !known.get().text().equals(text(event))) {
        return again(id, "the resumed stream gives it to another event");
      }
      if (known.isEmpty()) {
        events.add(new Seen(id, text(event)));
      }
    }
    List<Stream> streams = new ArrayList<>(state.streams());
    streams.set(at, new Stream(stream.request(), events));
    return Step.to(new State(state.line(), streams));
  }

  private static Step<State> again(String id, String how) {
    return Step.broken(
        "TRAN-039", "An event id is given twice.", UNIQUE, "Of " + id + ", " + how + ".", NUMBER);
  }

  private static Step<State> foreign(Stream stream, String what) {
    String whose = stream.request() > 0 ? "request " + stream.request() : "a GET";
    return Step.broken(
        "TRAN-041",
        "A resumed stream brings what belongs to another stream.",
        "A resumed stream brings only what would have come on the stream that broke off.",
        "Resuming the stream of " + whose + " brought " + what + ".",
        "Find the stream by the event id in Last-Event-ID, and replay what was sent on it.");
  }

  /** The stream an event id belongs to, counted from 0; -1 when it is new. */
  private static int owner(State state, String id) {
    for (int at = 0; at < state.streams().size(); at++) {
      if (state.streams().get(at).events().stream().anyMatch(seen -> seen.id().equals(id))) {
        return at;
      }
    }
    return -1;
  }

  private static boolean isResponse(JsonNode message) {
    return !message.has("method") && (message.has("result") || message.has("error"));
  }

  private static String text(Heard.Event event) {
    return event.message().isMissingNode() ? "" : event.message().toString();
  }
}
