package dev.plumbline.conformance.model;

import dev.plumbline.conformance.model.LifecycleModel.Act;
import dev.plumbline.conformance.model.LifecycleModel.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * The lifecycle of the handshake era ({@code 2025-11-25/basic/lifecycle}, {@code
 * basic/utilities/ping}): which revision is agreed on, and that it stays usable whatever comes.
 */
public final class LifecycleModel implements Model<State, Act> {
  /** A revision that never was. */
  public static final String UNKNOWN = "1900-01-01";

  private static final String HEADER_SINCE = "2025-06-18";
  private static final int BAD_REQUEST = 400;

  /** What can be done. */
  public sealed interface Act extends Command {
    /**
     * Asks for a revision.
     *
     * @param revision the revision
     */
    record Initialize(String revision) implements Act {
      @Override
      public String label() {
        return "initialize-" + revision;
      }

      @Override
      public Ask ask() {
        return Line.initialize(revision);
      }
    }

    /**
     * Whatever is said on the line as it is.
     *
     * @param label what is done
     * @param ask what is sent
     */
    record Say(String label, Ask ask) implements Act {}
  }

  /**
   * How far it has come.
   *
   * @param line the handshake
   * @param supported the revisions the server showed that it supports
   */
  public record State(Line line, List<String> supported) {
    private State with(Line next) {
      return new State(next, supported);
    }
  }

  @Override
  public String name() {
    return "lifecycle";
  }

  @Override
  public Optional<String> obstacle(Offer offer) {
    return Optional.empty();
  }

  @Override
  public State start(Offer offer) {
    return new State(Line.closed(offer), offer.revisions());
  }

  @Override
  public List<Act> commands(State state) {
    Line line = state.line();
    List<Act> acts = new ArrayList<>();
    switch (line.phase()) {
      case CLOSED -> {
        Line.revisions(line.offer()).forEach(revision -> acts.add(new Act.Initialize(revision)));
        acts.add(new Act.Initialize(UNKNOWN));
      }
      case OPENED -> {
        acts.add(new Act.Say("initialized", line.initialized()));
        acts.add(new Act.Say("ping", line.request("ping", Ask.object())));
      }
      case READY -> {
        acts.add(new Act.Say("ping", line.request("ping", Ask.object())));
        for (String method : line.offer().lists()) {
          acts.add(new Act.Say(method.replace('/', '-'), line.request(method, Ask.object())));
        }
        acts.add(new Act.Say("cancel-nothing", cancelled(line)));
        acts.add(
            new Act.Say("unknown-method", line.request("plumbline/unknown-method", Ask.object())));
        if (line.offer().http() && line.revision().compareTo(HEADER_SINCE) >= 0) {
          Ask.Route route = Ask.Route.in(line.session(), UNKNOWN);
          acts.add(new Act.Say("unknown-revision", Ask.request("ping", Ask.object()).over(route)));
        }
        acts.add(new Act.Say("end", line.end()));
      }
    }
    return acts;
  }

  private static Ask.Message cancelled(Line line) {
    return Ask.notification(
            "notifications/cancelled", Ask.object().put("requestId", "plumbline-never-sent"))
        .over(line.route());
  }

  @Override
  public List<Act> ending(State state) {
    return state.line().session().isPresent()
        ? List.of(new Act.Say("end", state.line().end()))
        : List.of();
  }

  @Override
  public Step<State> step(State state, Act act, Heard heard) {
    if (act instanceof Act.Initialize initialize) {
      return opened(state, initialize.revision(), heard);
    }
    Line line = state.line();
    if (act.label().equals("end")) {
      return Step.to(state.with(Line.closed(line.offer())));
    }
    if (line.ended(heard)) {
      return Step.to(state.with(Line.closed(line.offer())));
    }
    if (heard.unclear()) {
      return Step.unclear(heard);
    }
    return switch (act.label()) {
      case "initialized" ->
          judged(Line.notified(line.offer(), heard), () -> initialized(state, heard));
      case "cancel-nothing" -> judged(Line.notified(line.offer(), heard), () -> Step.to(state));
      case "ping" ->
          line.is(Line.Phase.READY)
              ? judged(Line.ping(heard), () -> Step.to(state))
              : Step.to(state);
      case "unknown-revision" -> unknownRevision(state, heard);
      default -> Step.to(state);
    };
  }

  private static Step<State> judged(Optional<Breach> breach, Supplier<Step<State>> otherwise) {
    return breach.<Step<State>>map(Step.Broken::new).orElseGet(otherwise);
  }

  private static Step<State> initialized(State state, Heard heard) {
    return heard.refused() ? Step.unclear(heard) : Step.to(state.with(state.line().ready()));
  }

  private static Step<State> unknownRevision(State state, Heard heard) {
    return heard.status() == BAD_REQUEST
        ? Step.to(state)
        : Step.broken(
            "TRAN-005",
            "A request with MCP-Protocol-Version: " + UNKNOWN + " is not refused with status 400.",
            "A protocol version that the server does not know is answered with 400 Bad Request.",
            "The answer was " + heard.told() + ".",
            "Check MCP-Protocol-Version before everything else of a request.");
  }

  private static Step<State> opened(State state, String wanted, Heard heard) {
    if (heard.unclear()) {
      return Step.unclear(heard);
    }
    boolean known = state.supported().contains(wanted);
    if (!heard.served()) {
      // Another revision is refused by an error, too; and how many sessions there may be is open.
      return known ? Step.unclear(heard) : Step.to(state);
    }
    JsonNode result = heard.result();
    String got = result.path("protocolVersion").asString("");
    if (!result.path("capabilities").isObject() || !result.path("serverInfo").isObject()) {
      return Step.broken(
          "LIFE-001",
          "The answer to initialize lacks capabilities or serverInfo.",
          "The answer to initialize states version, capabilities and who the server is.",
          "The result was " + result + ".",
          "Answer every initialize in full.");
    }
    if (known && !got.equals(wanted)) {
      return Step.broken(
          "LIFE-002",
          "The server supports " + wanted + " and answers a request for it with " + got + ".",
          "A server that supports the requested version answers with that version.",
          "The version was " + got + ".",
          "Choose the version from the request alone, not from what was agreed on before.");
    }
    if (wanted.equals(UNKNOWN) && got.equals(UNKNOWN)) {
      return Step.broken(
          "LIFE-003",
          "The server agrees to " + UNKNOWN + ", which never existed.",
          "A version that the server does not know is answered with one that it supports.",
          "The version was " + got + ".",
          "Answer with the newest supported version unless the requested one is supported.");
    }
    List<String> supported = new ArrayList<>(state.supported());
    if (!supported.contains(got)) {
      supported.add(got);
    }
    return Step.to(new State(state.line().opened(heard), supported));
  }
}
