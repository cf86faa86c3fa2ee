package dev.plumbline.server.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plumbline.server.observe.Notice;
import dev.plumbline.server.observe.Pseudonym;
import dev.plumbline.server.observe.Severity;
import dev.plumbline.server.observe.Telemetry;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LeakDetectorTest {
  private final AtomicLong now = new AtomicLong(1);
  private final Telemetry telemetry = Telemetry.create();
  private final Registry registry = new Registry(now::get, InstantSource.system());
  private final LeakDetector detector =
      new LeakDetector(registry, telemetry, now::get, InstantSource.system());
  private final Owner owner = registry.owner("session", "secret-id");
  private final String ownerName = "session " + Pseudonym.of("secret-id");

  /** Something that ended and did not let go of everything. */
  private final class Ended implements Residue {
    private final Map<String, Integer> left = new HashMap<>();
    private final boolean stubborn;

    private Ended(boolean stubborn) {
      this.stubborn = stubborn;
      left.put("stream", 2);
      left.put("question", 0);
    }

    @Override
    public Owner owner() {
      return owner;
    }

    @Override
    public Map<String, Integer> left() {
      return Map.copyOf(left);
    }

    @Override
    public void clean() {
      if (!stubborn) {
        left.clear();
      }
    }
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
    detector.check();
  }

  @Test
  void whatLetsGoInTimeIsNoLeak() {
    Ended ended = new Ended(false);
    detector.ended(ended);
    pass(LeakDetector.GRACE.minusNanos(1));
    ended.clean();
    pass(Duration.ofNanos(1));
    pass(LeakDetector.GRACE);
    assertThat(detector.found()).isZero();
    assertThat(telemetry.events().recent(10)).isEmpty();
  }

  @Test
  void namesTheOwnerOfWhatIsLeftAndCleansIt() {
    Ended ended = new Ended(false);
    detector.ended(ended);
    pass(LeakDetector.GRACE);
    assertThat(detector.found()).isEqualTo(2);
    Leak leak = detector.recent().getFirst();
    assertThat(leak.what()).isEqualTo("stream");
    assertThat(leak.owner()).isEqualTo(ownerName);
    assertThat(leak.cleaned()).isTrue();
    assertThat(ended.left).isEmpty();
    assertThat(telemetry.events().recent(10))
        .singleElement()
        .satisfies(
            notice -> {
              assertThat(notice.severity()).isEqualTo(Severity.WARNING);
              assertThat(notice.facts()).containsEntry("owner", ownerName);
            });
  }

  @Test
  void saysWhenItCannotClean() {
    Ended stubborn = new Ended(true);
    detector.ended(stubborn);
    pass(LeakDetector.GRACE);
    assertThat(detector.recent().getFirst().cleaned()).isFalse();
    assertThat(stubborn.left).isNotEmpty();
    assertThat(telemetry.events().recent(10))
        .extracting(Notice::severity)
        .containsExactly(Severity.CRITICAL);
  }

  @Test
  void findsAnEntryWhoseOwnerForgotIt() {
    Shelf<String> shelf = registry.shelf(EntryType.of("planted", String.class), _ -> {});
    shelf.register("a", "A", owner);
    // The planted defect: the owner ends and does not dispose of what it had.
    List<Entry<?>> forgotten = owner.close(now.get());
    assertThat(forgotten).hasSize(1);
    pass(LeakDetector.GRACE.minusNanos(1));
    assertThat(detector.found()).isZero();
    pass(Duration.ofNanos(1));
    assertThat(detector.recent())
        .singleElement()
        .satisfies(leak -> assertThat(leak.owner()).isEqualTo(ownerName));
    assertThat(shelf.isEmpty()).isTrue();
    assertThat(registry.disposals().recent(1).getFirst().reason()).isEqualTo(Reason.LEAKED);
    assertThat(
            telemetry.introspection().read("leaks").orElseThrow().at("/recent/0/owner").asString())
        .isEqualTo(ownerName);
  }

  @Test
  void whatItWatchesIsBounded() {
    List<Ended> held = new ArrayList<>();
    for (int i = 0; i <= LeakDetector.MAX_WATCHED; i++) {
      held.add(new Ended(false));
      detector.ended(held.getLast());
    }
    var section = telemetry.introspection().read("leaks").orElseThrow();
    assertThat(section.path("watched").asInt()).isEqualTo(LeakDetector.MAX_WATCHED);
    assertThat(section.path("not_watched").asInt()).isOne();
    pass(LeakDetector.GRACE);
    assertThat(detector.recent()).hasSize(LeakDetector.KEPT);
    assertThat(detector.found()).isEqualTo(2L * LeakDetector.MAX_WATCHED);
    assertThat(held.getLast().left).as("was not watched").isNotEmpty();
  }

  @Test
  void keepsNothingAliveThatNobodyElseHolds() {
    WeakReference<Ended> gone = forgotten();
    await()
        .until(
            () -> {
              System.gc();
              return gone.get() == null;
            });
    pass(LeakDetector.GRACE);
    assertThat(detector.found()).isZero();
  }

  private WeakReference<Ended> forgotten() {
    Ended ended = new Ended(false);
    detector.ended(ended);
    return new WeakReference<>(ended);
  }
}
