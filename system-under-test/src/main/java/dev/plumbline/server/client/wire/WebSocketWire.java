package dev.plumbline.server.client.wire;

import dev.plumbline.server.protocol.Encoder;
import dev.plumbline.server.protocol.JsonLimits;
import dev.plumbline.server.protocol.RequestId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One message per text message of a WebSocket, subprotocol {@code mcp}. */
public final class WebSocketWire implements Wire {
  private static final String SUBPROTOCOL = "mcp";
  private static final int SEND_SECONDS = 5;
  private static final int GOODBYE_SECONDS = 1;
  private static final int MAX_CHALLENGES = 3;

  private final URI endpoint;
  private final HttpSettings settings;
  private final Reach reach;
  private final HttpClient client;
  private final ReentrantLock sending = new ReentrantLock();
  private volatile @Nullable WebSocket socket;

  /** A wire to a {@code ws} or {@code wss} address. */
  public WebSocketWire(URI endpoint, HttpSettings settings, Reach reach) {
    this.endpoint = endpoint;
    this.reach = reach;
    this.settings = settings;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(settings.connectTimeout())
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
  }

  @Override
  public void open(Receiver receiver) throws IOException, InterruptedException {
    for (int challenges = 0; ; challenges++) {
      try {
        socket = reach.attempt(e -> !(e instanceof RefusedHandshake), () -> connect(receiver));
        return;
      } catch (RefusedHandshake refused) {
        var response = refused.why().getResponse();
        var challenge =
            new Authorizer.Challenge(
                "GET", endpoint, response.statusCode(), response.headers().map(), "");
        boolean asked = response.statusCode() == 401 || response.statusCode() == 403;
        if (!asked
            || challenges == MAX_CHALLENGES
            || !settings.authorizer().challenged(challenge)) {
          throw new RefusedException(response.statusCode(), null);
        }
      }
    }
  }

  private WebSocket connect(Receiver receiver) throws IOException, InterruptedException {
    WebSocket.Builder builder =
        client
            .newWebSocketBuilder()
            .subprotocols(SUBPROTOCOL)
            .connectTimeout(settings.connectTimeout());
    settings.headers().forEach(builder::header);
    settings.authorizer().credentials("GET", endpoint).forEach(builder::header);
    try {
      return builder
          .buildAsync(endpoint, new Listening(receiver))
          .get(settings.connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException("no answer to the opening of the WebSocket", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException refused) {
        throw new RefusedHandshake(refused);
      }
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    }
  }

  private static final class RefusedHandshake extends IOException {
    private static final long serialVersionUID = 1L;
    private final WebSocketHandshakeException why;

    RefusedHandshake(WebSocketHandshakeException why) {
      super(why);
      this.why = why;
    }

    WebSocketHandshakeException why() {
      return why;
    }
  }

  /** Collects the frames of a message, with the cap held while collecting. */
  private static final class Listening implements WebSocket.Listener {
    private final Receiver receiver;
    private final StringBuilder message = new StringBuilder();

    Listening(Receiver receiver) {
      this.receiver = receiver;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      if (message.length() + data.length() > JsonLimits.MAX_MESSAGE_BYTES) {
        from.abort();
        receiver.lost(new IOException("a message of the server is larger than 10 MiB"));
        return null;
      }
      message.append(data);
      if (last) {
        String text = message.toString();
        message.setLength(0);
        Intake.take(text, receiver, null);
      }
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int statusCode, String reason) {
      receiver.lost(new IOException("the server closed the WebSocket with code " + statusCode));
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      receiver.lost(new IOException("the WebSocket broke", error));
    }
  }

  @Override
  public void send(Outgoing outgoing) throws IOException, InterruptedException {
    WebSocket open = socket;
    if (open == null) {
      throw new IOException("the wire is not open");
    }
    String text = new String(Encoder.encode(outgoing.message()), StandardCharsets.UTF_8);
    // One message at a time is what the API allows.
    if (!sending.tryLock(SEND_SECONDS, TimeUnit.SECONDS)) {
      throw new IOException("the server does not read");
    }
    try {
      open.sendText(text, true).get(SEND_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("the server does not read", e);
    } finally {
      sending.unlock();
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
    WebSocket open = socket;
    if (open != null) {
      try {
        open.sendClose(WebSocket.NORMAL_CLOSURE, "").get(GOODBYE_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException e) {
        open.abort();
      } catch (InterruptedException e) {
        open.abort();
        Thread.currentThread().interrupt();
      }
    }
    client.shutdownNow();
  }
}
