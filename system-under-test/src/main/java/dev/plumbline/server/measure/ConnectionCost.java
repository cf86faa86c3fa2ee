package dev.plumbline.server.measure;

import dev.plumbline.server.HttpServer;
import dev.plumbline.server.ServerContext;
import dev.plumbline.server.ServerCore;
import dev.plumbline.server.control.port.ControlSetup;
import dev.plumbline.server.feature.ServerCard;
import dev.plumbline.server.fixture.DemoCatalog;
import dev.plumbline.server.transport.HttpSetup;
import dev.plumbline.server.transport.Network;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * What a session with a connection of its own takes of the heap, and how many of them a heap bears
 * (R172, R174). The clients' sockets are counted in: they are of this process.
 */
final class ConnectionCost {
  private static final int CONNECTIONS = 1_000;

  /** The level at which memory is an alert (C7): a node should stay below it. */
  private static final double FILLED = 0.7;

  private static final double GIBIBYTE = 1L << 30;

  private static final String HANDSHAKE =
      """
      {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25",\
      "capabilities":{},"clientInfo":{"name":"cost","version":"1"}}}
      """;
  private static final String REST =
      """
      {"jsonrpc":"2.0","method":"notifications/initialized"}
      {"jsonrpc":"2.0","id":1,"method":"ping"}
      """;

  private ConnectionCost() {}

  static void measure() throws IOException {
    ServerCard card = new ServerCard("connection-cost", "Connection cost", "1", "");
    ServerCore core =
        new ServerCore(
            DemoCatalog.server(card), ServerContext.standard(), UnaryOperator.identity());
    try (HttpServer server =
        new HttpServer(
            core,
            new Network.Listeners(0, HttpSetup.PLAIN, OptionalInt.of(0)),
            ControlSetup.onLoopback(0))) {
      int port = server.tcp().orElseThrow().getPort();
      List<Socket> first = opened(port, 1);
      long before = LimitCost.used();
      List<Socket> sockets = opened(port, CONNECTIONS);
      double each = (LimitCost.used() - before) / (double) CONNECTIONS;
      if (core.sessions().count() != first.size() + sockets.size()) {
        throw new IOException("not every connection has its session");
      }
      CostRun.tell("bytes a session with its connection", each, "B", CONNECTIONS);
      CostRun.tell("connections a GiB of heap bears", FILLED * GIBIBYTE / each, "1", CONNECTIONS);
      first.addAll(sockets);
      for (Socket socket : first) {
        socket.close();
      }
    }
  }

  private static List<Socket> opened(int port, int count) throws IOException {
    List<Socket> sockets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
      sockets.add(socket);
      say(socket, HANDSHAKE);
      say(socket, REST);
    }
    return sockets;
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    for (int b = socket.getInputStream().read(); b != '\n'; b = socket.getInputStream().read()) {
      if (b < 0) {
        throw new EOFException("closed");
      }
    }
  }
}
