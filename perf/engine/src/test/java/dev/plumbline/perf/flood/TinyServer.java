package dev.plumbline.perf.flood;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers each request as a script says, on a thread for each connection. */
final class TinyServer implements AutoCloseable {
  private static final Pattern ID = Pattern.compile("\"id\":([0-9]+)");
  private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *([0-9]+)");

  private final ServerSocket listener;
  private final Script script;
  private final AtomicInteger requests = new AtomicInteger();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  /** What happens to one request. */
  interface Script {
    /**
     * The bytes of an answer; empty to close the connection.
     *
     * @param number the request's number, from 0
     * @param id the id it carries
     */
    String answer(int number, String id) throws InterruptedException;
  }

  TinyServer(Script script) throws IOException {
    this.script = script;
    this.listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  InetSocketAddress address() {
    return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
  }

  int requests() {
    return requests.get();
  }

  static String right(String id) {
    return response(200, "", "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{}}");
  }

  static String refusal(String id) {
    return response(
        429,
        "Retry-After: 1\r\n",
        "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"error\":{\"code\":1}}");
  }

  static String response(int status, String headers, String body) {
    return "HTTP/1.1 "
        + status
        + " X\r\nContent-Type: application/json\r\n"
        + headers
        + "content-length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        sockets.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return; // Closed.
      }
    }
  }

  private void serve(Socket socket) {
    try (socket;
        InputStream in = new BufferedInputStream(socket.getInputStream());
        OutputStream out = socket.getOutputStream()) {
      socket.setTcpNoDelay(true);
      for (String request = read(in); !request.isEmpty(); request = read(in)) {
        Matcher id = ID.matcher(request);
        String answer = script.answer(requests.getAndIncrement(), id.find() ? id.group(1) : "");
        if (answer.isEmpty()) {
          return;
        }
        out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
      }
    } catch (IOException | InterruptedException e) {
      return; // The test is over.
    } finally {
      sockets.remove(socket);
    }
  }

  private static String read(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return "";
      }
      head.append((char) next);
    }
    Matcher length = LENGTH.matcher(head);
    int body = length.find() ? Integer.parseInt(length.group(1)) : 0;
    return head + new String(in.readNBytes(body), StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
