package dev.plumbline.server.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.protocol.Message;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class MessageKindTest {
  @Test
  void progressLogsAndBeatsGiveWayAndWhatSomebodyWaitsForDoesNot() {
    assertThat(MessageKind.values())
        .filteredOn(MessageKind::givesWay)
        .containsExactly(MessageKind.PROGRESS, MessageKind.LOG, MessageKind.BEAT);
  }

  @Test
  void aNotificationIsOfTheKindOfItsMethod() {
    assertThat(kind("notifications/progress")).isEqualTo(MessageKind.PROGRESS);
    assertThat(kind("notifications/message")).isEqualTo(MessageKind.LOG);
    assertThat(kind("notifications/tools/list_changed")).isEqualTo(MessageKind.NEWS);
  }

  private static MessageKind kind(String method) {
    return MessageKind.of(new Message.Notification(method, JsonNodeFactory.instance.objectNode()));
  }
}
