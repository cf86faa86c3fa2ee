package dev.plumbline.server.session.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every store promises. */
@ParameterizedClass(name = "{0}")
@MethodSource("stores")
class SessionStoreContractTest {
  private static final Instant NOON = Records.NOON;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final String kind;
  private final Function<Path, SessionStore> open;

  @TempDir Path folder;
  private SessionStore store;

  SessionStoreContractTest(String kind, Function<Path, SessionStore> open) {
    this.kind = kind;
    this.open = open;
  }

  static Stream<Arguments> stores() {
    return Stream.of(
        store("memory", _ -> new MemoryStore()),
        store("file", folder -> FileStore.open(folder.resolve("sessions.db"))),
        store("postgresql", _ -> Stores.open(Database.fresh())));
  }

  private static Arguments store(String kind, Function<Path, SessionStore> open) {
    return Arguments.of(kind, open);
  }

  @BeforeEach
  void begin() {
    store = open.apply(folder);
  }

  @AfterEach
  void end() {
    store.close();
  }

  @Test
  void saysWhatItIs() {
    assertThat(store.kind()).isEqualTo(kind);
    assertThat(store.window()).isNotBlank();
  }

  @Test
  void givesBackWhatWasCreated() {
    SessionRecord session = Records.active("a");
    store.create(session);
    assertThat(store.find("a")).contains(session);
    assertThat(store.all()).containsExactly(session);
    assertThat(store.changes("a")).hasValue(1);
    assertThat(store.count()).isOne();
  }

  @Test
  void knowsNothingOfWhatWasNot() {
    assertThat(store.find("a")).isEmpty();
    assertThat(store.changes("a")).isEmpty();
    assertThat(store.update(Records.active("a"))).isFalse();
    assertThat(store.delete("a")).isFalse();
    store.touch(Map.of("a", NOON));
    assertThat(store.count()).isZero();
  }

  @Test
  void refusesASecondSessionOfOneId() {
    store.create(Records.active("a"));
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> store.create(Records.opening("a")))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.MISCONFIGURED));
    assertThat(store.find("a")).contains(Records.active("a"));
  }

  @Test
  void updatesWhatWasNotChangedMeanwhile() {
    SessionRecord first = Records.active("a");
    store.create(first);
    SessionRecord second = Records.changed(first, "file:///b");
    assertThat(store.update(second)).isTrue();
    assertThat(store.find("a")).contains(second);
    assertThat(store.update(Records.changed(first, "file:///c"))).isFalse();
    assertThat(store.find("a")).contains(second);
  }

  @Test
  void neverBringsBackWhatWasDeleted() {
    SessionRecord first = Records.active("a");
    store.create(first);
    assertThat(store.delete("a")).isTrue();
    assertThat(store.update(Records.changed(first, "file:///b"))).isFalse();
    store.touch(Map.of("a", NOON.plus(MINUTE)));
    assertThat(store.find("a")).isEmpty();
    assertThat(store.delete("a")).isFalse();
  }

  @Test
  void looksForManyAtOnce() {
    store.create(Records.active("a"));
    store.create(Records.changed(Records.active("b"), "file:///x"));
    assertThat(store.changes(List.of("a", "b", "c"))).isEqualTo(Map.of("a", 1L, "b", 2L));
  }

  @Test
  void aTimeOfUseNeverMovesBack() {
    store.create(Records.active("a"));
    store.touch(Map.of("a", NOON.plus(MINUTE)));
    store.touch(Map.of("a", NOON));
    assertThat(store.find("a").orElseThrow().used()).isEqualTo(NOON.plus(MINUTE));
  }

  @Test
  void expiresWhatNobodyUsed() {
    store.create(Records.active("used"));
    store.create(Records.active("unused"));
    store.create(Records.opening("opening"));
    store.touch(Map.of("used", NOON.plus(MINUTE)));
    assertThat(store.expire(NOON, NOON, 10)).isEmpty();
    assertThat(store.expire(NOON.plusMillis(1), NOON, 10)).containsExactly("opening");
    assertThat(store.expire(NOON.plus(MINUTE), NOON.plus(MINUTE), 10)).containsExactly("unused");
    assertThat(store.find("used")).isPresent();
  }

  @Test
  void expiresNoMoreThanItIsAskedTo() {
    IntStream.range(0, 5).forEach(i -> store.create(Records.active("s" + i)));
    assertThat(store.expire(NOON, NOON.plus(MINUTE), 3)).hasSize(3);
    assertThat(store.count()).isEqualTo(2);
  }

  @Test
  void deletesTheUnusedOnlyWhenNobodyCameMeanwhile() {
    store.create(Records.active("a"));
    Instant later = NOON.plus(MINUTE);
    assertThat(store.deleteUnused("a", 1, NOON)).isFalse();
    assertThat(store.deleteUnused("a", 2, later)).isFalse();
    store.touch(Map.of("a", later));
    assertThat(store.deleteUnused("a", 1, later)).isFalse();
    assertThat(store.deleteUnused("a", 1, later.plusMillis(1))).isTrue();
    assertThat(store.find("a")).isEmpty();
  }

  @Test
  void ofManyWhoChangeAtOnceOneWins() throws Exception {
    SessionRecord first = Records.active("a");
    store.create(first);
    List<Callable<Boolean>> writers =
        IntStream.range(0, 8)
            .mapToObj(
                i -> (Callable<Boolean>) () -> store.update(Records.changed(first, "file:///" + i)))
            .toList();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> won = threads.invokeAll(writers);
      int winners = 0;
      for (Future<Boolean> one : won) {
        winners += one.get() ? 1 : 0;
      }
      assertThat(winners).isOne();
    }
    assertThat(store.changes("a")).hasValue(2);
  }

  @Test
  void anInterruptedCallerDoesNotBreakItForOthers() {
    Thread.currentThread().interrupt();
    try {
      store.create(Records.active("a"));
    } catch (StoreException e) {
      assertThat(e.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE);
    } finally {
      // Clears the flag for the tests that follow.
      Thread.interrupted();
    }
    store.create(Records.active("b"));
    assertThat(store.find("b")).isPresent();
  }
}
