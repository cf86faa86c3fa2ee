package dev.plumbline.conformance.model.client;

import dev.plumbline.conformance.model.Ask;
import dev.plumbline.conformance.model.Breach;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A client that follows tasks ({@code extensions/tasks-extension}). */
public final class ClientTaskModel extends ClientModel<ClientTaskModel.Note> {
  private static final int SHORT = 100;
  private static final int LONG = 5_000;
  private static final Set<String> ENDED = Set.of("completed", "failed", "cancelled");

  /**
   * A task.
   *
   * @param id its id
   * @param interval how long to wait before the next look, in milliseconds
   * @param over whether it has ended, or was cancelled
   * @param asked what it has asked
   * @param answered what of this was answered
   */
  public record Note(
      String id, long interval, boolean over, Set<String> asked, Set<String> answered) {
    /** Copies the sets. */
    public Note {
      asked = Set.copyOf(asked);
      answered = Set.copyOf(answered);
    }
  }

  /** The model. */
  public ClientTaskModel() {
    super(true, List.of("tools/call", "prompts/get"));
  }

  @Override
  public String name() {
    return "client-task";
  }

  @Override
  void replies(Scene<Note> scene, Sent running, List<Deed> deeds) {
    if (discovered(running, deeds)) {
      return;
    }
    String which = "-" + running.operation();
    switch (running.method()) {
      case "tools/call" -> {
        deeds.add(Deed.answer("task" + which, running, created(running, SHORT)));
        deeds.add(Deed.answer("slow-task" + which, running, created(running, LONG)));
        deeds.add(Deed.answer("answer" + which, running, complete()));
      }
      case "tasks/get" -> {
        for (String status : List.of("working", "completed", "failed", "cancelled")) {
          deeds.add(Deed.answer(status + which, running, task(running, status, SHORT)));
        }
        deeds.add(Deed.answer("slower" + which, running, task(running, "working", LONG)));
        int asked = scene.note(running.operation()).map(note -> note.asked().size()).orElse(0);
        deeds.add(Deed.answer("ask" + which, running, asking(running, asked + 1)));
        if (asked > 0) {
          deeds.add(Deed.answer("ask-still" + which, running, asking(running, asked)));
        }
      }
      case "tasks/update", "tasks/cancel" ->
          deeds.add(Deed.answer("accept" + which, running, complete()));
      default -> deeds.add(Deed.answer("answer" + which, running, complete()));
    }
    deeds.add(Deed.refuse("refuse" + which, running, -32603));
    giveUp(running, deeds);
  }

  private static ObjectNode complete() {
    ObjectNode result = Ask.object().put("resultType", "complete");
    result.putArray("content");
    return result;
  }

  private static ObjectNode created(Sent running, int interval) {
    return status(Ask.object(), "task \u00fc " + running.operation(), "working", interval)
        .put("resultType", "task");
  }

  private static ObjectNode task(Sent running, String status, int interval) {
    ObjectNode task = Ask.object().put("resultType", "complete");
    status(task, running.params().path("taskId").asString(""), status, interval);
    if (status.equals("completed")) {
      task.set("result", complete());
    }
    if (status.equals("failed")) {
      task.putObject("error").put("code", -32603).put("message", "no");
    }
    return task;
  }

  private static ObjectNode asking(Sent running, int last) {
    ObjectNode task = task(running, "input_required", SHORT);
    ObjectNode questions = task.putObject("inputRequests");
    ObjectNode question = questions.putObject("question-" + last).put("method", ELICIT);
    question.putObject("params").put("message", "Who?");
    return task;
  }

  private static ObjectNode status(ObjectNode task, String id, String status, int interval) {
    return task.put("taskId", id)
        .put("status", status)
        .put("createdAt", "2026-07-28T00:00:00Z")
        .put("lastUpdatedAt", "2026-07-28T00:00:00Z")
        .put("ttlMs", 60_000)
        .put("pollIntervalMs", interval);
  }

  @Override
  void unasked(Scene<Note> scene, List<Deed> deeds) {
    deeds.add(Deed.drop());
  }

  @Override
  Scene<Note> did(Scene<Note> before, Scene<Note> now, Deed deed) {
    JsonNode id = deed.body().path("id");
    JsonNode result = deed.body().path("result");
    Optional<Sent> request = before.talk().running(id);
    if (deed.kind() != Deed.Kind.SAY || request.isEmpty() || !result.has("taskId")) {
      return now;
    }
    int operation = request.get().operation();
    Note known = now.note(operation).orElse(new Note("", 0, false, Set.of(), Set.of()));
    Set<String> asked = new HashSet<>(known.asked());
    asked.addAll(result.path("inputRequests").propertyNames());
    return now.noting(
        operation,
        new Note(
            result.path("taskId").asString(""),
            result.path("pollIntervalMs").asLong(),
            known.over() || ENDED.contains(result.path("status").asString("")),
            asked,
            known.answered()));
  }

  @Override
  Optional<Breach> wrong(Scene<Note> scene, Sent sent) {
    if (!sent.isRequest() || !sent.method().startsWith("tasks/")) {
      return Optional.empty();
    }
    Optional<Note> noted = scene.note(sent.operation());
    String id = sent.params().path("taskId").asString("");
    if (noted.isEmpty() || !noted.get().id().equals(id)) {
      return Manners.breach(
          "TASK-041",
          "The client asks for a task that it was not given for that request.",
          "The id of a task goes back as it came.",
          "The id was " + id + ".",
          "Keep the id as it is.");
    }
    Note note = noted.get();
    if (note.over()) {
      return Manners.breach(
          "TASK-513",
          "The client goes on with a task that has ended or was cancelled.",
          "A task is followed until it has ended or was cancelled.",
          sent.method() + " was sent for " + id + ".",
          "Stop at completed, failed and cancelled, and after tasks/cancel.");
    }
    if (sent.is("tasks/get") && sent.paused() < note.interval()) {
      return Manners.breach(
          "TASK-512",
          "The client looks at a task sooner than it was told to.",
          "Between two looks at a task lies the interval that the server named last.",
          sent.paused() + " ms passed of " + note.interval() + ".",
          "Wait for pollIntervalMs before each tasks/get.");
    }
    return sent.is("tasks/update") ? answers(note, sent) : Optional.empty();
  }

  private static Optional<Breach> answers(Note note, Sent sent) {
    Set<String> keys = keys(sent);
    Set<String> open = new HashSet<>(note.asked());
    open.removeAll(note.answered());
    return !keys.isEmpty() && open.containsAll(keys)
        ? Optional.empty()
        : Manners.breach(
            "TASK-531",
            "The client answers what a task did not ask, or answers it again.",
            "Each question of a task is answered once.",
            "Answered were " + keys + ", open were " + open + ".",
            "Keep which keys were answered, although the task may still show them.");
  }

  private static Set<String> keys(Sent sent) {
    return new HashSet<>(sent.params().path("inputResponses").propertyNames());
  }

  @Override
  Scene<Note> sent(Scene<Note> scene, Sent sent) {
    Optional<Note> noted = scene.note(sent.operation());
    if (noted.isEmpty() || !sent.isRequest()) {
      return scene;
    }
    Note note = noted.get();
    Set<String> answered = new HashSet<>(note.answered());
    answered.addAll(sent.is("tasks/update") ? keys(sent) : Set.of());
    boolean over = note.over() || sent.is("tasks/cancel");
    return scene.noting(
        sent.operation(), new Note(note.id(), note.interval(), over, note.asked(), answered));
  }
}
