package dev.plumbline.server.session.store;

import dev.plumbline.server.feature.LogLevel;
import dev.plumbline.server.protocol.RequestId;
import dev.plumbline.server.session.ClientProfile;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything a session needs to go on in another process: version 2 of the record, the current one.
 *
 * @param id the unguessable id
 * @param revision the negotiated protocol revision
 * @param client what the client said of itself
 * @param phase how far it is
 * @param created when it was opened
 * @param used when its client was heard of last, at most a flush interval old
 * @param changes how often it was changed, beginning with 1
 * @param logLevel the least severe level its client wants to hear of
 * @param subscriptions resources whose changes it wants to hear of
 * @param elicitations URL mode elicitations that are not complete
 * @param requestIds ids used lately, oldest first; only filled when a session is handed over
 * @param streams event streams, only filled when a session is handed over
 * @param lastStream the number of the newest stream
 * @param priorityQueue messages that wait for the client to listen, in the order in which they are
 *     told; new in version 2
 * @param drainedUntil when it ends at the latest, because it is drained and takes no new request;
 *     processes that do not know this part of version 2 pass over it
 */
public record SessionRecord(
    String id,
    String revision,
    ClientProfile client,
    Phase phase,
    Instant created,
    Instant used,
    long changes,
    LogLevel logLevel,
    List<String> subscriptions,
    List<String> elicitations,
    List<RequestId> requestIds,
    List<StreamRecord> streams,
    long lastStream,
    List<String> priorityQueue,
    Optional<Instant> drainedUntil) {
  /** One that is not drained. */
  public SessionRecord(
      String id,
      String revision,
      ClientProfile client,
      Phase phase,
      Instant created,
      Instant used,
      long changes,
      LogLevel logLevel,
      List<String> subscriptions,
      List<String> elicitations,
      List<RequestId> requestIds,
      List<StreamRecord> streams,
      long lastStream,
      List<String> priorityQueue) {
    this(
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
        priorityQueue,
        Optional.empty());
  }

  /** How far a session is. */
  public enum Phase {
    /** Its client has not finished the handshake. */
    INITIALIZING,
    /** In use. */
    ACTIVE,
    /** Not used for a while. */
    SUSPENDED
  }

  /** Copies the lists. */
  public SessionRecord {
    subscriptions = List.copyOf(subscriptions);
    elicitations = List.copyOf(elicitations);
    requestIds = List.copyOf(requestIds);
    streams = List.copyOf(streams);
    priorityQueue = List.copyOf(priorityQueue);
  }

  /** True once the handshake is finished. */
  public boolean settled() {
    return phase != Phase.INITIALIZING;
  }

  /** The same without what is only handed over. */
  public SessionRecord bare() {
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
        List.of(),
        List.of(),
        lastStream,
        List.of(),
        drainedUntil);
  }

  /** The same, used at another time. */
  public SessionRecord usedAt(Instant time) {
    return new SessionRecord(
        id,
        revision,
        client,
        phase,
        created,
        time,
        changes,
        logLevel,
        subscriptions,
        elicitations,
        requestIds,
        streams,
        lastStream,
        priorityQueue,
        drainedUntil);
  }
}
