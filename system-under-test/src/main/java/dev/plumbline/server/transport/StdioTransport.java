package dev.plumbline.server.transport;

import dev.plumbline.server.era.Answer;
import dev.plumbline.server.era.Endpoint;
import dev.plumbline.server.era.EventSink;
import dev.plumbline.server.era.HeaderView;
import dev.plumbline.server.era.Inbound;
import dev.plumbline.server.era.Lease;
import dev.plumbline.server.era.Peer;
import dev.plumbline.server.era.Wire;
import dev.plumbline.server.observe.Log;
import dev.plumbline.server.protocol.Decoded;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.JsonLimits;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.RpcError;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * MCP over a pair of byte streams: one message per line. Notifications and initialize are handled
 * in the order they arrive; other requests run on virtual threads and may overtake each other. A
 * peer that does not read makes writers wait, then permits run out, then reading stops.
 */
public final class StdioTransport {
  private static final int DRAIN_POLL_MILLIS = 5;

  private final Endpoint endpoint;
  private final Runner runner;
  private final StdioLines lines;
  private final LineReader in;
  private final OutputStream out;
  private volatile boolean broken;
  private final ReentrantLock outLock = new ReentrantLock();
  private final AtomicInteger exchanges = new AtomicInteger();
  private final Inbound peer =
      new Inbound(Wire.DUPLEX, HeaderView.NONE, new Peer(), new LineSink(), Lease.UNBOUNDED);

  /** A transport over the streams; nothing else may write to {@code out}. */
  public StdioTransport(
      Endpoint endpoint, Runner runner, StdioLines lines, InputStream in, OutputStream out) {
    this.endpoint = endpoint;
    this.runner = runner;
    this.lines = lines;
    this.in = new LineReader(in, JsonLimits.MAX_MESSAGE_BYTES);
    this.out = out;
  }

  /** Serves until the input ends. */
  public void serve() throws IOException {
    while (true) {
      switch (in.next()) {
        case LineReader.Line.End _ -> {
          return;
        }
        case LineReader.Line.TooLong _ ->
            write(
                new Decoded.Malformed(
                    RpcError.of(ErrorCode.INVALID_REQUEST, "message is larger than 10 MiB"), null));
        case LineReader.Line.Text text -> {
          if (text.bytes().length > 0) {
            take(text.bytes());
          }
        }
      }
    }
  }

  /** Waits for the requests in flight, up to the limit; true when none is left. */
  public boolean drain(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (exchanges.get() > 0 && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(DRAIN_POLL_MILLIS);
    }
    return exchanges.get() == 0;
  }

  private void write(Decoded.Malformed malformed) {
    deliver(malformed, endpoint.answer(peer, malformed));
  }

  private void take(byte[] bytes) {
    Decoded decoded = endpoint.decode(bytes);
    boolean concurrent =
        decoded instanceof Decoded.Batch
            || (decoded instanceof Decoded.Valid(Message.Request request)
                && !request.method().equals("initialize"));
    if (!concurrent) {
      deliver(decoded, endpoint.answer(peer, decoded));
      return;
    }
    exchanges.incrementAndGet();
    endpoint.expect(peer, decoded);
    Runner.Task task =
        runner.tryStart(
            lease -> {
              lease.id(Endpoint.idOf(decoded));
              return endpoint.answer(peer.under(lease), decoded);
            },
            answer -> {
              endpoint.forget(peer, decoded);
              deliver(decoded, answer);
              exchanges.decrementAndGet();
            });
    if (task == null) {
      endpoint.forget(peer, decoded);
      deliver(decoded, Answer.overload(Endpoint.idOf(decoded), ErrorCode.OVERLOADED));
      exchanges.decrementAndGet();
    }
  }

  private void deliver(Decoded decoded, Answer answer) {
    boolean wantsNoAnswer =
        decoded instanceof Decoded.Valid(var message) && !(message instanceof Message.Request);
    if (wantsNoAnswer) {
      return;
    }
    boolean written = writeLines(lines.lines(decoded, answer));
    if (!written) {
      // The peer closed its end; its next act is to close the other, which ends serve().
      Log.line("stdout is closed");
    }
  }

  private boolean writeLines(List<byte[]> written) {
    outLock.lock();
    try {
      for (byte[] line : written) {
        out.write(line);
        out.write('\n');
      }
      out.flush();
      return true;
    } catch (IOException e) {
      broken = true;
      return false;
    } finally {
      outLock.unlock();
    }
  }

  /** Every event is a line of its own. */
  private final class LineSink implements EventSink {
    @Override
    public boolean open() {
      return !broken;
    }

    @Override
    public boolean event(Event event) {
      return event.data().length == 0 || writeLines(List.of(event.data()));
    }

    @Override
    public void end() {}
  }
}
