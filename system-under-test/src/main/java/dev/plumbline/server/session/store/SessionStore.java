package dev.plumbline.server.session.store;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Keeps the records of sessions. When a method that changes something returns, the change is as
 * durable as the store promises ({@link #window}); when it throws, the change may or may not have
 * happened, and must not be acknowledged to anybody. Safe for any number of threads; every method
 * may block for as long as the store's own limits say, and throws {@link StoreException} then.
 */
public interface SessionStore extends AutoCloseable {
  /** {@code memory}, {@code file} or {@code postgresql}. */
  String kind();

  /** True when other processes may change the records, too. */
  boolean shared();

  /** What survives, in one sentence. */
  String window();

  /** What could not be made sure of when it was opened, in one line; empty when all is well. */
  default Optional<String> warning() {
    return Optional.empty();
  }

  /**
   * Adds a record.
   *
   * @throws StoreException of kind {@link StoreException.Kind#MISCONFIGURED} when the id is taken
   */
  void create(SessionRecord session);

  /**
   * Replaces the record whose {@link SessionRecord#changes} is one less than that of the given one.
   *
   * @return false when there is none: it was deleted, or somebody else changed it
   */
  boolean update(SessionRecord session);

  /** The record with this id. */
  Optional<SessionRecord> find(String id);

  /** How often the session was changed; empty when there is none with this id. */
  OptionalLong changes(String id);

  /** The same for many ids; those that name nothing are missing. */
  Map<String, Long> changes(Collection<String> ids);

  /** Removes a record; false when there was none. */
  boolean delete(String id);

  /**
   * Removes a record if it was not used since, and not changed since it was seen.
   *
   * @return false when there was none such
   */
  boolean deleteUnused(String id, long changes, Instant usedBefore);

  /** Notes when sessions were used last; a time never moves back, unknown ids are ignored. */
  void touch(Map<String, Instant> used);

  /**
   * Removes what nobody came back to.
   *
   * @param openedBefore for sessions whose handshake is not finished
   * @param usedBefore for all others
   * @param atMost how many at once
   * @return their ids
   */
  List<String> expire(Instant openedBefore, Instant usedBefore, int atMost);

  /** Every record; for small numbers of sessions, or start and end. */
  List<SessionRecord> all();

  /** How many records there are. */
  int count();

  @Override
  void close();
}
