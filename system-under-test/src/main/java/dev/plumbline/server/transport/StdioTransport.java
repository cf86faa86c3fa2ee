package dev.plumbline.server.transport;

import dev.plumbline.server.era.Endpoint;
import dev.plumbline.server.era.HeaderView;
import dev.plumbline.server.limit.ByteBudget;
import dev.plumbline.server.limit.Flow;
import dev.plumbline.server.limit.Flows;
import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.limit.PeerLimits;
import dev.plumbline.server.observe.Wires;
import dev.plumbline.server.protocol.JsonLimits;
import dev.plumbline.server.protocol.RpcError;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/** MCP over a pair of byte streams: one message per line, one peer per process. */
public final class StdioTransport {
  private final ByteBudget bodies = new ByteBudget(Limits.MAX_BODY_BYTES_HELD);
  private final LineReader in;
  private final Duplex duplex;
  private final Flow flow;
  private final Wires.Meter meter;

  /** A transport over the streams; nothing else may write to {@code out}. */
  public StdioTransport(
      Endpoint endpoint,
      Runner runner,
      Flows flows,
      Doorway doorway,
      StdioLines lines,
      InputStream in,
      OutputStream out) {
    this.flow = flows.open("stdio");
    this.meter = doorway.wires().meter("stdio");
    meter.opened();
    this.in = new LineReader(in, JsonLimits.MAX_MESSAGE_BYTES);
    this.duplex =
        new Duplex(
            new Dispatch(
                endpoint, runner, lines, bodies, flows, Patience.STANDARD, doorway.security()),
            new StreamOutlet(out, meter),
            HeaderView.NONE,
            new TransportPart(runner.domains(), "stdio") {
              @Override
              void end(RpcError why) {
                failAll(why);
              }
            },
            PeerLimits.of(flow));
  }

  /** The pair of streams cannot be opened again: what was asked fails, what comes is served. */
  private void failAll(RpcError why) {
    duplex.failAll(why);
  }

  /** Serves until the input ends. */
  public void serve() throws IOException {
    while (true) {
      switch (in.next()) {
        case LineReader.Line.End _ -> {
          return;
        }
        case LineReader.Line.TooLong _ -> duplex.refuse(MessageBuffer.Fit.TOO_LARGE);
        case LineReader.Line.Text text -> {
          meter.read(text.bytes().length + 1);
          if (text.bytes().length > 0) {
            take(text.bytes());
          }
        }
      }
    }
  }

  private void take(byte[] bytes) {
    if (bodies.tryTake(bytes.length)) {
      duplex.take(bytes);
    } else {
      duplex.refuse(MessageBuffer.Fit.NO_ROOM);
    }
  }

  /**
   * Ends what lasts and waits for the requests in flight, up to the limit; true when none is left.
   */
  public boolean drain(Duration limit) throws InterruptedException {
    boolean done = duplex.drained(Limits.STDIO_FAREWELL, limit);
    duplex.lost();
    flow.close();
    meter.closed();
    return done;
  }
}
