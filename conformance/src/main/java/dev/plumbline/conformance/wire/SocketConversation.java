package dev.plumbline.conformance.wire;

import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Transport;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A conversation over one connection that either side may use at any time: lines over TCP, or text
 * messages of a WebSocket. The WebSocket's opening is recorded as an exchange of its own.
 */
public final class SocketConversation extends DuplexConversation {
  /** The label of the WebSocket's opening. */
  public static final String UPGRADE = "upgrade";

  private final URI url;
  private final Dial dial;
  private final List<Header> credentials;

  /**
   * @param url {@code tcp://host:port}, {@code ws://} or {@code wss://}
   * @param dial where to connect instead of the URL's host and port
   * @param credentials headers of the WebSocket's opening; none for TCP
   */
  public SocketConversation(
      Era era,
      URI url,
      Optional<InetSocketAddress> dial,
      List<Header> credentials,
      Recorder recorder,
      Redactor redactor) {
    super(era, recorder, redactor);
    this.url = url;
    this.dial = new Dial(url, dial);
    this.credentials = List.copyOf(credentials);
  }

  /** What a URL of that scheme is reached over; empty for schemes of another kind. */
  public static Optional<Transport> transport(URI url) {
    return switch (String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT)) {
      case "tcp" -> Optional.of(Transport.TCP);
      case "ws", "wss" -> Optional.of(Transport.WEBSOCKET);
      default -> Optional.empty();
    };
  }

  @Override
  public Transport transport() {
    return transport(url).orElseThrow();
  }

  @Override
  DuplexPeer reach() throws IOException, HarnessException {
    Socket socket = dial.connect(System.nanoTime() + HttpExchanges.CONNECT_TIMEOUT.toNanos());
    boolean open = false;
    try {
      Framing framing = Framing.LINES;
      if (transport() == Transport.WEBSOCKET) {
        upgrade(socket);
        framing = new WebSocketFraming();
      }
      SocketPeer peer = new SocketPeer(socket, framing);
      open = true;
      return peer;
    } finally {
      if (!open) {
        socket.close();
      }
    }
  }

  private void upgrade(Socket socket) throws IOException, HarnessException {
    WebSocketUpgrade upgrade = new WebSocketUpgrade(url, credentials);
    long sentAt = System.nanoTime();
    Inbound.HttpResponse answer = upgrade.perform(socket, HttpExchanges.CONNECT_TIMEOUT);
    long endedAt = System.nanoTime();
    record(UPGRADE, upgrade.request(), answer, End.COMPLETE, sentAt, endedAt, endedAt);
    Optional<String> refusal = upgrade.refusal(answer);
    if (refusal.isPresent()) {
      throw new ConnectException(refusal.get());
    }
  }
}
