package dev.plumbline.server.era;

import dev.plumbline.server.feature.Change;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.RpcException;
import dev.plumbline.server.subscription.Subscriptions;
import dev.plumbline.server.subscription.Topic;
import dev.plumbline.server.uri.Uri;
import dev.plumbline.server.uri.UriRefusedException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The core protocol's filter, and the changes it lets through (subscriptions, filter). */
final class ListenFilters {
  /** Resources one subscription may name. */
  static final int MAX_URIS = 1_000;

  private static final String TOOLS = "toolsListChanged";
  private static final String PROMPTS = "promptsListChanged";
  private static final String RESOURCES = "resourcesListChanged";
  private static final String UPDATES = "resourceSubscriptions";

  private ListenFilters() {}

  /** The members of the filter, in the order they are acknowledged. */
  static Map<String, ListenFilter> core() {
    Map<String, ListenFilter> filters = new LinkedHashMap<>();
    for (String flag : new String[] {TOOLS, PROMPTS, RESOURCES}) {
      filters.put(flag, (_, asked) -> flag(flag, asked));
    }
    filters.put(UPDATES, (_, asked) -> updates(asked));
    return filters;
  }

  /** Tells the subscribers of a change. */
  static void publish(Subscriptions subscriptions, Change change) {
    switch (change) {
      case Change.ToolsListChanged _ -> list(subscriptions, TOOLS, "tools");
      case Change.PromptsListChanged _ -> list(subscriptions, PROMPTS, "prompts");
      case Change.ResourcesListChanged _ -> list(subscriptions, RESOURCES, "resources");
      case Change.ResourceUpdated(var uri) ->
          subscriptions.publish(
              new Topic(UPDATES, Uri.key(uri)),
              new Message.Notification(
                  "notifications/resources/updated",
                  JsonNodeFactory.instance.objectNode().put("uri", uri)));
      // 2026-07-28 knows no such news: the client repeats its request when it wants to know.
      case Change.ElicitationCompleted _ -> {}
    }
  }

  private static void list(Subscriptions subscriptions, String topic, String list) {
    ObjectNode nothing = JsonNodeFactory.instance.objectNode();
    subscriptions.publish(
        Topic.of(topic),
        new Message.Notification("notifications/" + list + "/list_changed", nothing));
  }

  private static Optional<ListenFilter.Honoured> flag(String name, JsonNode asked)
      throws RpcException {
    if (!asked.isBoolean()) {
      throw RpcException.invalidParams("notifications." + name + " must be a boolean");
    }
    return asked.booleanValue()
        ? Optional.of(new ListenFilter.Honoured(asked, Set.of(Topic.of(name))))
        : Optional.empty();
  }

  private static Optional<ListenFilter.Honoured> updates(JsonNode asked) throws RpcException {
    if (!asked.isArray() || !asked.valueStream().allMatch(JsonNode::isString)) {
      throw RpcException.invalidParams("notifications." + UPDATES + " must be strings");
    }
    if (asked.size() > MAX_URIS) {
      throw RpcException.invalidParams("at most " + MAX_URIS + " resources per subscription");
    }
    Set<Topic> topics = new LinkedHashSet<>();
    ArrayNode shown = JsonNodeFactory.instance.arrayNode();
    for (JsonNode uri : asked) {
      try {
        if (topics.add(new Topic(UPDATES, Uri.parse(uri.stringValue()).text()))) {
          shown.add(uri);
        }
      } catch (UriRefusedException e) {
        // Not acknowledged: nothing has such a URI.
      }
    }
    return topics.isEmpty()
        ? Optional.empty()
        : Optional.of(new ListenFilter.Honoured(shown, topics));
  }
}
