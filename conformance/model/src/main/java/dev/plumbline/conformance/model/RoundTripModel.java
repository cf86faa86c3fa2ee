package dev.plumbline.conformance.model;

import dev.plumbline.conformance.model.RoundTripModel.Act;
import dev.plumbline.conformance.model.RoundTripModel.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Requests of several round trips ({@code 2026-07-28/basic/patterns/mrtr}): every one of them
 * stands for itself, so that what is asked follows from that request and its state alone.
 */
public final class RoundTripModel implements Model<State, Act> {
  /** The feature of a server that promises to refuse a request state that was changed. */
  public static final String SEALED = "sealed-request-state";

  private static final int MAX_PENDING = 3;
  private static final String INPUT_REQUIRED = "input_required";
  private static final Map<String, String> NEEDS =
      Map.of(
          "elicitation/create", "elicitation",
          "sampling/createMessage", "sampling",
          "roots/list", "roots");

  /** How a request is sent. */
  public enum Verb {
    /** For the first time, by a client that can answer everything. */
    CALL,
    /** For the first time, by a client that can answer nothing. */
    CALL_UNABLE,
    /** Again, with answers and state. */
    ANSWER,
    /** Again, with the state and no answers. */
    REPEAT,
    /** Again, by a client that can answer nothing any more. */
    REPEAT_UNABLE,
    /** Again, with answers and a state that was changed. */
    FORGE
  }

  /**
   * What can be done.
   *
   * @param label what is done
   * @param verb its kind
   * @param call the tool
   * @param ask what is sent
   */
  public record Act(String label, Verb verb, Offer.Call call, Ask ask) implements Command {
    private boolean able() {
      return verb != Verb.CALL_UNABLE && verb != Verb.REPEAT_UNABLE;
    }
  }

  /**
   * A request that was answered by questions.
   *
   * @param call the tool
   * @param questions what was asked, by key: the method
   * @param state the request state, when there was one
   */
  public record Pending(Offer.Call call, Map<String, String> questions, Optional<String> state) {
    /** Copies the map. */
    public Pending {
      questions = Map.copyOf(questions);
    }
  }

  /**
   * What was asked and not settled.
   *
   * @param offer what the server offers
   * @param pending the requests, oldest first
   */
  public record State(Offer offer, List<Pending> pending) {
    /** Copies the list. */
    public State {
      pending = List.copyOf(pending);
    }
  }

  @Override
  public String name() {
    return "mrtr";
  }

  @Override
  public Optional<String> obstacle(Offer offer) {
    return offer.asking().isEmpty()
        ? Optional.of("no tool that may be called asks for input")
        : Optional.empty();
  }

  @Override
  public State start(Offer offer) {
    return new State(offer, List.of());
  }

  @Override
  public List<Act> commands(State state) {
    List<Act> acts = new ArrayList<>();
    for (Offer.Call call : state.offer().asking()) {
      Ask.Message plain = Ask.request("tools/call", call.params());
      acts.add(new Act("call-" + call.name(), Verb.CALL, call, plain.declaring(everything())));
      acts.add(new Act("call-" + call.name() + "-unable", Verb.CALL_UNABLE, call, plain));
    }
    // The newest first, so that a choice means the same without an older one.
    for (int at = state.pending().size() - 1; at >= 0; at--) {
      Pending pending = state.pending().get(at);
      String which = "-" + (at + 1);
      acts.add(again("answer" + which, Verb.ANSWER, pending));
      acts.add(again("repeat" + which, Verb.REPEAT, pending));
      acts.add(again("repeat-unable" + which, Verb.REPEAT_UNABLE, pending));
      if (state.offer().has(SEALED) && pending.state().filter(s -> !s.isEmpty()).isPresent()) {
        acts.add(again("forge" + which, Verb.FORGE, pending));
      }
    }
    return acts;
  }

