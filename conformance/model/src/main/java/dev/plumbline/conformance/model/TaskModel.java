package dev.plumbline.conformance.model;

import dev.plumbline.conformance.model.TaskModel.Act;
import dev.plumbline.conformance.model.TaskModel.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tasks of the handshake era ({@code 2025-11-25/basic/utilities/tasks}): their ids, the paths of
 * their status, and that an end is final. When a server forgets an ended task is left open.
 */
public final class TaskModel implements Model<State, Act> {
  private static final int MAX_TASKS = 3;
  private static final int INVALID_PARAMS = -32602;
  private static final long TTL_MILLIS = 60_000;
  private static final String WORKING = "working";
  private static final String CANCELLED = "cancelled";
  private static final Set<String> OPEN = Set.of(WORKING, "input_required");
  private static final Set<String> ENDED = Set.of("completed", "failed", CANCELLED);
  private static final String NO_RESULT = "";

  /** What is done with a task. */
  public enum Verb {
    OPENING,
    CREATE,
    GET,
    CANCEL,
    RESULT,
    LIST,
    GET_UNKNOWN,
    CANCEL_UNKNOWN,
    END
  }

  /**
   * What can be done.
   *
   * @param label what is done
   * @param verb its kind
   * @param at which task, counted from 0; -1 for none
   * @param ask what is sent
   */
  public record Act(String label, Verb verb, int at, Ask ask) implements Command {}

  /**
   * A task.
   *
   * @param id its id
   * @param status the status it had last
   * @param result what its result was, as text; empty before it was seen
   */
  public record Task(String id, String status, String result) {
    private boolean ended() {
      return ENDED.contains(status);
    }
  }

  /**
   * Every task there was.
   *
   * @param line the handshake
   * @param tasks the tasks in the order they were created
   */
  public record State(Line line, List<Task> tasks) {
    /** Copies the list. */
    public State {
      tasks = List.copyOf(tasks);
    }

    private State with(int at, Task task) {
      List<Task> changed = new ArrayList<>(tasks);
      changed.set(at, task);
      return new State(line, changed);
    }
  }

  @Override
  public String name() {
    return "task";
  }

