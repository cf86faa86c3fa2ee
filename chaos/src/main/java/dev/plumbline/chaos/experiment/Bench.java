package dev.plumbline.chaos.experiment;

import dev.plumbline.chaos.journal.Entry;
import dev.plumbline.chaos.journal.Entry.Sample;
import dev.plumbline.chaos.journal.Journal;
import dev.plumbline.chaos.journal.Lane;
import dev.plumbline.chaos.journal.Outcome;
import dev.plumbline.chaos.journal.Phase;
import dev.plumbline.chaos.proxy.FaultLink.Injection;
import dev.plumbline.chaos.proxy.FaultProxy;
import dev.plumbline.conformance.target.Target;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Where one experiment takes place: its clock, its record, its ways and clients, and the switch for
 * its faults. Closing it ends all clients, heals and removes all links. One thread drives it;
 * {@link Background} lanes run beside.
 */
public final class Bench implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);

  /** How long everything an experiment opened may take to be forgotten by the target. */
  private static final Duration DRAIN = Duration.ofSeconds(5);

  /** What an experiment does while a fault is in force. */
  public interface Work {
    /** Runs; an exception ends the fault, too. */
    void run() throws TargetException, HarnessException, InterruptedException;
  }

  private final BenchSetup setup;
  private final Target target;
  private final FaultProxy proxy;
  private final Journal journal;
  private final SplittableRandom random;
  private final SplittableRandom jitter;
  private final long origin = System.nanoTime();
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final List<Client> clients = new ArrayList<>();
  private volatile Phase phase = Phase.BEFORE;
  private volatile String fault = "";
  private int ways;

  /** A bench without anything on it. */
  public Bench(BenchSetup setup, Target target, FaultProxy proxy, Journal journal) {
    this.setup = setup;
    this.target = target;
    this.proxy = proxy;
    this.journal = journal;
    this.random = new SplittableRandom(setup.seed());
    this.jitter = random.split();
  }

  /** The settings. */
  public BenchSetup setup() {
    return setup;
  }

  /** The source of the experiment's own choices. */
  public SplittableRandom random() {
    return random;
  }

  Era era() {
    return setup.era();
  }

  String method() {
    return setup.method();
  }

  Duration deadline() {
    return setup.deadline();
  }

  /** For what is not measured. */
  Duration patience() {
    return setup.deadline().multipliedBy(2);
  }

  /** How far back the latency alert looks. */
  public Duration alertWindow() {
    return setup.alertWindow();
  }

  /** How long an experiment goes on trying after a healing. */
  public Duration longestRecovery() {
    return setup.longestRecovery();
  }

  Backoff backoff() {
    return setup.backoff();
  }

  Duration drawBackoff(int n) {
    synchronized (jitter) {
      return setup.backoff().draw(n, jitter);
    }
  }

  Phase phase() {
    return phase;
  }

  String fault() {
    return fault;
  }

  /** A moment on the experiment's clock, in milliseconds. */
  double at(long nanoTime) {
    return span(nanoTime - origin);
  }

  /** The experiment's clock, in milliseconds. */
  public double now() {
    return at(System.nanoTime());
  }

  double span(long nanos) {
    return TimeUnit.NANOSECONDS.toMicros(nanos) / 1_000.0;
  }

  /** Takes something down. */
  public void note(Entry entry) throws HarnessException {
    journal.add(entry);
  }

  /** Waits for a moment of {@link System#nanoTime()} to come. */
  public void pauseUntil(long nanoTime) throws InterruptedException {
    for (long left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
      LockSupport.parkNanos(left);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  boolean isSecure() {
    return target.url().filter(url -> "https".equalsIgnoreCase(url.getScheme())).isPresent();
  }

  /** Another way to the target, through a fault link of its own. */
  public Way way() throws HarnessException, InterruptedException {
    URI url = target.url().orElseThrow(() -> new HarnessException("the target has no URL"));
    int port = url.getPort() >= 0 ? url.getPort() : isSecure() ? 443 : 80;
    String host = url.getHost().replaceAll("[\\[\\]]", "");
    String name = "plumbline-" + setup.mode() + "-" + ProcessHandle.current().pid() + "-" + ways++;
    Way way = Way.open(proxy, name, InetSocketAddress.createUnresolved(host, port));
    open.push(way);
    return way;
  }

  /** A client that reaches the target straight. */
  public Client direct() throws TargetException, HarnessException, InterruptedException {
    return keep(Client.open(this, target, Lane.DIRECT));
  }

  /** A client that reaches the target through a way. */
  public Client through(Way way, Lane lane)
      throws TargetException, HarnessException, InterruptedException {
    return keep(Client.open(this, target.through(way.address()), lane));
  }

  /** Asks on a new connection and in a new session, where there are sessions. */
  public void fresh(Way way) throws HarnessException, InterruptedException {
    long intended = System.nanoTime();
    try {
      through(way, Lane.FRESH).ask(intended, 0, 0);
    } catch (TargetException e) {
      // The target took the fresh connection but no session; that is no result.
      double latency = span(System.nanoTime() - intended);
      note(
          new Sample(
              at(intended),
              latency,
              Lane.FRESH,
              phase,
              Outcome.REFUSED,
              fault,
              0,
              deadline().toMillis(),
              0,
              "none"));
    }
  }

  private Client keep(Client client) {
    clients.add(client);
    return client;
  }

  /** Asks on a thread of its own at an even pace. */
  public Background background(Client client, Duration pace) {
    return new Background(this, client, pace);
  }

  /**
   * Waits for the steady state: every client gets {@link BenchSetup#steady()} results in a row.
   *
   * @return whether it was reached in time
   */
  public boolean steady(Duration within, Client... all)
      throws HarnessException, InterruptedException {
    long deadline = System.nanoTime() + within.toNanos();
    for (Client client : all) {
      int inRow = 0;
      while (inRow < setup.steady()) {
        if (System.nanoTime() > deadline) {
          return false;
        }
        inRow = client.ask().ok() ? inRow + 1 : 0;
      }
    }
    return true;
  }

  /**
   * Injects a fault, works under it, and heals it whatever happens; then the proxy must confirm
   * that nothing is left of it.
   *
   * @param on the ways it is injected on
   */
  public void during(FaultPlan plan, List<Way> on, Work work)
      throws TargetException, HarnessException, InterruptedException {
    List<Way.Mark> marks = on.stream().map(Way::mark).toList();
    double start = now();
    try {
      for (Way way : on) {
        way.inject(plan.toxics());
      }
      start = now();
      fault = plan.label();
      phase = Phase.DURING;
      work.run();
    } finally {
      double end = now();
      fault = "";
      phase = Phase.AFTER;
      witness(plan, on, marks);
      heal(plan, on);
      List<String> toxics = plan.toxics().stream().map(Injection::name).toList();
      note(new Entry.Fault(start, end, plan.label(), setup.colour(), toxics));
    }
  }

  private void witness(FaultPlan plan, List<Way> on, List<Way.Mark> marks) throws HarnessException {
    List<Way.Seen> seen = new ArrayList<>();
    for (int i = 0; i < on.size(); i++) {
      seen.add(on.get(i).since(marks.get(i)));
    }
    FaultPlan.Proof proof = plan.proof();
    note(
        new Entry.Witness(
            now(),
            plan.label(),
            proof.measured(),
            Math.rint(proof.of(seen) * 1_000) / 1_000,
            plan.atLeast(),
            proof.unit()));
  }

  /** Heals without being interrupted: a fault must not outlive its experiment. */
  private void heal(FaultPlan plan, List<Way> on) throws HarnessException {
    double start = now();
    boolean interrupted = Thread.interrupted();
    List<HarnessException> failures = new ArrayList<>();
    for (Way way : on) {
      try {
        way.heal();
      } catch (HarnessException e) {
        failures.add(e);
      } catch (InterruptedException e) {
        interrupted = true;
        failures.add(new HarnessException("interrupted while healing", e));
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    note(new Entry.Heal(start, now(), plan.label(), failures.isEmpty()));
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
  }

  /** Asks the control port, where there is one. */
  public Map<String, Double> health() throws HarnessException, InterruptedException {
    if (target.control().isEmpty()) {
      return Map.of();
    }
    try (ControlPort port = new ControlPort(target.control().get())) {
      Map<String, Double> values = port.read();
      note(new Entry.Health(now(), phase, values));
      return values;
    } catch (IOException e) {
      return Map.of();
    }
  }

  /** Ends all clients, their sessions with them. */
  public void endClients() {
    clients.forEach(Client::close);
    clients.clear();
  }

  /** Waits until the control port tells no more than before, or it takes too long. */
  public void drained(Map<String, Double> before) throws HarnessException, InterruptedException {
    if (before.isEmpty()) {
      return;
    }
    long deadline = System.nanoTime() + DRAIN.toNanos();
    while (System.nanoTime() < deadline) {
      Map<String, Double> now = health();
      if (before.keySet().stream()
          .allMatch(n -> now.getOrDefault(n, Double.MAX_VALUE) <= before.getOrDefault(n, 0.0))) {
        return;
      }
      pauseUntil(System.nanoTime() + POLL.toNanos());
    }
  }

  @Override
  public void close() {
    endClients();
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        // Links and taps close quietly.
      }
    }
  }
}