  private static Act again(String label, Verb verb, Pending pending) {
    ObjectNode params = pending.call().params();
    if (verb == Verb.ANSWER || verb == Verb.FORGE) {
      ObjectNode answers = params.putObject("inputResponses");
      pending.questions().keySet().stream()
          .sorted()
          .forEach(key -> answers.set(key, answer(pending.questions().getOrDefault(key, ""))));
    }
    pending.state().ifPresent(s -> params.put("requestState", verb == Verb.FORGE ? forged(s) : s));
    Ask.Message ask = Ask.request("tools/call", params);
    ObjectNode declared = verb == Verb.REPEAT_UNABLE ? Ask.object() : everything();
    return new Act(label, verb, pending.call(), ask.declaring(declared));
  }

  /** Another character in the middle: what is sealed does not open any more. */
  private static String forged(String state) {
    int middle = state.length() / 2;
    char other = state.charAt(middle) == 'A' ? 'B' : 'A';
    return state.substring(0, middle) + other + state.substring(middle + 1);
  }

  private static ObjectNode everything() {
    ObjectNode all = Ask.object();
    all.putObject("elicitation").putObject("form");
    all.putObject("sampling");
    all.putObject("roots");
    return all;
  }

  private static ObjectNode answer(String method) {
    ObjectNode answer = Ask.object();
    switch (method) {
      case "roots/list" -> answer.putArray("roots");
      case "sampling/createMessage" -> {
        answer.put("role", "assistant").put("model", "plumbline");
        answer.putObject("content").put("type", "text").put("text", "plumbline");
      }
      default -> answer.put("action", "decline");
    }
    return answer;
  }

  @Override
  public List<Act> ending(State state) {
    return List.of();
  }

  @Override
  public Step<State> step(State state, Act act, Heard heard) {
    if (heard.unclear()) {
      return Step.unclear(heard);
    }
    if (act.verb() == Verb.FORGE && !heard.refused()) {
      return Step.broken(
          "MRTR-509",
          "A request state that was changed is accepted.",
          "A request state that fails its check is refused.",
          "The answer was " + heard.told() + ".",
          "Sign the state, and refuse it when the signature does not fit.");
    }
    JsonNode result = heard.result();
    if (!heard.served() || !result.path("resultType").asString("").equals(INPUT_REQUIRED)) {
      return Step.to(state);
    }
    return asked(state, act, result);
  }

  private static Step<State> asked(State state, Act act, JsonNode result) {
    Map<String, String> questions = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : result.path("inputRequests").properties()) {
      String method = entry.getValue().path("method").asString("");
      String need = NEEDS.get(method);
      if (need == null) {
        return Step.broken(
            "MRTR-506",
            "A question is none of those that may be asked.",
            "Each value of inputRequests is an elicitation, a sampling or a roots request.",
            "The question " + entry.getKey() + " has the method " + method + ".",
            "Ask by elicitation/create, sampling/createMessage or roots/list only.");
      }
      if (!act.able()) {
        return Step.broken(
            need.equals("elicitation") ? "MRTR-514" : "MRTR-513",
            "A client that declared no " + need + " with this request is asked for it.",
            "Nothing is asked that the client did not declare with the same request.",
            "The question " + entry.getKey() + " is " + method + ".",
            "Look at the capabilities of the request itself, not at those of an earlier one.");
      }
      questions.put(entry.getKey(), method);
    }
    Optional<String> kept = result.path("requestState").stringValueOpt();
    if (questions.isEmpty() && kept.isEmpty()) {
      return Step.broken(
          "MRTR-512",
          "An input_required result asks for nothing and holds no state.",
          "An input_required result has inputRequests or requestState.",
          "The result was " + result + ".",
          "Put the questions, or the state to send back, into the result.");
    }
    List<Pending> pending = new ArrayList<>(state.pending());
    pending.add(new Pending(act.call(), questions, kept));
    if (pending.size() > MAX_PENDING) {
      pending.removeFirst();
    }
    return Step.to(new State(state.offer(), pending));
  }
}
