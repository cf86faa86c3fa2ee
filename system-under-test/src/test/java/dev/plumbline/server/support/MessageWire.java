package dev.plumbline.server.support;

import dev.plumbline.server.transport.StdioLines;
import dev.plumbline.server.transport.StdioTransport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One connection of any kind that carries the bytes of a message, whatever they are. */
public interface MessageWire extends AutoCloseable {
  /** The wires there are. */
  enum Kind {
    /** Streamable HTTP over HTTP/1.1. */
    HTTP_1,
    /** Streamable HTTP over HTTP/2. */
    HTTP_2,
    /** A line each over TCP. */
    TCP,
    /** A text message each over WebSocket. */
    WEB_SOCKET,
    /** A line each over pipes. */
    STDIO;

    /** Connects to a server that listens on every wire. */
    public MessageWire connect(TestServer server) throws IOException {
      return switch (this) {
        case HTTP_1 -> new Http1(new RawConnection(server.port()));
        case HTTP_2 -> new Http2(new RawHttp2(server.port()));
        case TCP -> new Tcp(new RawConnection(server.tcpPort()));
        case WEB_SOCKET -> new Socket(new RawWebSocket(server.port()));
        case STDIO -> Stdio.open(server);
      };
    }
  }

  /** Sends a message. */
  void send(byte[] message) throws IOException;

  /** Waits for the next message of the server. */
  JsonNode hear() throws IOException;

  /** Where every message is acknowledged: true when this one was, without a word. */
  default boolean heardNothing() throws IOException {
    return true;
  }

  @Override
  void close() throws IOException;

  private static JsonNode json(String text) {
    return new JsonMapper().readTree(text);
  }

  /** The header fields that mirror a message of the stateless era as far as it can be read. */
  private static String[] mirrored(byte[] message) {
    String text = new String(message, StandardCharsets.UTF_8);
    String version = text.contains("2099-01-01") ? "2099-01-01" : "2026-07-28";
    String method = text.contains("no/such") ? "no/such" : "tools/list";
    return new String[] {"MCP-Protocol-Version", version, "Mcp-Method", method};
  }

  /** HTTP/1.1 with one connection kept. */
  record Http1(RawConnection connection) implements MessageWire {
    @Override
    public void send(byte[] message) throws IOException {
      String[] fields = mirrored(message);
      connection.send(
          "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
              + "Accept: application/json, text/event-stream\r\n"
              + (fields[0] + ": " + fields[1] + "\r\n" + fields[2] + ": " + fields[3] + "\r\n")
              + ("Content-Length: " + message.length + "\r\n\r\n"));
      connection.send(message);
    }

    @Override
    public JsonNode hear() throws IOException {
      RawConnection.Response response = connection.read();
      if (response.status() >= 500) {
        throw new IOException("answered with " + response.status());
      }
      return response.json();
    }

    @Override
    public boolean heardNothing() throws IOException {
      // 202 for what is taken; a refusal without an id for what has no place here.
      RawConnection.Response response = connection.read();
      return response.status() < 500 && !response.body().contains("\"result\"");
    }

    @Override
    public void close() throws IOException {
      connection.close();
    }
  }

  /** HTTP/2 with a stream for each message. */
  final class Http2 implements MessageWire {
    private final RawHttp2 client;
    private int stream;

    private Http2(RawHttp2 client) {
      this.client = client;
    }

    @Override
    public void send(byte[] message) throws IOException {
      String[] fields = mirrored(message);
      fields[0] = fields[0].toLowerCase(Locale.ROOT);
      fields[2] = fields[2].toLowerCase(Locale.ROOT);
      stream = client.data(client.open(false, RawHttp2.lawful(fields)), true, message);
    }

    @Override
    public JsonNode hear() throws IOException {
      RawHttp2.Response response = client.response(stream);
      if (response.status() >= 500 || response.status() == 0) {
        throw new IOException("answered with " + response);
      }
      return response.json();
    }

    @Override
    public boolean heardNothing() throws IOException {
      RawHttp2.Response response = client.response(stream);
      return response.status() > 0 && response.status() < 500;
    }

    @Override
    public void close() throws IOException {
      client.close();
    }
  }

  /** A line each. */
  record Tcp(RawConnection connection) implements MessageWire {
    @Override
    public void send(byte[] message) throws IOException {
      connection.send(message).send("\n");
    }

    @Override
    public JsonNode hear() throws IOException {
      return json(connection.line());
    }

    @Override
    public void close() throws IOException {
      connection.close();
    }
  }

  /** A text message each. */
  record Socket(RawWebSocket socket) implements MessageWire {
    @Override
    public void send(byte[] message) throws IOException {
      socket.send(0x81, message);
    }

    @Override
    public JsonNode hear() throws IOException {
      return socket.read().json();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  /** A line each, through pipes. */
  record Stdio(OutputStream out, BufferedReader in) implements MessageWire {
    private static void serve(StdioTransport transport) {
      try {
        transport.serve();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static Stdio open(TestServer server) throws IOException {
      Pipe toServer = Pipe.open();
      Pipe fromServer = Pipe.open();
      StdioTransport transport =
          new StdioTransport(
              server.core().endpoint(),
              server.core().runner(),
              server.core().restraint().flows(),
              server.core().doorway(),
              StdioLines.PLAIN,
              Channels.newInputStream(toServer.source()),
              Channels.newOutputStream(fromServer.sink()));
      Thread.ofPlatform().daemon().start(() -> serve(transport));
      return new Stdio(
          Channels.newOutputStream(toServer.sink()),
          new BufferedReader(
              new InputStreamReader(
                  Channels.newInputStream(fromServer.source()), StandardCharsets.UTF_8)));
    }

    @Override
    public void send(byte[] message) throws IOException {
      out.write(message);
      out.write('\n');
      out.flush();
    }

    @Override
    public JsonNode hear() throws IOException {
      return json(in.readLine());
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
