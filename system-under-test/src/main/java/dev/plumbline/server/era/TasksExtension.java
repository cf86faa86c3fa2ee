package dev.plumbline.server.era;

import dev.plumbline.server.feature.Context;
import dev.plumbline.server.feature.task.StatelessTasks;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.RpcException;
import dev.plumbline.server.subscription.Subscriptions;
import dev.plumbline.server.subscription.Topic;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The tasks extension: its methods, and the changes of tasks for whoever listens. */
public final class TasksExtension {
  /** The member it adds to the filter (extension page, task status notifications). */
  private static final String FILTER = "taskIds";

  private static final String NOTIFICATION = "notifications/tasks";

  /** Tasks one subscription may name. */
  private static final int MAX_IDS = 1_000;

  private TasksExtension() {}

  /** The extension over one face, telling one set of subscriptions. */
  public static Extension of(StatelessTasks tasks, Subscriptions subscriptions) {
    tasks.listen(
        (id, task) ->
            subscriptions.publish(
                new Topic(FILTER, id), new Message.Notification(NOTIFICATION, task)));
    return new Extension(
        StatelessTasks.EXTENSION,
        JsonNodeFactory.instance.objectNode(),
        methods -> new MethodTable(tasks.over(methods.methods())),
        Map.of(FILTER, (context, asked) -> honour(tasks, context, asked)));
  }

  /** Only ids of tasks that the client may see are listened for. */
  private static Optional<ListenFilter.Honoured> honour(
      StatelessTasks tasks, Context context, JsonNode asked) throws RpcException {
    StatelessTasks.requireDeclared(context);
    if (!asked.isArray()
        || asked.size() > MAX_IDS
        || !asked.valueStream().allMatch(JsonNode::isString)) {
      throw RpcException.invalidParams(
          "notifications." + FILTER + " must be at most " + MAX_IDS + " strings");
    }
    Set<Topic> topics = new LinkedHashSet<>();
    ArrayNode shown = JsonNodeFactory.instance.arrayNode();
    for (JsonNode id : asked) {
      String taskId = id.stringValue();
      if (tasks.visible(context, taskId) && topics.add(new Topic(FILTER, taskId))) {
        shown.add(taskId);
      }
    }
    return topics.isEmpty()
        ? Optional.empty()
        : Optional.of(new ListenFilter.Honoured(shown, topics));
  }
}
