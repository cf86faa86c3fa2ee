package dev.plumbline.server.feature.task;

import dev.plumbline.server.observe.Introspection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What can be seen of tasks (R027): the section {@code tasks}, a bounded list in which tasks have
 * pseudonyms, and one task by id or pseudonym.
 */
public final class TaskSections {
  /** So many tasks are listed, the newest. */
  static final int MAX_LISTED = 100;

  private TaskSections() {}

  /** Adds the section. */
  public static void show(Introspection introspection, Tasks tasks, InstantSource clock) {
    introspection.section("tasks", () -> list(tasks, clock.instant()));
    introspection.item(
        "tasks",
        key ->
            tasks
                .named(key)
                .map(
                    task -> {
                      ObjectNode json = toJson(task, key, clock.instant());
                      json.set("history", task.history());
                      return json;
                    }));
  }

  private static ObjectNode list(Tasks tasks, Instant now) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("count", tasks.count());
    json.put("working", tasks.working());
    ArrayNode listed = json.putArray("tasks");
    List<Task> newest = tasks.newest(MAX_LISTED);
    newest.forEach(task -> listed.add(toJson(task, task.pseudonym(), now)));
    return json;
  }

  private static ObjectNode toJson(Task task, String id, Instant now) {
    TaskView view = task.view();
    Optional<Double> share = task.share();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("task_id", id);
    json.put("state", view.state().label());
    share.ifPresentOrElse(done -> json.put("progress", done), () -> json.putNull("progress"));
    json.put("started_at", view.createdAt().toString());
    share
        .filter(done -> done > 0 && !view.state().terminal())
        .map(done -> completion(view.createdAt(), now, done))
        .ifPresentOrElse(
            at -> json.put("estimated_completion", at.toString()),
            () -> json.putNull("estimated_completion"));
    task.operatorsReason().ifPresent(reason -> json.put("cancel_reason", reason));
    return json;
  }

  /** As if the rest went on at the pace of what is done. */
  private static Instant completion(Instant began, Instant now, double share) {
    Duration passed = Duration.between(began, now);
    return began.plusMillis(Math.round(passed.toMillis() / share));
  }
}
