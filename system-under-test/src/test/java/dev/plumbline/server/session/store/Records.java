package dev.plumbline.server.session.store;

import dev.plumbline.server.feature.LogLevel;
import dev.plumbline.server.limit.MessageKind;
import dev.plumbline.server.protocol.RequestId;
import dev.plumbline.server.session.ClientProfile;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;

/** Records for tests. */
final class Records {
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private Records() {}

  static SessionRecord active(String id) {
    return with(id, SessionRecord.Phase.ACTIVE, 1, List.of("file:///a", "file:///ü\u0000"));
  }

  static SessionRecord opening(String id) {
    return with(id, SessionRecord.Phase.INITIALIZING, 1, List.of());
  }

  static SessionRecord with(
      String id, SessionRecord.Phase phase, long changes, List<String> subscriptions) {
    return new SessionRecord(
        id,
        "2025-11-25",
        new ClientProfile(
            JsonNodeFactory.instance.objectNode().putObject("sampling"),
            JsonNodeFactory.instance.objectNode().put("name", "client \u0000")),
        phase,
        NOON,
        NOON,
        changes,
        LogLevel.WARNING,
        subscriptions,
        List.of("elicitation-1"),
        List.of(new RequestId.Whole("123456789012345678901234567890"), new RequestId.Text("n1")),
        List.of(
            new StreamRecord(
                3,
                true,
                false,
                7,
                2,
                List.of(
                    new StreamRecord.Said(3, MessageKind.NEWS, "{\"a\":1}"),
                    // 4 to 6 gave way.
                    new StreamRecord.Said(7, MessageKind.PROGRESS, "{\"b\":2}")))),
        3,
        List.of("{\"waits\":true}"));
  }

  static SessionRecord drained(String id, Instant latest) {
    SessionRecord plain = active(id);
    return new SessionRecord(
        plain.id(),
        plain.revision(),
        plain.client(),
        plain.phase(),
        plain.created(),
        plain.used(),
        plain.changes(),
        plain.logLevel(),
        plain.subscriptions(),
        plain.elicitations(),
        plain.requestIds(),
        plain.streams(),
        plain.lastStream(),
        plain.priorityQueue(),
        Optional.of(latest));
  }

  static SessionRecord changed(SessionRecord session, String subscription) {
    return with(session.id(), session.phase(), session.changes() + 1, List.of(subscription));
  }
}