  @Override
  public Optional<String> obstacle(Offer offer) {
    return offer.tasks().isEmpty()
        ? Optional.of("no tool that may be called runs as a task")
        : Optional.empty();
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
      return List.of(new Act(Opening.label(line), Verb.OPENING, -1, opening.get()));
    }
    boolean cancels = line.offer().has("tasks.cancel");
    List<Act> acts = new ArrayList<>();
    // The newest first, so that a choice means the same without an older one.
    for (int at = state.tasks().size() - 1; at >= 0; at--) {
      acts.add(about(state, "get", Verb.GET, at));
      if (cancels) {
        acts.add(about(state, "cancel", Verb.CANCEL, at));
      }
      if (state.tasks().get(at).ended()) {
        acts.add(about(state, "result", Verb.RESULT, at));
      }
    }
    if (state.tasks().size() < MAX_TASKS) {
      for (Offer.Call call : line.offer().tasks()) {
        acts.add(new Act("create-" + call.name(), Verb.CREATE, -1, create(line, call)));
      }
    }
    if (line.offer().has("tasks.list")) {
      acts.add(new Act("list", Verb.LIST, -1, line.request("tasks/list", Ask.object())));
    }
    acts.add(unknown(line, "get", Verb.GET_UNKNOWN));
    if (cancels) {
      acts.add(unknown(line, "cancel", Verb.CANCEL_UNKNOWN));
    }
    return acts;
  }

  private static Act about(State state, String what, Verb verb, int at) {
    ObjectNode params = Ask.object().put("taskId", state.tasks().get(at).id());
    return new Act(
        what + "-task-" + (at + 1), verb, at, state.line().request("tasks/" + what, params));
  }

  private static Act unknown(Line line, String what, Verb verb) {
    ObjectNode params = Ask.object().put("taskId", "plumbline-no-such-task");
    return new Act(what + "-unknown-task", verb, -1, line.request("tasks/" + what, params));
  }

  private static Ask create(Line line, Offer.Call call) {
    ObjectNode params = call.params();
    params.putObject("task").put("ttl", TTL_MILLIS);
    return line.request("tools/call", params);
  }

  @Override
  public List<Act> ending(State state) {
    return state.line().session().isPresent()
        ? List.of(new Act("end", Verb.END, -1, state.line().end()))
        : List.of();
  }

  @Override
  public Step<State> step(State state, Act act, Heard heard) {
    Line line = state.line();
    if (act.verb() == Verb.END) {
      return Step.to(state);
    }
    if (act.verb() == Verb.OPENING) {
      return Opening.after(line, heard)
          .<Step<State>>map(next -> Step.to(new State(next, state.tasks())))
          .orElseGet(() -> Step.unclear(heard));
    }
    if (line.ended(heard)) {
      return Step.to(start(line.offer()));
    }
    if (heard.unclear()) {
      return Step.unclear(heard);
    }
    return switch (act.verb()) {
      case CREATE -> created(state, heard);
      case GET -> got(state, act.at(), heard);
      case CANCEL -> cancelled(state, act.at(), heard);
      case RESULT -> resulted(state, act.at(), heard);
      case LIST -> listed(state, heard);
      case GET_UNKNOWN, CANCEL_UNKNOWN -> unknown(state, act, heard);
      case OPENING, END -> Step.to(state);
    };
  }

  private static Step<State> created(State state, Heard heard) {
    JsonNode task = heard.result().path("task");
    String id = task.path("taskId").asString("");
    if (id.isEmpty()) {
      // How many tasks there may be is left open, and so is a tool that is not run as one.
      return Step.to(state);
    }
    if (state.tasks().stream().anyMatch(known -> known.id().equals(id))) {
      return Step.broken(
          "TASK-019",
          "A new task has the id of an older one.",
          "No two tasks share an id.",
          "The new task is " + id + ", too.",
          "Make a new random id for every task.");
    }
    String status = task.path("status").asString("");
    if (!status.equals(WORKING)) {
      return Step.broken(
          "TASK-020",
          "A new task does not begin as working.",
          "A task begins with the status working.",
          "Its status was " + status + ".",
          "Create every task as working, whatever its work does.");
    }
    List<Task> tasks = new ArrayList<>(state.tasks());
    tasks.add(new Task(id, status, NO_RESULT));
    return Step.to(new State(state.line(), tasks));
  }

  private static Step<State> got(State state, int at, Heard heard) {
    return heard.served()
        ? moved(state, at, heard.result().path("status").asString(""), "tasks/get")
        : Step.to(state);
  }

  /** A task is told to have this status. */
  private static Step<State> moved(State state, int at, String status, String where) {
    Task task = state.tasks().get(at);
    if (!OPEN.contains(status) && !ENDED.contains(status)) {
      return Step.broken(
          "TASK-021",
          "A task has a status that does not exist.",
          "A task's status moves only along the paths of the page.",
          where + " tells \"" + status + "\" after " + task.status() + ".",
          "Use working, input_required, completed, failed and cancelled only.");
    }
    if (task.ended() && !status.equals(task.status())) {
      boolean cancelled = task.status().equals(CANCELLED);
      return Step.broken(
          cancelled ? "TASK-052" : "TASK-022",
          cancelled ? "A cancelled task does not stay cancelled." : "A task goes on after its end.",
          "The status of a task that has ended never changes again.",
          where + " tells " + status + " after " + task.status() + ".",
          "Refuse every change of a task once it is completed, failed or cancelled.");
    }
    return Step.to(state.with(at, new Task(task.id(), status, task.result())));
  }

  private static Step<State> cancelled(State state, int at, Heard heard) {
    Task task = state.tasks().get(at);
    if (task.ended()) {
      return heard.errorCode() == INVALID_PARAMS
          ? Step.to(state)
          : Step.broken(
              "TASK-050",
              "Cancelling a task that has ended is not refused.",
              "Cancelling a task that has ended is answered with error -32602.",
              "The task was " + task.status() + "; the answer was " + heard.told() + ".",
              "Look at the status before anything is done to the task.");
    }
    if (!heard.served()) {
      // It may have ended by itself meanwhile.
      return Step.to(state);
    }
    String status = heard.result().path("status").asString("");
    if (!status.equals(CANCELLED)) {
      return Step.broken(
          "TASK-051",
          "A task that was cancelled is not shown as cancelled.",
          "A cancelled task has the status cancelled before the cancellation is answered.",
          "The answer shows it as " + status + ".",
          "Set the status first, and answer then.");
    }
    return Step.to(state.with(at, new Task(task.id(), status, task.result())));
  }

  private static Step<State> resulted(State state, int at, Heard heard) {
    Task task = state.tasks().get(at);
    if (!heard.served()) {
      return Step.to(state);
    }
    String text = heard.result().toString();
    if (!task.result().equals(NO_RESULT) && !task.result().equals(text)) {
      return Step.broken(
          "TASK-038",
          "A task's result changes.",
          "tasks/result gives what the request would have given, each time.",
          "First it was " + task.result() + ", then " + text + ".",
          "Keep the result when the work ends, and give out what was kept.");
    }
    return Step.to(state.with(at, new Task(task.id(), task.status(), text)));
  }

  private static Step<State> listed(State state, Heard heard) {
    State now = state;
    for (JsonNode shown : heard.result().path("tasks")) {
      String id = shown.path("taskId").asString("");
      for (int at = 0; at < now.tasks().size(); at++) {
        if (now.tasks().get(at).id().equals(id)) {
          Step<State> step = moved(now, at, shown.path("status").asString(""), "tasks/list");
          if (!(step instanceof Step.Allowed<State>(State next))) {
            return step;
          }
          now = next;
        }
      }
    }
    return Step.to(now);
  }

  private static Step<State> unknown(State state, Act act, Heard heard) {
    return heard.errorCode() == INVALID_PARAMS
        ? Step.to(state)
        : Step.broken(
            "TASK-072",
            "A task that never was is not refused with error -32602.",
            "An unknown task id is answered with error -32602.",
            act.label() + " was answered with " + heard.told() + ".",
            "Answer -32602 when no task has the id.");
  }
}
