package dev.plumbline.server.era;

import dev.plumbline.server.feature.Change;
import dev.plumbline.server.protocol.Encoder;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.session.Sessions;
import dev.plumbline.server.uri.Uri;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Tells the sessions whom it concerns what has changed. Never blocks. */
final class HandshakeNews {
  private final Sessions sessions;

  HandshakeNews(Sessions sessions) {
    this.sessions = sessions;
  }

  void announce(Change change) {
    switch (change) {
      case Change.ToolsListChanged _ -> listChanged("tools");
      case Change.PromptsListChanged _ -> listChanged("prompts");
      case Change.ResourcesListChanged _ -> listChanged("resources");
      case Change.ResourceUpdated(var uri) -> updated(uri);
      case Change.ElicitationCompleted(var id) -> elicitationCompleted(id);
    }
  }

  /** Tells the client that was asked, and nobody else (2025-11-25 client/elicitation). */
  void elicitationCompleted(String elicitationId) {
    byte[] message = message("notifications/elicitation/complete", "elicitationId", elicitationId);
    sessions.forEachActive(
        session -> {
          if (session.elicitations().remove(elicitationId)) {
            session.mailbox().post(message);
          }
        });
  }

  private void listChanged(String list) {
    byte[] message =
        Encoder.encode(
            new Message.Notification(
                "notifications/" + list + "/list_changed", JsonNodeFactory.instance.objectNode()));
    sessions.forEachActive(session -> session.mailbox().post(message));
  }

  private void updated(String uri) {
    byte[] message = message("notifications/resources/updated", "uri", uri);
    String key = Uri.key(uri);
    sessions.forEachActive(
        session -> {
          if (session.subscriptions().contains(key)) {
            session.mailbox().post(message);
          }
        });
  }

  private static byte[] message(String method, String member, String value) {
    ObjectNode params = JsonNodeFactory.instance.objectNode().put(member, value);
    return Encoder.encode(new Message.Notification(method, params));
  }
}
