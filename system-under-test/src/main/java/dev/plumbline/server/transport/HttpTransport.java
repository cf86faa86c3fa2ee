package dev.plumbline.server.transport;

import dev.plumbline.server.domain.Domains;
import dev.plumbline.server.domain.FailureDomain;
import dev.plumbline.server.era.Answer;
import dev.plumbline.server.era.Inbound;
import dev.plumbline.server.limit.Flow;
import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.limit.PeerLimits;
import dev.plumbline.server.machine.ServerEvent;
import dev.plumbline.server.machine.ServerState;
import dev.plumbline.server.machine.StateMachine;
import dev.plumbline.server.observe.Wires;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.IdleStateHandler;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Streamable HTTP, and what else its listener offers. */
public final class HttpTransport implements AutoCloseable {
  /** The name of its listener. */
  public static final String LISTENER = "http";

  private static final String WEB_SOCKET = "websocket";

  private final HttpSetup setup;
  private final List<HeadRule> headRules;
  private final Dispatch dispatch;
  private final StateMachine<ServerState, ServerEvent> server;
  private final TransportPart part;
  private final Optional<TransportPart> webSocket;
  private final Optional<LegacySse> legacySse;
  private final Loops loops;
  private final Attempts attempts;

  /**
   * Binds and listens.
   *
   * @param port 0 picks a free one
   * @throws IOException when the port cannot be bound
   */
  public HttpTransport(
      Loops loops,
      int port,
      HttpSetup setup,
      List<HeadRule> headRules,
      Dispatch dispatch,
      StateMachine<ServerState, ServerEvent> server)
      throws IOException {
    this.setup = setup;
    this.headRules = List.copyOf(headRules);
    this.dispatch = dispatch;
    this.server = server;
    this.loops = loops;
    this.attempts = new Attempts(dispatch.security());
    Domains domains = dispatch.runner().domains();
    this.part = new TransportPart(domains, LISTENER);
    this.webSocket =
        setup.webSocket() ? Optional.of(new TransportPart(domains, WEB_SOCKET)) : Optional.empty();
    this.legacySse = setup.legacySse() ? Optional.of(new LegacySse(dispatch)) : Optional.empty();
    part.listen(free -> loops.listen(LISTENER, free, false, this::accept), port);
  }

  private void accept(Channel channel) {
    if (!part.admit(channel)) {
      var _ = channel.close();
      return;
    }
    ChannelPipeline pipeline = channel.pipeline();
    pipeline.addLast(
        new IdleStateHandler(0, 0, Limits.CONNECTION_IDLE.toSeconds(), TimeUnit.SECONDS));
    if (setup.tls().isPresent()) {
      SslHandler tls = setup.tls().get().context().newHandler(channel.alloc());
      tls.setHandshakeTimeoutMillis(dispatch.patience().read().toMillis());
      pipeline.addLast(tls).addLast(new AlpnChoice(this));
    } else {
      pipeline.addLast(new ProtocolDetector(this));
    }
  }

  void addHttp1(ChannelPipeline pipeline) {
    HttpConnection connection = new HttpConnection(this, limits(pipeline.channel(), "http"));
    pipeline
        .addLast(new StrictRequestDecoder(dispatch.patience().read(), connection::answers))
        .addLast(new HttpResponseEncoder())
        .addLast(connection);
  }

  /** What holds for a connection, until it is closed. */
  PeerLimits limits(Channel channel, String wire) {
    Flow flow = dispatch.flows().open(wire);
    flow.whenCut(
        () -> {
          var _ = channel.close();
        });
    var _ = channel.closeFuture().addListener(_ -> flow.close());
    return PeerLimits.of(flow);
  }

  /** Counts connections that have become WebSockets. */
  Wires.Meter webSockets() {
    return loops.meter(WEB_SOCKET);
  }

  /** The port that is listened on. */
  public int port() {
    return part.port();
  }

  /** Requests taken and not yet fully answered. */
  public int exchanges() {
    return part.pending()
        + webSocket.map(TransportPart::pending).orElse(0)
        + legacySse.map(LegacySse::exchanges).orElse(0);
  }

  /** The failure domain of plain requests, and what it consists of. */
  TransportPart part() {
    return part;
  }

  /** The failure domain of WebSockets, when they are offered. */
  Optional<TransportPart> webSocket() {
    return webSocket;
  }

  /**
   * Passes a connection on to the process that takes them over, if there is one, and if it is idle
   * once everything that is going on has been done.
   */
  void passOn(ChannelHandlerContext ctx, BooleanSupplier idle) {
    if (loops.moving() && ctx.channel() instanceof EpollSocketChannel && !encrypted(ctx)) {
      ctx.executor()
          .execute(
              () -> {
                if (idle.getAsBoolean()) {
                  loops.detach(ctx.channel());
                }
              });
    }
  }

  /** True for a connection that another process cannot go on with: nobody else knows its keys. */
  boolean staysBehind(ChannelHandlerContext ctx) {
    return loops.moving() && encrypted(ctx);
  }

  private static boolean encrypted(ChannelHandlerContext ctx) {
    return ctx.pipeline().get(SslHandler.class) != null;
  }

  /** How many connections can be passed on and are not idle yet. */
  int toPassOn() {
    return loops.count(
        channel ->
            channel.pipeline().get(SslHandler.class) == null
                && (channel.pipeline().get(StrictRequestDecoder.class) != null
                    || channel.pipeline().get(ProtocolDetector.class) != null));
  }

  HttpSetup setup() {
    return setup;
  }

  /** What the first rule that this head breaks says. */
  Optional<Answer> refusal(Channel channel, RequestHead head) {
    boolean elsewhere = setup.offers(head.path());
    for (HeadRule rule : headRules) {
      if (rule.name().equals(HeadRules.PATH) && elsewhere) {
        continue;
      }
      Optional<Answer> found = rule.check().refusal(head);
      if (found.isPresent()) {
        attempts.refused(channel, rule, head, found.get());
        return found;
      }
    }
    return Optional.empty();
  }

  /** Where attempts of peers are written down. */
  Attempts attempts() {
    return attempts;
  }

  Dispatch dispatch() {
    return dispatch;
  }

  /** What a virtual thread does for a complete request. */
  Work work(RequestHead head, byte[] body, HttpExchange exchange, Inbound in) {
    return legacySse
        .filter(_ -> setup.offers(head.path()))
        .map(legacy -> legacy.work(head, body, exchange))
        .orElseGet(() -> HttpWork.of(dispatch.endpoint(), head.method(), body, in));
  }

  /** A request runs in its session's domain, or its connection's when it names none. */
  FailureDomain domain(RequestHead head, Channel channel) {
    Domains domains = dispatch.runner().domains();
    if (legacySse.isPresent() && head.isAt(HttpSetup.SSE_PATH)) {
      return legacySse.get().part().domain();
    }
    Channel connection = channel instanceof Http2StreamChannel stream ? stream.parent() : channel;
    return head.headers()
        .first(Inbound.SESSION_HEADER)
        .map(Inbound::sessionId)
        .map(domains::of)
        .orElseGet(() -> domains.of(connection.id().hashCode()));
  }

  /** The transport whose connection this is while the request is answered. */
  TransportPart carrier(RequestHead head) {
    return legacySse.filter(_ -> head.isAt(HttpSetup.SSE_PATH)).map(LegacySse::part).orElse(part);
  }

  boolean takesWork() {
    return server.state().takesWork() && part.domain().runs();
  }

  /** Takes no further connection. */
  @Override
  public void close() {
    part.close();
  }
}
