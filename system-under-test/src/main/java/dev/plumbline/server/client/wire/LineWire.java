package dev.plumbline.server.client.wire;

import dev.plumbline.server.protocol.Encoder;
import dev.plumbline.server.protocol.RequestId;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One message per line over a pair of byte streams (2026-07-28 basic/transports/stdio). Writing has
 * a thread and a bounded queue of its own, so that a server that does not read cannot hold a caller
 * for ever.
 */
public final class LineWire implements Wire {
  /** Most messages that wait to be written (C6, outbound per connection). */
  private static final int MAX_OUTBOUND = 1_000;

  private static final int OFFER_SECONDS = 5;
  private static final Duration LAST_WORDS = Duration.ofMillis(500);
  private static final byte[] GOODBYE = new byte[0];

  private final LineChannel channel;
  private final Reach reach;
  private final BlockingQueue<byte[]> outbound = new ArrayBlockingQueue<>(MAX_OUTBOUND);
  private volatile @Nullable Thread writer;

  /** A wire over the channel, to a server that is reached for like this. */
  public LineWire(LineChannel channel, Reach reach) {
    this.channel = channel;
    this.reach = reach;
  }

  @Override
  public void open(Receiver receiver) throws IOException, InterruptedException {
    LineChannel.Streams streams = reach.attempt(_ -> true, channel::open);
    writer = Thread.ofVirtual().name("line-writer").start(() -> write(streams.out(), receiver));
    Thread.ofVirtual()
        .name("line-reader")
        .start(() -> read(new LineReader(streams.in()), receiver));
  }

  private void read(LineReader lines, Receiver receiver) {
    try {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        if (line.length > 0) {
          Intake.take(line, receiver, null);
        }
      }
      receiver.lost(new IOException("the server ended the connection"));
    } catch (IOException e) {
      receiver.lost(e);
    } finally {
      channel.close();
    }
  }

  private void write(OutputStream out, Receiver receiver) {
    try (out) {
      for (byte[] line = outbound.take(); line.length > 0; line = outbound.take()) {
        out.write(line);
        out.write('\n');
        if (outbound.isEmpty()) {
          out.flush();
        }
      }
    } catch (IOException e) {
      receiver.lost(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void send(Outgoing outgoing) throws IOException, InterruptedException {
    Thread running = writer;
    if (running == null || !running.isAlive()) {
      throw new IOException("the connection to the server is closed");
    }
    if (!outbound.offer(Encoder.encode(outgoing.message()), OFFER_SECONDS, TimeUnit.SECONDS)) {
      throw new IOException(
          "the server does not read: " + MAX_OUTBOUND + " messages wait to be written");
    }
  }

  @Override
  public void abandon(RequestId id) {}

  @Override
  public boolean streamPerRequest() {
    return false;
  }

  @Override
  public void close() {
    // The writer closes its stream, which is how a server hears that it is over.
    Thread running = writer;
    if (running != null) {
      if (!outbound.offer(GOODBYE)) {
        running.interrupt();
      }
      try {
        running.join(LAST_WORDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    channel.close();
  }
}
