package dev.plumbline.server.control;

import dev.plumbline.server.config.ControlSettings;
import dev.plumbline.server.config.Live;
import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.observe.Log;
import dev.plumbline.server.observe.Severity;
import dev.plumbline.server.observe.Telemetry;
import dev.plumbline.server.session.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * Delivers what operators want to the components of the server, whatever the data plane does: four
 * strict priorities with bounded queues, on threads that nothing else uses. Every message gets
 * exactly one reply. A handler that never comes back, throws or overflows the stack costs one
 * bounded thread and takes nothing else down.
 */
public final class ControlPlane implements AutoCloseable {
  /** The server itself: its health. */
  public static final String SERVER = "server";

  /** What drains sessions. */
  public static final String SESSIONS = "sessions";

  /** What cancels tasks. */
  public static final String TASKS = "tasks";

  /** What changes circuit breakers. */
  public static final String BREAKERS = "breakers";

  /** How many parts of the server may be registered. */
  static final int MAX_ESSENTIAL = 32;

  private static final String SOURCE = "control";
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,127}");

  /** How often calls that go on are looked at. */
  private static final Duration LOOK = Duration.ofMillis(5);

  /** How often it is looked whether there are any: every look costs a thread its waking up. */
  private static final Duration IDLE_LOOK = Duration.ofMillis(20);

  private static final Duration SETTLE_EVERY = Duration.ofMillis(500);

  private final Live<ServerConfig> config;
  private final Ticker ticker;
  private final Telemetry telemetry;
  private final ConcurrentMap<String, Component> components = new ConcurrentHashMap<>();
  private final AtomicLong numbers = new AtomicLong();
  private final Ledger ledger;
  private final Interferences interferences;
  private final Operations operations;
  private final Crew crew;
  private final Thread watch;
  private int essentials;
  private volatile boolean stopped;

  /** A plane with its threads; adds the sections {@code control} and {@code operations}. */
  public ControlPlane(Live<ServerConfig> config, Ticker ticker, Telemetry telemetry) {
    this(config, ticker, InstantSource.system(), telemetry);
  }

  ControlPlane(Live<ServerConfig> config, Ticker ticker, InstantSource clock, Telemetry telemetry) {
    this.config = config;
    this.ticker = ticker;
    this.telemetry = telemetry;
    this.ledger = new Ledger(telemetry.metrics());
    this.interferences = new Interferences(telemetry.events(), clock);
    this.operations = new Operations(telemetry, clock);
    this.crew = new Crew(ticker, new Handling());
    this.watch = Crew.thread("control-watch", this::watch);
    watch.start();
    telemetry.introspection().section(SOURCE, this::toJson);
  }

  /**
   * Registers a component (R012).
   *
   * @param id letters, digits, dots, colons, dashes and underscores
   * @return run it to unregister
   * @throws ComponentRefusedException when the id cannot be or is taken, or there are too many
   */
  public Runnable registerComponent(String id, ComponentHandler handler)
      throws ComponentRefusedException {
    return register(new Component(id, handler, false));
  }

  /**
   * Registers a part of the server, which is served even while as many other components do not come
   * back as the plane can bear. Its handler must not block.
   *
   * @return run it to unregister
   * @throws IllegalStateException when the id is taken: a mistake of ours
   */
  public Runnable registerPart(String id, ComponentHandler handler) {
    try {
      return register(new Component(id, handler, true));
    } catch (ComponentRefusedException e) {
      throw new IllegalStateException(e);
    }
  }

  private synchronized Runnable register(Component component) throws ComponentRefusedException {
    int most = config.get().control().components();
    if (!ID.matcher(component.id()).matches()) {
      throw new ComponentRefusedException(
          "the id of a component is 1 to 128 letters, digits, dots, colons, dashes, underscores");
    }
    if (components.size() >= most) {
      throw new ComponentRefusedException(
          most + " components are registered; raise control.components or unregister some");
    }
    if (component.essential() && essentials == MAX_ESSENTIAL) {
      throw new ComponentRefusedException("the server has " + MAX_ESSENTIAL + " parts already");
    }
    if (components.putIfAbsent(component.id(), component) != null) {
      throw new ComponentRefusedException("a component " + component.id() + " is registered");
    }
    essentials += component.essential() ? 1 : 0;
    return () -> unregister(component);
  }

  private synchronized void unregister(Component component) {
    if (components.remove(component.id(), component)) {
      essentials -= component.essential() ? 1 : 0;
      crew.leave(component);
    }
  }

  /** Asks a component how it is (R013). */
  public Future<Delivery> healthCheck(String componentId, HealthKind kind) {
    return send(new ControlMessage.HealthCheck(componentId, kind));
  }

  /** Brings a session to its end in order (R014); the reply only says that it has begun. */
  public Future<Delivery> drainSession(String sessionId, Duration timeout) {
    return send(new ControlMessage.DrainSession(SESSIONS, sessionId, timeout));
  }

  /** Asks a task to stop (R015). */
  public Future<Delivery> cancelTask(String taskId, String reason) {
    return send(new ControlMessage.CancelTask(TASKS, taskId, reason));
  }

  /** Changes a circuit breaker (R016). */
  public Future<Delivery> circuitBreaker(String breakerId, BreakerCommand change) {
    return send(new ControlMessage.BreakerChange(BREAKERS, breakerId, change));
  }

  /** Delivers a message. The future is always completed with a delivery. */
  public Future<Delivery> send(ControlMessage message) {
    CompletableFuture<Delivery> reply = new CompletableFuture<>();
    send(message, reply::complete);
    return reply;
  }

  /**
   * Delivers a message.
   *
   * @param answer called once, on this thread or one of the plane; must not block
   */
  public void send(ControlMessage message, Consumer<Delivery> answer) {
    Component component = components.get(message.component());
    boolean liveness =
        message instanceof ControlMessage.HealthCheck check && check.kind() == HealthKind.LIVENESS;
    ServerConfig now = config.get();
    Envelope envelope =
        new Envelope(
            message,
            component == null ? Handling.NOBODY : component,
            numbers.incrementAndGet(),
            ticker.nanos(),
            answer);
    Handling handling = new Handling();
    if (stopped) {
      handling.refuse(envelope, Refusal.STOPPED);
    } else if (!now.switches().controlPlane() && !liveness) {
      handling.refuse(envelope, Refusal.SWITCHED_OFF);
    } else if (component == null) {
      handling.refuse(envelope, Refusal.UNKNOWN_COMPONENT);
    } else if (!crew.offer(envelope, now.control().queue())) {
      handling.refuse(envelope, stopped ? Refusal.STOPPED : Refusal.QUEUE_FULL);
    }
  }

  /** What happens to messages on the threads of the crew. */
  private final class Handling implements Crew.Work {
    static final Component NOBODY =
        new Component("nobody", _ -> ControlReply.Acknowledged.done(""), false);

    @Override
    public void handle(Call call) {
      Envelope envelope = call.envelope();
      ControlReply reply;
      try {
        reply =
            Objects.requireNonNull(
                envelope.component().handler().handle(envelope.message()),
                () -> "component " + envelope.component().id() + " gave no reply");
      } catch (Throwable e) {
        // FM-38: whatever a handler throws, an Error too, stays inside its call.
        Log.failure("control", e);
        reply = new ControlReply.Refused(Refusal.FAILED, "the component failed");
      }
      if (envelope.claim()) {
        long now = ticker.nanos();
        long dispatch = call.startNanos() - envelope.arrivedNanos();
        long whole = now - envelope.arrivedNanos();
        Duration objective = Ledger.objective(envelope.priority(), config.get().control());
        deliver(envelope, new Delivery(reply, Duration.ofNanos(dispatch), Duration.ofNanos(whole)));
        ledger.delivered(envelope.priority(), dispatch, whole, now, objective);
        if (dispatch > objective.toNanos()) {
          interferences.late(call, crew.calls());
        }
      }
    }

    @Override
    public void refuse(Envelope envelope, Refusal cause) {
      if (envelope.claim()) {
        ledger.refused(envelope.priority(), cause);
        Duration whole = Duration.ofNanos(ticker.nanos() - envelope.arrivedNanos());
        ControlReply reply = new ControlReply.Refused(cause, text(envelope, cause));
        deliver(envelope, new Delivery(reply, Duration.ZERO, whole));
      }
    }

    @Override
    public void over(Call call, long endNanos) {
      interferences.over(call, endNanos);
    }

    private static void deliver(Envelope envelope, Delivery delivery) {
      try {
        envelope.answer().accept(delivery);
      } catch (RuntimeException e) {
        Log.failure("control answer", e);
      }
    }

    private static String text(Envelope envelope, Refusal cause) {
      return switch (cause) {
        case UNKNOWN_COMPONENT -> "no such component is registered";
        case UNKNOWN_SUBJECT -> "the component does not know it";
        case WRONG_STATE -> "that cannot be in its present state";
        case QUEUE_FULL ->
            "too many " + envelope.priority().wire() + " messages wait; try again in a moment";
        case NOT_RESPONDING -> "component " + envelope.component().id() + " does not respond";
        case TOO_MANY_STUCK -> "too many components do not respond";
        case FAILED -> "the component failed";
        case SWITCHED_OFF -> "the control plane is switched off";
        case STOPPED -> "the control plane has stopped";
      };
    }
  }

  private void watch() {
    long settled = System.nanoTime();
    while (!stopped) {
      LockSupport.parkNanos((crew.busy() ? LOOK : IDLE_LOOK).toNanos());
      try {
        check();
        if (System.nanoTime() - settled >= SETTLE_EVERY.toNanos()) {
          settle();
          settled = System.nanoTime();
        }
      } catch (RuntimeException | Error e) {
        // A watch that ends would be the last one.
        Log.survived("control-watch", e);
      }
    }
  }

  /** Looks after calls that take long; called all the time, or by a test with its own clock. */
  void check() {
    for (Call call : crew.check(config.get().control().handler())) {
      telemetry
          .events()
          .add(
              Severity.WARNING,
              SOURCE,
              call.envelope().component().id(),
              "a component does not respond",
              Map.of("type", call.envelope().priority().wire()));
    }
  }

  /** Finds out what starved whom some time ago; called now and then. */
  void settle() {
    interferences.settle();
  }

  /** Tells where the collector's pauses can be read, to find out what starved whom. */
  public void pauses(Pauses source) {
    interferences.pauses(source);
  }

  /** False while its kill switch is off: then only liveness is answered. */
  public boolean switchedOn() {
    return config.get().switches().controlPlane();
  }

  /** Where what goes on after an acknowledgement is told. */
  public Operations operations() {
    return operations;
  }

  /** How well it does (R017). */
  public ControlStats stats() {
    long now = ticker.nanos();
    ControlSettings control = config.get().control();
    int[] threads = crew.threads();
    List<ControlStats.ByType> types =
        Arrays.stream(Priority.values())
            .map(
                priority ->
                    ledger.stats(
                        priority, crew.waiting(priority), Ledger.objective(priority, control), now))
            .toList();
    return new ControlStats(
        components.size(), threads[0], threads[1], ledger.dispatch(), ledger.whole(), types);
  }

  /** What starved whom lately, oldest first (R023). */
  public List<Interference> interference() {
    return interferences.recent();
  }

  /** True when the component has not come back from a call in time. */
  public boolean stuck(String componentId) {
    Component component = components.get(componentId);
    return component != null && crew.stuck(component);
  }

  private ObjectNode toJson() {
    ObjectNode json = stats().toJson();
    json.set("interference", interferences.toJson());
    return json;
  }

  @Override
  public void close() {
    stopped = true;
    LockSupport.unpark(watch);
    crew.close();
  }
}
