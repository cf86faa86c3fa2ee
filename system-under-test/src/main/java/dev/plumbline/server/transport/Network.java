package dev.plumbline.server.transport;

import dev.plumbline.server.era.Endpoint;
import dev.plumbline.server.limit.ByteBudget;
import dev.plumbline.server.limit.Flows;
import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.machine.ServerEvent;
import dev.plumbline.server.machine.ServerState;
import dev.plumbline.server.machine.StateMachine;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Every network listener of one server, over one dispatch path and one set of event loops. */
public final class Network implements AutoCloseable {
  private static final int DRAIN_POLL_MILLIS = 5;

  private final Loops loops;
  private final Runner runner;
  private final HttpTransport http;
  private final Optional<TcpTransport> tcp;

  /**
   * What is listened on.
   *
   * @param httpPort 0 picks a free one
   * @param http what the HTTP listener offers
   * @param tcpPort 0 picks a free one; empty for no TCP
   * @param host the address of both
   * @param sockets where the sockets come from
   */
  public record Listeners(
      int httpPort, HttpSetup http, OptionalInt tcpPort, InetAddress host, Sockets sockets) {
    /** On loopback, with sockets that are made here and stay here. */
    public Listeners(int httpPort, HttpSetup http, OptionalInt tcpPort) {
      this(httpPort, http, tcpPort, InetAddress.getLoopbackAddress(), Sockets.FRESH);
    }

    /** On another address. */
    public Listeners at(InetAddress other) {
      return new Listeners(httpPort, http, tcpPort, other, sockets);
    }

    /** With sockets from elsewhere. */
    public Listeners with(Sockets other) {
      return new Listeners(httpPort, http, tcpPort, host, other);
    }
  }

  /**
   * Binds and listens.
   *
   * @throws IOException when a port cannot be bound
   */
  public Network(
      Listeners listeners,
      List<HeadRule> headRules,
      StdioLines lines,
      Endpoint endpoint,
      Runner runner,
      Flows flows,
      StateMachine<ServerState, ServerEvent> server,
      Doorway doorway)
      throws IOException {
    this.loops = new Loops(doorway, listeners.sockets(), listeners.host());
    this.runner = runner;
    Dispatch dispatch =
        new Dispatch(
            endpoint,
            runner,
            lines,
            new ByteBudget(listeners.http().bodyBytes()),
            flows,
            listeners.http().patience(),
            doorway.security());
    try {
      this.http =
          new HttpTransport(
              loops, listeners.httpPort(), listeners.http(), headRules, dispatch, server);
      this.tcp =
          listeners.tcpPort().isPresent()
              ? Optional.of(new TcpTransport(loops, listeners.tcpPort().getAsInt(), dispatch))
              : Optional.empty();
    } catch (IOException e) {
      loops.close();
      throw e;
    }
  }

  /** The HTTP listener. */
  public HttpTransport http() {
    return http;
  }

  /** The TCP listener, when there is one. */
  public Optional<TcpTransport> tcp() {
    return tcp;
  }

  /** How many connections are open. */
  public int connectionCount() {
    return loops.connectionCount();
  }

  /** The file descriptors of the listening sockets, by name; none when they cannot be moved. */
  public Map<String, Integer> descriptors() {
    return loops.descriptors();
  }

  /** Begins to accept from sockets that another process listened on. */
  public void open() {
    loops.accepting(true);
  }

  /** Another process accepts from the sockets now, or will in a moment: connections wait there. */
  public void leaveDoor() {
    loops.accepting(false);
  }

  /** Goes on with a connection of another process. */
  public void adopt(String listener, int descriptor) {
    loops.adopt(listener, descriptor);
  }

  /** From now on every connection that can goes to another process, as soon as it is idle. */
  public void move(Passage elsewhere) {
    loops.move(elsewhere);
  }

  /** Nobody took the connections. */
  public void stay() {
    loops.stay();
    loops.accepting(true);
  }

  /** Waits until every connection that can be passed on was; false when the limit was too short. */
  public boolean awaitPassage(Duration limit) throws InterruptedException {
    return await(() -> http.toPassOn() == 0, System.nanoTime() + limit.toNanos());
  }

  private int exchanges() {
    return http.exchanges() + tcp.map(TcpTransport::exchanges).orElse(0);
  }

  /**
   * Stops listening, waits for the requests in flight up to the limit, then a little for the
   * streams, and says goodbye.
   *
   * @return true when no request is left
   */
  public boolean drain(Duration limit) throws InterruptedException {
    stopListening();
    loops.tell(Farewell.SERVER_DRAINS);
    long end = System.nanoTime() + limit.toNanos();
    boolean done = await(() -> exchanges() <= runner.lasting() && !worksForOthers(), end);
    var _ =
        await(
            () -> exchanges() == 0,
            Math.min(end, System.nanoTime() + Limits.STREAM_DRAIN.toNanos()));
    loops.tell(Farewell.SERVER_STOPS);
    return done;
  }

  /**
   * Work goes on when its client has gone (2025-11-25 transports): another process has its stream,
   * to which the client comes back, and nobody but this one can say the rest.
   */
  private boolean worksForOthers() {
    return loops.moving() && runner.permits().held() > 0;
  }

  private static boolean await(BooleanSupplier condition, long end) throws InterruptedException {
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(DRAIN_POLL_MILLIS);
    }
    return condition.getAsBoolean();
  }

  private void stopListening() {
    http.close();
    tcp.ifPresent(TcpTransport::close);
  }

  @Override
  public void close() {
    if (loops.stopping()) {
      return;
    }
    stopListening();
    loops.close();
  }
}
