package dev.plumbline.server.handover;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The connection between two processes that hand over. First they take turns ({@link #expect}),
 * then both speak when they have something to say ({@link #listen}).
 */
final class Link implements AutoCloseable {
  private static final int BUFFER_BYTES = 65_536;

  private final SocketChannel socket;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final ReentrantLock sending = new ReentrantLock();
  private final AtomicLong calls = new AtomicLong();
  private final Map<Long, CompletableFuture<byte[]>> waiting = new ConcurrentHashMap<>();

  /** Hears the frames that are no answers. */
  @FunctionalInterface
  interface Listener {
    void heard(Frame frame) throws IOException;
  }

  Link(SocketChannel socket) {
    this.socket = socket;
    this.in =
        new DataInputStream(
            new java.io.BufferedInputStream(Channels.newInputStream(socket), BUFFER_BYTES));
    this.out =
        new DataOutputStream(
            new java.io.BufferedOutputStream(Channels.newOutputStream(socket), BUFFER_BYTES));
  }

  void send(Frame frame) throws IOException {
    sending.lock();
    try {
      frame.write(out);
    } finally {
      sending.unlock();
    }
  }

  /** The next frame; the link is closed when it does not come within the limit. */
  Frame expect(Duration limit) throws IOException {
    CompletableFuture<Void> come = new CompletableFuture<>();
    var _ =
        come.orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete(
                (_, late) -> {
                  if (late != null) {
                    close();
                  }
                });
    try {
      return Frame.read(in);
    } finally {
      come.complete(null);
    }
  }

  /** Tells the listener every frame from now on, and once when there are no more. */
  void listen(Listener listener, Runnable over) {
    var _ =
        Thread.ofVirtual()
            .name("handover")
            .start(
                () -> {
                  try {
                    while (true) {
                      heard(Frame.read(in), listener);
                    }
                  } catch (IOException e) {
                    // The other side has finished, or is gone.
                    waiting.values().forEach(call -> call.completeExceptionally(e));
                  } finally {
                    over.run();
                  }
                });
  }

  private void heard(Frame frame, Listener listener) throws IOException {
    if (frame.type() != Frame.Type.REPLY) {
      listener.heard(frame);
      return;
    }
    DataInputStream body = frame.open();
    CompletableFuture<byte[]> call = waiting.remove(body.readLong());
    if (call != null) {
      call.complete(Frame.bytes(body));
    }
  }

  /** Asks, and waits for the answer. */
  byte[] call(byte[] question, Duration limit) throws IOException, InterruptedException {
    long number = calls.incrementAndGet();
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    waiting.put(number, answer);
    try {
      send(
          Frame.of(
              Frame.Type.CALL,
              body -> {
                body.writeLong(number);
                Frame.bytes(body, question);
              }));
      return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("no answer", e);
    } finally {
      waiting.remove(number);
    }
  }

  @Override
  public void close() {
    waiting
        .values()
        .forEach(call -> call.completeExceptionally(new IOException("the handover has ended")));
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }
}
