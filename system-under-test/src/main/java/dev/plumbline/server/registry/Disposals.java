package dev.plumbline.server.registry;

import dev.plumbline.server.observe.Pseudonym;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The newest things that are not there any more, and why (R186). Bounded: the oldest give way.
 * Without a lock, because every end of a session passes here; digests are made by whoever reads.
 */
public final class Disposals {
  /** How many are kept. */
  public static final int CAPACITY = 1_000;

  /**
   * One thing that is gone.
   *
   * @param what its type
   * @param id the digest of its key
   * @param owner whose it was
   * @param reason why it is gone
   * @param at when it went
   */
  public record Disposal(String what, String id, String owner, Reason reason, Instant at) {}

  private record Kept(String what, String key, Owner owner, Reason reason, long atMillis) {
    Disposal shown() {
      return new Disposal(
          what, Pseudonym.of(key), owner.name(), reason, Instant.ofEpochMilli(atMillis));
    }
  }

  private final InstantSource clock;
  private final AtomicReferenceArray<Kept> ring = new AtomicReferenceArray<>(CAPACITY);
  private final AtomicLong count = new AtomicLong();

  /** An empty trail. */
  Disposals(InstantSource clock) {
    this.clock = clock;
  }

  void add(Entry<?> entry, Reason reason) {
    Kept kept = new Kept(entry.type().name(), entry.key(), entry.owner(), reason, clock.millis());
    ring.set((int) (count.getAndIncrement() % CAPACITY), kept);
  }

  /** How many there were in all. */
  public long count() {
    return count.get();
  }

  /** The newest, oldest first. */
  public List<Disposal> recent(int atMost) {
    long end = count.get();
    long from = Math.max(0, end - Math.min(atMost, CAPACITY));
    List<Disposal> found = new ArrayList<>();
    for (long i = from; i < end; i++) {
      Kept kept = ring.get((int) (i % CAPACITY));
      // Counted and not written yet: it is in the next answer.
      if (kept != null) {
        found.add(kept.shown());
      }
    }
    return found;
  }

  /** The section {@code disposals}. */
  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("count", count());
    json.put("kept", CAPACITY);
    ArrayNode shown = json.putArray("recent");
    for (Disposal disposal : recent(CAPACITY)) {
      shown
          .addObject()
          .put("what", disposal.what())
          .put("id", disposal.id())
          .put("owner", disposal.owner())
          .put("reason", disposal.reason().wire())
          .put("at", Objects.toString(disposal.at()));
    }
    return json;
  }
}
