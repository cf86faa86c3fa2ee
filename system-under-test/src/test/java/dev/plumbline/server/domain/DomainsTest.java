package dev.plumbline.server.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.plumbline.server.config.Live;
import dev.plumbline.server.config.QueueSettings;
import dev.plumbline.server.config.Roles;
import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.config.SwitchSettings;
import dev.plumbline.server.machine.DomainState;
import dev.plumbline.server.machine.Machines;
import dev.plumbline.server.observe.Health;
import dev.plumbline.server.observe.Notice;
import dev.plumbline.server.observe.Severity;
import dev.plumbline.server.observe.Telemetry;
import dev.plumbline.server.protocol.RpcError;
import dev.plumbline.server.registry.OpaqueIds;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class DomainsTest {
  private static final int LIMIT = ServerConfig.standard().domains().restarts();

  private final Telemetry telemetry = Telemetry.create();
  private final Live<ServerConfig> config = new Live<>(ServerConfig.standard());
  private final AtomicLong now = new AtomicLong(1);
  private final Domains domains = new Domains(config, telemetry, Machines.unobserved(now::get));
  private final FailureDomain first = domains.ofSessions().getFirst();
  private final FailureDomain second = domains.ofSessions().get(1);
  private final CountDownLatch over = new CountDownLatch(1);

  @AfterEach
  void end() {
    over.countDown();
    domains.close();
  }

  /** Work that goes on until it is told to end, or the test is over. */
  private final class Work extends Unit {
    private final List<RpcError> told = new CopyOnWriteArrayList<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final boolean stubborn;
    private final Thread thread;

    private Work(FailureDomain domain, boolean stubborn) {
      super(domain);
      this.stubborn = stubborn;
      this.thread =
          Thread.ofVirtual()
              .unstarted(
                  () ->
                      scoped(
                          () -> {
                            begun.countDown();
                            run();
                            return true;
                          }));
    }

    private Work begin() {
      assertThat(domain().enter(this)).isEmpty();
      thread.start();
      await().until(() -> begun.getCount() == 0);
      return this;
    }

    private void run() {
      do {
        try {
          over.await();
        } catch (InterruptedException e) {
          // A stubborn handler does not care.
        }
      } while (stubborn && over.getCount() > 0);
      domain().leave(this);
    }

    @Override
    protected void kill(RpcError why) {
      told.add(why);
      thread.interrupt();
    }
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  private Work work(FailureDomain domain) {
    return new Work(domain, false).begin();
  }

  private void cap(int wanted) {
    config.set(config.get().withCap(Roles.TRANSPORT, wanted));
  }

  @Test
  void aDomainHoldsAsMuchAsTheSettingsOfNowSay() {
    assertThat(first.most()).isEqualTo(1_000);
    cap(6_000);
    assertThat(first.most()).isEqualTo(3_000);
    assertThat(domains.transport("tcp").most()).isEqualTo(3_000);
    cap(10);
    assertThat(second.most()).isEqualTo(10);
  }

  @Test
  void aDomainRefusesNothingWhileTheLimitsAreSwitchedOff() {
    cap(1);
    Work one = work(first);
    assertThat(first.enter(new Work(first, false))).as("it is full").isPresent();
    config.set(config.get().withSwitches(new SwitchSettings(true, false, true)));
    Work other = work(first);
    assertThat(first.active()).as("counted all the same").isEqualTo(2);
    config.set(config.get().withSwitches(new SwitchSettings(true, true, true)));
    assertThat(first.enter(new Work(first, false))).as("and on again").isPresent();
    first.leave(one);
    first.leave(other);
    assertThat(first.enter(new Work(first, false))).isEmpty();
  }

  @Test
  void aLowerBoundWaitsForTheWorkThatIsThere() {
    List<Work> works = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      works.add(work(first));
    }
    cap(2);
    assertThat(first.most()).isEqualTo(1_000);
    assertThat(second.most()).isEqualTo(2);
    first.leave(works.getFirst());
    domains.check();
    assertThat(first.most()).isEqualTo(2);
    assertThat(first.enter(new Work(first, false))).isPresent();
  }

  private void awaitRunning(FailureDomain domain) {
    await().until(domain::runs);
  }

  @Test
  void everySessionHasOneDomainAndNoDomainHasTooMany() {
    OpaqueIds ids = new OpaqueIds();
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < 8_000; i++) {
      String id = ids.next();
      assertThat(domains.of(id)).isSameAs(domains.of(id));
      counts.merge(domains.of(id).name(), 1, Integer::sum);
    }
    assertThat(counts).hasSize(8);
    // 1,000 each are expected, with a standard deviation of 30.
    assertThat(counts.values()).allMatch(count -> count > 800 && count < 1_200);
  }

  private List<Notice> aboutStuck() {
    return telemetry.events().recent(100).stream()
        .filter(notice -> notice.facts().containsKey("stuck"))
        .toList();
  }

  @Test
  void oneHandlerThatDoesNotEndIsANoticeAndDegradesHealthUntilItDoes() {
    new Work(first, true).begin().told();
    domains.check();
    assertThat(aboutStuck()).as("it has time to end").isEmpty();
    pass(FailureDomain.GRACE);
    domains.check();
    new Work(first, true).begin().told();
    pass(FailureDomain.GRACE);
    domains.check();
    assertThat(aboutStuck())
        .singleElement()
        .satisfies(notice -> assertThat(notice.severity()).isEqualTo(Severity.WARNING))
        .satisfies(notice -> assertThat(notice.subject()).isEqualTo(first.name()))
        .satisfies(notice -> assertThat(notice.facts()).containsEntry("stuck", "1"));
    assertThat(telemetry.health().status().level()).isEqualTo(Health.Level.DEGRADED);
    assertThat(telemetry.health().status().complaints())
        .extracting(Health.Check::reason)
        .containsExactly("2 handlers do not end");
    over.countDown();
    await().until(() -> first.stuck() == 0);
    domains.check();
    assertThat(telemetry.health().status().healthy()).isTrue();
    assertThat(aboutStuck()).hasSize(2);
    assertThat(aboutStuck().getLast().text()).isEqualTo("no handler is stuck any longer");
  }

  @Test
  void aKilledDomainEndsItsOwnWorkAndNobodyElses() throws Exception {
    List<Work> inside = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      inside.add(work(first));
    }
    Work outside = work(second);
    assertThat(domains.kill(first.name())).isTrue();
    awaitRunning(first);
    for (Work work : inside) {
      assertThat(work.told).singleElement().satisfies(error -> isUnavailable(error, first));
    }
    assertThat(first.active()).isZero();
    assertThat(outside.told).isEmpty();
    assertThat(second.active()).isOne();
    assertThat(second.runs()).isTrue();
  }

  private static void isUnavailable(RpcError error, FailureDomain domain) {
    assertThat(error.code()).isEqualTo(-31513);

    assertThat(Objects.requireNonNull(error.data()).path("domain").asString())
        .isEqualTo(domain.name());
    assertThat(Objects.requireNonNull(error.data()).path("retryAfterMs").asLong()).isPositive();
  }

  @Test
  void whatComesWhileItIsRestartedIsRefusedWithTheTimeToWait() throws Exception {
    CountDownLatch stopping = new CountDownLatch(1);
    first.consistsOf(part(stopping::await, () -> {}));
    domains.kill(first.name());
    assertThat(first.enter(new Work(first, false)))
        .hasValueSatisfying(error -> isUnavailable(error, first));
    assertThat(domains.kill(first.name())).isFalse();
    stopping.countDown();
    awaitRunning(first);
    work(first);
  }

  private interface Step {
    void run() throws IOException, InterruptedException;
  }

  private static Part part(Step stop, Step start) {
    return new Part() {
      @Override
      public void stop() throws InterruptedException {
        try {
          stop.run();
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
      }

      @Override
      public void start() throws IOException {
        try {
          start.run();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }

      @Override
      public int connections() {
        return 0;
      }

      @Override
      public int pending() {
        return 0;
      }
    };
  }

  @Test
  void aRestartThatWasAskedForLetsWorkFinish() throws Exception {
    Work work = work(first);
    assertThat(domains.restart(first.name())).isTrue();
    assertThat(first.machine().state()).isEqualTo(DomainState.DRAINING);
    assertThat(first.enter(new Work(first, false))).isPresent();
    over.countDown();
    awaitRunning(first);
    assertThat(work.told).isEmpty();
  }

  @Test
  void aDrainIsBounded() throws Exception {
    Work work = work(first);
    domains.restart(first.name());
    awaitRunning(first);
    assertThat(work.told).hasSize(1);
  }

  @Test
  void aPartThatCannotEndDoesNotKeepItsDomainFromBeginning() throws Exception {
    first.consistsOf(
        part(
            () -> {
              throw new IllegalStateException("no");
            },
            () -> {}));
    domains.kill(first.name());
    awaitRunning(first);
  }

  @Test
  void aPartThatCannotBeginAtOnceIsTriedAgain() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    first.consistsOf(
        part(
            () -> {},
            () -> {
              if (attempts.incrementAndGet() < 4) {
                throw new IOException("in use");
              }
            }));
    domains.kill(first.name());
    awaitRunning(first);
    assertThat(attempts).hasValue(4);
  }

  @Test
  void tooManyRestartsAndItIsGivenUpUntilItIsReset() throws Exception {
    for (int i = 0; i < LIMIT; i++) {
      domains.kill(first.name());
      awaitRunning(first);
    }
    domains.kill(first.name());
    await().until(() -> first.machine().state() == DomainState.FAILED);
    assertThat(first.enter(new Work(first, false)))
        .hasValueSatisfying(
            error -> {
              isUnavailable(error, first);
              assertThat(Objects.requireNonNull(error.data()).path("retryAfterMs").asLong())
                  .isEqualTo(config.get().domains().window().toMillis());
            });
    assertThat(second.enter(new Work(second, false))).isEmpty();
    await()
        .until(
            () ->
                telemetry.events().recent(100).stream()
                    .map(Notice::severity)
                    .anyMatch(Severity.CRITICAL::equals));
    assertThat(telemetry.health().status().level()).isEqualTo(Health.Level.DEGRADED);
    assertThat(domains.kill(first.name())).isFalse();
    assertThat(domains.restart(first.name())).isFalse();
    assertThat(domains.reset(second.name())).isFalse();
    assertThat(domains.reset(first.name())).isTrue();
    awaitRunning(first);
    await().until(() -> telemetry.health().status().healthy());
    work(first);
  }

  @Test
  void aFewCrashesAreCountedAndManyRestartTheDomain() {
    Work bystander = work(first);
    for (int i = 0; i < LIMIT; i++) {
      first.crashed(new AssertionError());
    }
    assertThat(first.runs()).isTrue();
    assertThat(first.crashesInWindow()).isEqualTo(LIMIT);
    first.crashed(new AssertionError());
    assertThat(first.machine().state()).isEqualTo(DomainState.DRAINING);
    over.countDown();
    awaitRunning(first);
    assertThat(bystander.told).isEmpty();
    assertThat(first.crashesInWindow()).isZero();
    assertThat(first.crashCount()).isEqualTo(LIMIT + 1L);
    assertThat(second.crashCount()).isZero();
  }

  @Test
  void threadsThatDoNotEndAreCountedUntilTheyDo() throws Exception {
    Work stuck = new Work(first, true).begin();
    domains.kill(first.name());
    awaitRunning(first);
    assertThat(stuck.told).hasSize(1);
    pass(FailureDomain.GRACE.minusNanos(2));
    assertThat(first.stuck()).isZero();
    pass(Duration.ofNanos(2));
    assertThat(first.stuck()).isOne();
    over.countDown();
    await().until(() -> first.stuck() == 0);
  }

  @Test
  void workThatNeverHadAProcessorIsNotStuck() throws Exception {
    for (int i = 0; i < 2 * FailureDomain.MAX_STUCK; i++) {
      // Accepted, and its thread waits for its turn: an overloaded machine, not a bad handler.
      assertThat(first.enter(new Work(first, true))).isEmpty();
    }
    domains.kill(first.name());
    awaitRunning(first);
    pass(FailureDomain.GRACE.multipliedBy(10));
    domains.check();
    assertThat(first.stuck()).isZero();
    assertThat(first.runs()).isTrue();
  }

  @Test
  void manyThreadsThatDoNotEndRestartTheDomainAndMoreGiveItUp() {
    fill(FailureDomain.MAX_STUCK_IN_ONE_LIFE);
    domains.check();
    await().until(() -> restarts(first) == 1);
    awaitRunning(first);
    domains.check();
    assertThat(first.runs()).isTrue();
    fill(FailureDomain.MAX_STUCK - FailureDomain.MAX_STUCK_IN_ONE_LIFE);
    domains.check();
    assertThat(first.machine().state()).isEqualTo(DomainState.FAILED);
    assertThat(second.runs()).isTrue();
  }

  private void fill(int count) {
    int before = first.stuck();
    for (int i = 0; i < count; i++) {
      new Work(first, true).begin().told();
    }
    pass(FailureDomain.GRACE);
    assertThat(first.stuck()).isEqualTo(before + count);
  }

  private int restarts(FailureDomain domain) {
    return read(domain).path("restart_count").asInt();
  }

  private JsonNode read(FailureDomain domain) {
    return telemetry.introspection().readItem("domains", domain.name()).orElseThrow();
  }

  @Test
  void aDomainNeverHoldsMoreThanItsShareAndTheOthersHaveRoom() {
    Domains small =
        new Domains(
            new Live<>(
                ServerConfig.standard()
                    .withQueues(new QueueSettings(Map.of(Roles.TRANSPORT, 4_000)))),
            Telemetry.create(),
            Machines.unobserved(System::nanoTime));
    FailureDomain full = small.ofSessions().getFirst();
    for (int i = 0; i < 2_000; i++) {
      assertThat(full.enter(new Work(full, false))).isEmpty();
    }
    assertThat(full.enter(new Work(full, false)))
        .hasValueSatisfying(error -> assertThat(error.code()).isEqualTo(-31429));
    FailureDomain other = small.ofSessions().get(1);
    assertThat(other.enter(new Work(other, false))).isEmpty();
    assertThat(full.active()).isEqualTo(2_000);
  }

  @Test
  void operatorsSeeEveryDomain() throws Exception {
    domains.transport("tcp");
    work(first);
    domains.kill(second.name());
    await().until(() -> restarts(second) == 1);
    JsonNode section = telemetry.introspection().read("domains").orElseThrow();
    assertThat(section).hasSize(9);
    assertThat(read(first).path("active").asInt()).isOne();
    assertThat(read(first).path("state").asString()).isEqualTo("running");
    assertThat(read(second).path("last_restart_ms").asDouble()).isPositive();
    assertThat(read(second).path("last_cause").asString()).isEqualTo("killed");
  }

  @Test
  void anUnknownDomainIsATypedError() {
    assertThatThrownBy(() -> domains.kill("nobody")).isInstanceOf(UnknownDomainException.class);
    assertThatThrownBy(() -> domains.reset("")).isInstanceOf(UnknownDomainException.class);
  }
}
