package dev.plumbline.server.config;

import static dev.plumbline.server.config.Setting.Effect.LIVE;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Everything about a server that can be set. The numbers of {@link #standard()} are those of the
 * decisions named at each record.
 *
 * @param queues how much may wait, by role
 * @param rate how often one session may ask
 * @param overload when a full queue becomes an alert
 * @param breaker when a failing dependency is left alone
 * @param retry how often anything is tried again
 * @param outbound what may wait for one peer to read
 * @param sessions how long sessions live and where they are kept
 * @param domains how the server is divided so that failures stay where they are
 * @param control the control plane
 * @param monitors when memory, descriptors and pauses become an alert
 * @param observe where what is seen goes
 * @param authorization who may use the server over HTTP
 * @param switches parts that can be turned off
 */
public record ServerConfig(
    Queues queues,
    Rate rate,
    Overload overload,
    Breaker breaker,
    Retry retry,
    Outbound outbound,
    Sessions sessions,
    Domains domains,
    Control control,
    Monitors monitors,
    Observe observe,
    Authorization authorization,
    Switches switches) {

  /** The names of the roles every server has (C6). */
  public static final class Roles {
    /** Sessions alive. */
    public static final String SESSION = "session";

    /** Event streams and subscriptions open. */
    public static final String SSE_STREAM = "sse_stream";

    /** Tasks that work. */
    public static final String TASK_WORKER = "task_worker";

    /** Tasks remembered: working, or kept for their results. */
    public static final String TASK_KEPT = "task_kept";

    /** Tool calls running. */
    public static final String TOOL_EXECUTOR = "tool_executor";

    /** Requests in flight over all connections. */
    public static final String TRANSPORT = "transport";

    /**
     * Handlers of resources, prompts and completions running; its cap is that of every role without
     * one of its own.
     */
    public static final String DEFAULT = "default";

    private Roles() {}
  }

  /**
   * How much may be held at once (C6).
   *
   * @param caps by role; a role that is not named has the cap of {@link Roles#DEFAULT}
   */
  public record Queues(
      @Setting(min = "0", max = "10000000", effect = LIVE) Map<String, Integer> caps) {
    /** Copies the map. */
    public Queues {
      caps = Map.copyOf(caps);
    }

    /** The cap of a role. */
    public int cap(String role) {
      return caps.getOrDefault(role, caps.getOrDefault(Roles.DEFAULT, 1_000));
    }
  }

  /** How a rate is counted. */
  public enum RateKind {
    /** Tokens that refill evenly; a burst may spend what was saved. */
    TOKEN_BUCKET,
    /** A count that starts anew every second. */
    FIXED_WINDOW,
    /** No limit. */
    OFF
  }

  /**
   * Requests of one session (C10).
   *
   * @param kind how they are counted
   * @param perSecond how many a second
   * @param burst how many at once; token bucket only
   */
  public record Rate(
      @Setting(effect = LIVE) RateKind kind,
      @Setting(min = "1", max = "1000000", effect = LIVE) int perSecond,
      @Setting(min = "1", max = "1000000", effect = LIVE) int burst) {}

  /**
   * Alerts about queues (C7), in percent of the cap.
   *
   * @param check how often every queue is looked at
   * @param warning an alert
   * @param critical an alert, and health is degraded
   * @param full an alert, and the breaker of the role opens
   * @param hysteresis how many points below a level the queue must fall for the alert to end
   */
  public record Overload(
      @Setting(min = "10ms", max = "1h", effect = LIVE) Duration check,
      @Setting(min = "1", max = "100", effect = LIVE) int warning,
      @Setting(min = "1", max = "100", effect = LIVE) int critical,
      @Setting(min = "1", max = "100", effect = LIVE) int full,
      @Setting(min = "0", max = "99", effect = LIVE) int hysteresis) {}

  /**
   * Circuit breakers (C8).
   *
   * @param failures so many failures open a breaker
   * @param window in which the failures must fall
   * @param firstOpen how long it stays open at first
   * @param longestOpen how long at most; every opening doubles the time, with full jitter
   * @param probes calls let through while half open
   * @param probing how long half open may last
   * @param successes so many successful probes close it
   */
  public record Breaker(
      @Setting(min = "1", max = "10000", effect = LIVE) int failures,
      @Setting(min = "10ms", max = "1h", effect = LIVE) Duration window,
      @Setting(min = "1ms", max = "1h", effect = LIVE) Duration firstOpen,
      @Setting(min = "1ms", max = "1h", effect = LIVE) Duration longestOpen,
      @Setting(min = "1", max = "1000", effect = LIVE) int probes,
      @Setting(min = "10ms", max = "1h", effect = LIVE) Duration probing,
      @Setting(min = "1", max = "1000", effect = LIVE) int successes) {}

  /**
   * Retries of one dependency (C8).
   *
   * @param retries how many
   * @param window in this time
   */
  public record Retry(
      @Setting(min = "0", max = "10000", effect = LIVE) int retries,
      @Setting(min = "10ms", max = "1h", effect = LIVE) Duration window) {}

  /**
   * What waits for one connection's peer to read (C6).
   *
   * @param cap messages at once
   * @param slowAfter a peer that has not read anything for so long, while something waits, is slow
   * @param recovery a slow peer that reads again is served as before within this time
   * @param bytes that wait for all peers together; beyond, no request is taken on and those who do
   *     not read are disconnected
   */
  public record Outbound(
      @Setting(min = "2", max = "1000000", effect = LIVE) int cap,
      @Setting(min = "10ms", max = "1h", effect = LIVE) Duration slowAfter,
      @Setting(min = "10ms", max = "1h", effect = LIVE) Duration recovery,
      @Setting(min = "1048576", max = "1099511627776", effect = LIVE) long bytes) {
    /** With the usual bound on bytes: 256 MiB. */
    public Outbound(int cap, Duration slowAfter, Duration recovery) {
      this(cap, slowAfter, recovery, 268_435_456);
    }
  }

  /**
   * Sessions (C10).
   *
   * @param handshake within this time a client must finish its handshake
   * @param suspend a session without a request is suspended after this
   * @param idle and ends after this
   * @param store {@code memory}, {@code file:PATH} or a {@code jdbc:postgresql:} URL
   */
  public record Sessions(
      @Setting(min = "10ms", max = "1h", effect = LIVE) Duration handshake,
      @Setting(min = "10ms", max = "30d", effect = LIVE) Duration suspend,
      @Setting(min = "10ms", max = "30d", effect = LIVE) Duration idle,
      @Setting(secret = true) String store) {}

  /**
   * Failure domains (C9).
   *
   * @param count domains that sessions are hashed to
   * @param restarts so many restarts
   * @param window in this time; one more and the domain is given up
   * @param restartWithin a restart is to be over within this time
   * @param drain how long a domain waits for its requests before it restarts
   */
  public record Domains(
      @Setting(min = "1", max = "1024") int count,
      @Setting(min = "0", max = "10000", effect = LIVE) int restarts,
      @Setting(min = "10ms", max = "1d", effect = LIVE) Duration window,
      @Setting(min = "10ms", max = "1h", effect = LIVE) Duration restartWithin,
      @Setting(min = "0s", max = "1h", effect = LIVE) Duration drain) {}

  /**
   * The control plane (C1).
   *
   * @param components how many may register
   * @param queue requests that may wait, of each priority
   * @param handler how long the handler of a component may take
   * @param health objective for a health check, from the request to its answer
   * @param drain objective for the acknowledgement of a drain
   * @param cancel objective for the acknowledgement of a cancellation
   * @param breaker objective for a change of a circuit breaker
   */
  public record Control(
      @Setting(min = "16", max = "1000000", effect = LIVE) int components,
      @Setting(min = "1", max = "100000", effect = LIVE) int queue,
      @Setting(min = "10ms", max = "1m", effect = LIVE) Duration handler,
      @Setting(min = "1ms", max = "1m", effect = LIVE) Duration health,
      @Setting(min = "1ms", max = "1m", effect = LIVE) Duration drain,
      @Setting(min = "1ms", max = "1m", effect = LIVE) Duration cancel,
      @Setting(min = "1ms", max = "1m", effect = LIVE) Duration breaker) {}

  /**
   * Resources (C7); percent of what there is.
   *
   * @param memoryWarning of the heap
   * @param memoryCritical of the heap
   * @param memoryFull of the heap
   * @param filesWarning of the file descriptors
   * @param filesDrain of the file descriptors: new connections are refused
   * @param gcWarning a pause of the collector that is an alert
   * @param gcBreach a pause that breaks the objective
   * @param check how often memory and descriptors are looked at
   */
  public record Monitors(
      @Setting(min = "1", max = "100", effect = LIVE) int memoryWarning,
      @Setting(min = "1", max = "100", effect = LIVE) int memoryCritical,
      @Setting(min = "1", max = "100", effect = LIVE) int memoryFull,
      @Setting(min = "1", max = "100", effect = LIVE) int filesWarning,
      @Setting(min = "1", max = "100", effect = LIVE) int filesDrain,
      @Setting(min = "1ms", max = "1m", effect = LIVE) Duration gcWarning,
      @Setting(min = "1ms", max = "1m", effect = LIVE) Duration gcBreach,
      @Setting(min = "10ms", max = "1h") Duration check) {}

  /**
   * Where what is seen of the server goes.
   *
   * @param otlp the collector that gets spans: an http or https URL, {@value #OFF}, or {@value
   *     #ENVIRONMENT} for the one that the variables of OpenTelemetry name, if they do
   */
  public record Observe(@Setting(secret = true) String otlp) {
    /** No spans, whatever the environment says. */
    public static final String OFF = "off";

    /** What the environment says. */
    public static final String ENVIRONMENT = "environment";
  }

  /**
   * Who may use the server over HTTP: whoever brings an access token of this issuer for this
   * server.
   *
   * @param issuer the identifier of the authorization server, or {@value #OFF}: everybody
   * @param keys the file with its public keys, as a JWK set
   * @param resource what the server is called in tokens, or {@value #ENDPOINT} for the address it
   *     listens at
   * @param servers where clients get tokens, separated by spaces, or {@value #ISSUER}
   * @param scopes what every request needs, separated by spaces, or {@value #NONE}
   * @param features what requests of a feature need beyond that, by what stands before the slash of
   *     their methods, as in {@code tools}
   * @param leeway by so much the clock of the issuer may differ
   */
  public record Authorization(
      String issuer,
      String keys,
      String resource,
      String servers,
      String scopes,
      Map<String, String> features,
      @Setting(min = "0s", max = "5m") Duration leeway) {
    /** Everybody. */
    public static final String OFF = "off";

    /** The address that is listened at. */
    public static final String ENDPOINT = "endpoint";

    /** The one that issues. */
    public static final String ISSUER = "issuer";

    /** Nothing. */
    public static final String NONE = "none";

    /** Copies the map. */
    public Authorization {
      features = Map.copyOf(features);
    }

    /** Nobody is asked for a token. */
    static Authorization off() {
      return new Authorization(OFF, NONE, ENDPOINT, ISSUER, NONE, Map.of(), Duration.ofSeconds(5));
    }

    /** True when a token is asked for. */
    public boolean on() {
      return !issuer.equals(OFF);
    }
  }

  /**
   * Parts that can be turned off while the server runs.
   *
   * @param controlPlane off: the control port answers nothing but liveness and this switch
   * @param queueLimits off: permits of roles are counted and never refused; what waits for one
   *     connection stays bounded, because it is memory and not policy
   * @param overloadMonitor off: queues are not looked at
   */
  public record Switches(
      @Setting(effect = LIVE) boolean controlPlane,
      @Setting(effect = LIVE) boolean queueLimits,
      @Setting(effect = LIVE) boolean overloadMonitor) {}

  /** The settings of a server that was told nothing. */
  public static ServerConfig standard() {
    return new ServerConfig(
        new Queues(
            Map.of(
                Roles.SESSION, 10_000,
                Roles.SSE_STREAM, 5_000,
                Roles.TASK_WORKER, 1_000,
                Roles.TASK_KEPT, 10_000,
                Roles.TOOL_EXECUTOR, 500,
                Roles.TRANSPORT, 2_000,
                Roles.DEFAULT, 1_000)),
        new Rate(RateKind.TOKEN_BUCKET, 1_000, 1_000),
        new Overload(Duration.ofSeconds(5), 80, 90, 100, 5),
        new Breaker(
            5,
            Duration.ofSeconds(30),
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            3,
            Duration.ofSeconds(5),
            2),
        new Retry(5, Duration.ofSeconds(30)),
        new Outbound(1_000, Duration.ofSeconds(2), Duration.ofSeconds(5)),
        new Sessions(Duration.ofSeconds(30), Duration.ofMinutes(10), Duration.ofHours(1), "memory"),
        new Domains(8, 5, Duration.ofSeconds(60), Duration.ofSeconds(2), Duration.ofSeconds(1)),
        new Control(
            100_000,
            1_000,
            Duration.ofSeconds(1),
            Duration.ofMillis(100),
            Duration.ofMillis(50),
            Duration.ofMillis(10),
            Duration.ofMillis(10)),
        new Monitors(
            70,
            85,
            95,
            80,
            90,
            Duration.ofMillis(50),
            Duration.ofMillis(100),
            Duration.ofSeconds(1)),
        new Observe(Observe.ENVIRONMENT),
        Authorization.off(),
        new Switches(true, true, true));
  }

  /** With another cap of one role. */
  public ServerConfig withCap(String role, int cap) {
    Map<String, Integer> caps = new HashMap<>(queues.caps());
    caps.put(role, cap);
    return withQueues(new Queues(caps));
  }

  /** With other queues. */
  public ServerConfig withQueues(Queues other) {
    return new ServerConfig(
        other,
        rate,
        overload,
        breaker,
        retry,
        outbound,
        sessions,
        domains,
        control,
        monitors,
        observe,
        authorization,
        switches);
  }

  /** With another rate. */
  public ServerConfig withRate(Rate other) {
    return new ServerConfig(
        queues,
        other,
        overload,
        breaker,
        retry,
        outbound,
        sessions,
        domains,
        control,
        monitors,
        observe,
        authorization,
        switches);
  }

  /** With another bound on what waits for peers. */
  public ServerConfig withOutbound(Outbound other) {
    return new ServerConfig(
        queues,
        rate,
        overload,
        breaker,
        retry,
        other,
        sessions,
        domains,
        control,
        monitors,
        observe,
        authorization,
        switches);
  }

  /** Without a limit on how often one client may ask: for measurements. */
  public ServerConfig withoutRate() {
    return withRate(new Rate(RateKind.OFF, rate.perSecond(), rate.burst()));
  }

  /** With other rules for sessions. */
  public ServerConfig withSessions(Sessions other) {
    return new ServerConfig(
        queues,
        rate,
        overload,
        breaker,
        retry,
        outbound,
        other,
        domains,
        control,
        monitors,
        observe,
        authorization,
        switches);
  }

  /** With another control plane. */
  public ServerConfig withControl(Control other) {
    return new ServerConfig(
        queues,
        rate,
        overload,
        breaker,
        retry,
        outbound,
        sessions,
        domains,
        other,
        monitors,
        observe,
        authorization,
        switches);
  }

  /** With other switches. */
  public ServerConfig withSwitches(Switches other) {
    return new ServerConfig(
        queues,
        rate,
        overload,
        breaker,
        retry,
        outbound,
        sessions,
        domains,
        control,
        monitors,
        observe,
        authorization,
        other);
  }

  /** With other conditions for whoever uses it. */
  public ServerConfig withAuthorization(Authorization other) {
    return new ServerConfig(
        queues, rate, overload, breaker, retry, outbound, sessions, domains, control, monitors,
        observe, other, switches);
  }
}
