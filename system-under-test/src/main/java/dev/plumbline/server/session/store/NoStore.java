package dev.plumbline.server.session.store;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A store that another process still has: nothing can be asked of it. */
public final class NoStore implements SessionStore {
  private final String kind;

  /** Stands for a store of this kind. */
  public NoStore(String kind) {
    this.kind = kind;
  }

  private static StoreException absent() {
    return new StoreException(
        StoreException.Kind.UNAVAILABLE, "another process still has the session store");
  }

  @Override
  public String kind() {
    return kind;
  }

  @Override
  public boolean shared() {
    return false;
  }

  @Override
  public String window() {
    return "nothing is stored";
  }

  @Override
  public void create(SessionRecord session) {
    throw absent();
  }

  @Override
  public boolean update(SessionRecord session) {
    throw absent();
  }

  @Override
  public Optional<SessionRecord> find(String id) {
    throw absent();
  }

  @Override
  public OptionalLong changes(String id) {
    throw absent();
  }

  @Override
  public Map<String, Long> changes(Collection<String> ids) {
    throw absent();
  }

  @Override
  public boolean delete(String id) {
    throw absent();
  }

  @Override
  public boolean deleteUnused(String id, long changes, Instant usedBefore) {
    throw absent();
  }

  @Override
  public void touch(Map<String, Instant> used) {
    throw absent();
  }

  @Override
  public List<String> expire(Instant openedBefore, Instant usedBefore, int atMost) {
    throw absent();
  }

  @Override
  public List<SessionRecord> all() {
    throw absent();
  }

  @Override
  public int count() {
    throw absent();
  }

  @Override
  public void close() {}
}
