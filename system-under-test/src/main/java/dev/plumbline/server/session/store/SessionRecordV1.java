package dev.plumbline.server.session.store;

import dev.plumbline.server.feature.LogLevel;
import dev.plumbline.server.protocol.RequestId;
import dev.plumbline.server.session.ClientProfile;
import java.time.Instant;
import java.util.List;

/**
 * Version 1 of the record: it knows no messages that wait. Kept so that a process can take over
 * from its predecessor and hand back to it (R081, R082). The components are those of {@link
 * SessionRecord}.
 */
@SuppressWarnings("MissingSummary")
public record SessionRecordV1(
    String id,
    String revision,
    ClientProfile client,
    SessionRecord.Phase phase,
    Instant created,
    Instant used,
    long changes,
    LogLevel logLevel,
    List<String> subscriptions,
    List<String> elicitations,
    List<RequestId> requestIds,
    List<StreamRecord> streams,
    long lastStream) {
  /** Copies the lists. */
  public SessionRecordV1 {
    subscriptions = List.copyOf(subscriptions);
    elicitations = List.copyOf(elicitations);
    requestIds = List.copyOf(requestIds);
    streams = List.copyOf(streams);
  }

  /** As version 2: nothing waits. */
  public SessionRecord up() {
    return new SessionRecord(
        id,
        revision,
        client,
        phase,
        created,
        used,
        changes,
        logLevel,
        subscriptions,
        elicitations,
        requestIds,
        streams,
        lastStream,
        List.of());
  }

  /**
   * From version 2. What waits is lost: those messages are notifications, which the protocol lets a
   * server drop.
   */
  public static SessionRecordV1 down(SessionRecord now) {
    return new SessionRecordV1(
        now.id(),
        now.revision(),
        now.client(),
        now.phase(),
        now.created(),
        now.used(),
        now.changes(),
        now.logLevel(),
        now.subscriptions(),
        now.elicitations(),
        now.requestIds(),
        now.streams(),
        now.lastStream());
  }
}
