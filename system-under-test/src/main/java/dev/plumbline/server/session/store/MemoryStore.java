package dev.plumbline.server.session.store;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;

/** Records in this process: they end with it. */
public final class MemoryStore implements SessionStore {
  private final ConcurrentMap<String, SessionRecord> records = new ConcurrentHashMap<>();

  /** An empty store. */
  public MemoryStore() {}

  @Override
  public String kind() {
    return "memory";
  }

  @Override
  public boolean shared() {
    return false;
  }

  @Override
  public String window() {
    return "nothing survives the process";
  }

  @Override
  public void create(SessionRecord session) {
    if (records.putIfAbsent(session.id(), session) != null) {
      throw Taken.id();
    }
  }

  @Override
  public boolean update(SessionRecord session) {
    SessionRecord now =
        records.computeIfPresent(
            session.id(), (_, old) -> old.changes() == session.changes() - 1 ? session : old);
    return session.equals(now);
  }

  @Override
  public Optional<SessionRecord> find(String id) {
    return Optional.ofNullable(records.get(id));
  }

  @Override
  public OptionalLong changes(String id) {
    SessionRecord known = records.get(id);
    return known == null ? OptionalLong.empty() : OptionalLong.of(known.changes());
  }

  @Override
  public Map<String, Long> changes(Collection<String> ids) {
    Map<String, Long> known = new HashMap<>();
    ids.forEach(id -> changes(id).ifPresent(changes -> known.put(id, changes)));
    return known;
  }

  @Override
  public boolean delete(String id) {
    return records.remove(id) != null;
  }

  @Override
  public boolean deleteUnused(String id, long changes, Instant usedBefore) {
    SessionRecord known = records.get(id);
    return known != null
        && known.changes() == changes
        && known.used().isBefore(usedBefore)
        && records.remove(id, known);
  }

  @Override
  public void touch(Map<String, Instant> used) {
    used.forEach(
        (id, time) ->
            records.computeIfPresent(
                id, (_, known) -> known.used().isBefore(time) ? known.usedAt(time) : known));
  }

  @Override
  public List<String> expire(Instant openedBefore, Instant usedBefore, int atMost) {
    return due(openedBefore, usedBefore)
        .limit(atMost)
        .filter(known -> records.remove(known.id(), known))
        .map(SessionRecord::id)
        .toList();
  }

  /** The records that {@link #expire} would remove. */
  Stream<SessionRecord> due(Instant openedBefore, Instant usedBefore) {
    return records.values().stream()
        .filter(known -> known.used().isBefore(known.settled() ? usedBefore : openedBefore));
  }

  @Override
  public List<SessionRecord> all() {
    return List.copyOf(records.values());
  }

  @Override
  public int count() {
    return records.size();
  }

  @Override
  public void close() {
    records.clear();
  }
}
