package dev.plumbline.server.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.server.observe.Pseudonym;
import dev.plumbline.server.observe.Telemetry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RegistryTest {
  private static final EntryType<String> NAME = new EntryType<>("name", String.class, 3);

  private final AtomicLong now = new AtomicLong(1);
  private final Registry registry =
      new Registry(now::get, InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")));
  private final List<String> disposed = new CopyOnWriteArrayList<>();
  private final Shelf<String> shelf = registry.shelf(NAME, disposed::add);
  private final Owner owner = registry.owner("session", "secret-id");

  @Test
  void whatIsRegisteredIsFoundUntilItIsUnregistered() {
    assertThat(shelf.register("a", "A", owner)).isEqualTo(Registration.DONE);
    assertThat(shelf.lookup("a")).contains("A");
    assertThat(shelf.lookup("b")).isEmpty();
    assertThat(shelf.unregister("a", "A", Reason.ASKED)).isTrue();
    assertThat(shelf.unregister("a", "A", Reason.ASKED)).isFalse();
    assertThat(shelf.lookup("a")).isEmpty();
    assertThat(owner.count()).isZero();
    assertThat(disposed).isEmpty();
  }

  @Test
  void aKeyIsTakenOnce() {
    shelf.register("a", "A", owner);
    assertThat(shelf.register("a", "B", owner)).isEqualTo(Registration.TAKEN);
    assertThat(shelf.lookup("a")).contains("A");
    assertThat(shelf.count()).isOne();
  }

  @Test
  void onlyTheValueThatIsMeantIsUnregistered() {
    shelf.register("a", "A", owner);
    assertThat(shelf.unregister("a", "other", Reason.ASKED)).isFalse();
    assertThat(shelf.lookup("a")).contains("A");
  }

  @Test
  void neverHoldsMoreThanItsCap() {
    for (String key : List.of("a", "b", "c")) {
      assertThat(shelf.register(key, key, owner)).isEqualTo(Registration.DONE);
    }
    assertThat(shelf.register("d", "d", owner)).isEqualTo(Registration.FULL);
    assertThat(shelf.count()).isEqualTo(3);
    shelf.unregister("a", "a", Reason.ASKED);
    assertThat(shelf.register("d", "d", owner)).isEqualTo(Registration.DONE);
  }

  @Test
  void theEndOfTheOwnerIsTheEndOfEverythingItHas() {
    Owner other = registry.owner("session", "other");
    shelf.register("a", "A", owner);
    shelf.register("b", "B", owner);
    shelf.register("c", "C", other);
    registry.end(owner);
    registry.end(owner);
    assertThat(disposed).containsExactlyInAnyOrder("A", "B");
    assertThat(shelf.count()).isOne();
    assertThat(shelf.lookup("c")).contains("C");
    assertThat(shelf.register("a", "A", owner)).isEqualTo(Registration.OWNER_ENDED);
    assertThat(shelf.lookup("a")).isEmpty();
  }

  @Test
  void oneDisposalThatFailsDoesNotKeepTheOthers() {
    List<String> seen = new ArrayList<>();
    Shelf<String> bad =
        registry.shelf(
            EntryType.of("bad", String.class),
            value -> {
              seen.add(value);
              throw new IllegalStateException("no");
            });
    bad.register("a", "A", owner);
    bad.register("b", "B", owner);
    registry.end(owner);
    assertThat(seen).hasSize(2);
    assertThat(bad.isEmpty()).isTrue();
  }

  @Test
  void twoRoomsCannotKeepTheSameType() {
    assertThatThrownBy(() -> registry.shelf(NAME, _ -> {}))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void pagesFollowEachOtherInTheOrderOfKeys() {
    Shelf<String> many = registry.shelf(EntryType.of("many", String.class), _ -> {});
    for (int i = 0; i < 2_500; i++) {
      many.register("%05d".formatted(i * 7 % 2_500), "x", owner);
    }
    List<String> keys = new ArrayList<>();
    List<Entry<String>> page = many.page("", 5_000);
    while (!page.isEmpty()) {
      assertThat(page).hasSizeLessThanOrEqualTo(Shelf.MAX_PAGE);
      page.forEach(entry -> keys.add(entry.key()));
      page = many.page(keys.getLast(), 5_000);
    }
    assertThat(keys).hasSize(2_500).isSorted().doesNotHaveDuplicates();
    assertThat(many.page("", 0)).isEmpty();
    assertThat(many.page("", -1)).isEmpty();
  }

  @Test
  void anEntryIsNeverLeftBehindByAnOwnerThatEndsMeanwhile() throws InterruptedException {
    Shelf<Integer> racing = registry.shelf(EntryType.of("racing", Integer.class), _ -> {});
    for (int round = 0; round < 500; round++) {
      Owner brief = registry.owner("brief", Integer.toString(round));
      CountDownLatch start = new CountDownLatch(1);
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        int key = i;
        threads.add(
            Thread.startVirtualThread(
                () -> {
                  awaitQuietly(start);
                  racing.register(Integer.toString(key), key, brief);
                }));
      }
      threads.add(
          Thread.startVirtualThread(
              () -> {
                awaitQuietly(start);
                registry.end(brief);
              }));
      start.countDown();
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(racing.count()).isZero();
      assertThat(racing.isEmpty()).isTrue();
      assertThat(brief.count()).isZero();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void theTrailSaysWhatWentAndWhyWithoutItsId() {
    shelf.register("key-that-is-secret", "A", owner);
    shelf.register("b", "B", owner);
    shelf.unregister("b", "B", Reason.TIMED_OUT);
    registry.end(owner);
    List<Disposals.Disposal> trail = registry.disposals().recent(10);
    assertThat(trail)
        .extracting(Disposals.Disposal::reason)
        .containsExactly(Reason.TIMED_OUT, Reason.OWNER_ENDED);
    Disposals.Disposal last = trail.getLast();
    assertThat(last.what()).isEqualTo("name");
    assertThat(last.id()).matches("[0-9a-f]{12}");
    assertThat(last.owner()).isEqualTo("session " + Pseudonym.of("secret-id"));
    assertThat(last.at()).isEqualTo("2026-01-01T00:00:00Z");
  }

  @Test
  void theTrailIsBounded() {
    for (int i = 0; i < 3 * Disposals.CAPACITY; i++) {
      shelf.register("a" + i, "A", owner);
      shelf.unregister("a" + i, "A", Reason.ASKED);
    }
    assertThat(registry.disposals().count()).isEqualTo(3L * Disposals.CAPACITY);
    List<Disposals.Disposal> recent = registry.disposals().recent(Integer.MAX_VALUE);
    assertThat(recent).hasSize(Disposals.CAPACITY);
    assertThat(recent.getLast().id()).isEqualTo(Pseudonym.of("a" + (3 * Disposals.CAPACITY - 1)));
  }

  @Test
  void operatorsSeeWhatThereIsAndNoSecret() {
    Telemetry telemetry = Telemetry.create();
    registry.show(telemetry);
    shelf.register("key-that-is-secret", "A", owner);
    shelf.register("key-that-is-secret", "B", owner);
    JsonNode section = telemetry.introspection().read("registry").orElseThrow();
    assertThat(section.at("/types/name/entries").asInt()).isOne();
    assertThat(section.at("/types/name/max").asInt()).isEqualTo(3);
    assertThat(section.at("/types/name/refused").asInt()).isOne();
    registry.end(owner);
    JsonNode gone = telemetry.introspection().read("disposals").orElseThrow();
    assertThat(gone.at("/recent/0/reason").asString()).isEqualTo("owner_ended");
    assertThat(section.toString() + gone).doesNotContain("secret");
  }
}
