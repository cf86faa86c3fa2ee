package dev.plumbline.conformance.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** A peer at the other end of a socket. */
final class SocketPeer implements DuplexPeer {
  private final Socket socket;
  private final Framing framing;
  private final LineInbox inbox = new LineInbox();
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("socket-out").factory());
  private final CountDownLatch ended = new CountDownLatch(1);

  /** Reads from now on. */
  SocketPeer(Socket socket, Framing framing) throws IOException {
    this.socket = socket;
    this.framing = framing;
    socket.setSoTimeout(0);
    InputStream in = socket.getInputStream();
    Thread.ofVirtual()
        .name("socket-in")
        .start(
            () -> {
              framing.read(in, inbox, this::reply);
              ended.countDown();
            });
  }

  @Override
  public LineInbox inbox() {
    return inbox;
  }

  @Override
  public byte[] framed(byte[] message) {
    return framing.framed(message);
  }

  @Override
  public Future<?> write(byte[] bytes) {
    try {
      return writer.submit(
          () -> {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
            return bytes.length;
          });
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(new IOException("ended", e));
    }
  }

  /** What the framing answers; a peer that does not take it tells by what it says next. */
  private void reply(byte[] bytes) {
    var _ = write(bytes);
  }

  @Override
  public void closeInput() {
    Future<?> said = write(framing.farewell());
    try {
      writer.execute(
          () -> {
            try {
              if (said.state() == Future.State.SUCCESS) {
                socket.shutdownOutput();
              }
            } catch (IOException e) {
              // The peer closed first.
              return;
            }
          });
      writer.shutdown();
    } catch (RejectedExecutionException e) {
      // Already closed.
      return;
    }
  }

  @Override
  public boolean awaitEnd(Duration time) throws InterruptedException {
    return ended.await(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** A socket says nothing beside its messages. */
  @Override
  public Bytes takeStderr() {
    return Bytes.EMPTY;
  }

  @Override
  public void close() {
    writer.shutdownNow();
    try {
      socket.close();
    } catch (IOException e) {
      // The socket is of no use any more, whatever closing says.
      return;
    } finally {
      inbox.abandon();
    }
  }
}
