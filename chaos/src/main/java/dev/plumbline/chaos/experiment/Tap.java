package dev.plumbline.chaos.experiment;

import dev.plumbline.evidence.model.HarnessException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * A relay that changes nothing and counts everything. One before and one behind the fault proxy
 * witness, independent of it, what the proxy swallows and which connections it resets.
 */
public final class Tap implements AutoCloseable {
  private static final int BUFFER_BYTES = 16 * 1024;
  private static final int BACKLOG = 128;
  private static final int CONNECT_MILLIS = 5_000;
  private static final long ACCEPT_RETRY_NANOS = 10_000_000;

  /** Connections beyond this are refused. */
  private static final int MAX_CONNECTIONS = 256;

  /**
   * The counters at one moment.
   *
   * @param upBytes passed from client to target
   * @param downBytes passed from target to client
   * @param resets connections that the side of the target ended by RST
   * @param turns how often bytes from the target followed bytes from the client
   * @param turnNanos the time from the last byte of one to the first of the other, summed up
   */
  record Count(long upBytes, long downBytes, int resets, long turns, long turnNanos) {}

  private final ServerSocket listener;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong upBytes = new AtomicLong();
  private final AtomicLong downBytes = new AtomicLong();
  private final AtomicInteger resets = new AtomicInteger();
  private final AtomicLong turns = new AtomicLong();
  private final AtomicLong turnNanos = new AtomicLong();
  private volatile InetSocketAddress next;

  private Tap(ServerSocket listener, InetSocketAddress next) {
    this.listener = listener;
    this.next = next;
  }

  /**
   * A tap on a free loopback port.
   *
   * @param next where it leads
   */
  static Tap to(InetSocketAddress next) throws HarnessException {
    try {
      ServerSocket listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
      Tap tap = new Tap(listener, next);
      Thread.ofVirtual().name("tap").start(tap::accept);
      return tap;
    } catch (IOException e) {
      throw new HarnessException("cannot listen on loopback: " + e.getMessage(), e);
    }
  }

  /** Where clients of the tap connect. */
  InetSocketAddress address() {
    return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
  }

  /** Changes where new connections lead. */
  void lead(InetSocketAddress to) {
    next = to;
  }

  /** The counters now. */
  Count count() {
    return new Count(upBytes.get(), downBytes.get(), resets.get(), turns.get(), turnNanos.get());
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        if (open.size() >= 2 * MAX_CONNECTIONS) {
          abort(client);
        } else {
          open.add(client);
          Thread.ofVirtual().name("tap connection").start(() -> connect(client));
        }
      } catch (IOException e) {
        LockSupport.parkNanos(ACCEPT_RETRY_NANOS); // closed, or out of descriptors for a moment
      }
    }
  }

  private void connect(Socket client) {
    Socket server = new Socket();
    try {
      InetSocketAddress to = next;
      server.connect(
          to.isUnresolved() ? new InetSocketAddress(to.getHostString(), to.getPort()) : to,
          CONNECT_MILLIS);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
    } catch (IOException e) {
      abort(server);
      abort(client);
      return;
    }
    open.add(server);
    AtomicLong asked = new AtomicLong();
    Thread up =
        Thread.ofVirtual().start(() -> relay(client, server, n -> sent(n, asked), () -> {}));
    relay(server, client, n -> answered(n, asked), resets::incrementAndGet);
    try {
      up.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close(client);
    close(server);
  }

  private void sent(int bytes, AtomicLong asked) {
    upBytes.addAndGet(bytes);
    asked.set(System.nanoTime());
  }

  private void answered(int bytes, AtomicLong asked) {
    downBytes.addAndGet(bytes);
    long since = asked.getAndSet(0);
    if (since != 0) {
      turns.incrementAndGet();
      turnNanos.addAndGet(System.nanoTime() - since);
    }
  }

  private void relay(Socket from, Socket to, IntConsumer passed, Runnable aborted) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = read(in, buffer, aborted); n >= 0; n = read(in, buffer, aborted)) {
        // Counted first: whoever has seen the bytes finds them in the count.
        passed.accept(n);
        out.write(buffer, 0, n);
      }
      to.shutdownOutput();
    } catch (IOException e) {
      // What one side did to the connection is done to the other.
      abort(from);
      abort(to);
    }
  }

  private static int read(InputStream in, byte[] buffer, Runnable aborted) throws IOException {
    try {
      return in.read(buffer);
    } catch (SocketException e) {
      // The JDK tells a RST apart by words only.
      if (String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("reset")) {
        aborted.run();
      }
      throw e;
    }
  }

  private void abort(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (SocketException e) {
      // Already closed.
    }
    close(socket);
  }

  private void close(Socket socket) {
    open.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      // Already gone.
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      // Nothing more can be done.
    }
    Set.copyOf(open).forEach(this::close);
  }
}
