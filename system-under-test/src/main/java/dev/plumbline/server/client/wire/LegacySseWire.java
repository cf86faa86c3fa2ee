package dev.plumbline.server.client.wire;

import dev.plumbline.server.protocol.Encoder;
import dev.plumbline.server.protocol.RequestId;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP+SSE transport of revision 2024-11-05: one GET stream for everything the server says, and
 * the endpoint it names for POSTs.
 */
public final class LegacySseWire implements Wire {
  private final URI streamUri;
  private final HttpSettings settings;
  private final HttpSender sender;
  private volatile @Nullable URI endpoint;
  private volatile @Nullable Thread reader;

  /** A wire to the stream's address. */
  public LegacySseWire(URI streamUri, HttpSettings settings, Reach reach) {
    this.streamUri = streamUri;
    this.settings = settings;
    this.sender = new HttpSender(settings, reach);
  }

  @Override
  public void open(Receiver receiver) throws IOException, InterruptedException {
    CompletableFuture<URI> named = new CompletableFuture<>();
    reader = Thread.ofVirtual().name("sse-reader").start(() -> read(receiver, named));
    try {
      endpoint = named.get(settings.connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException("the server's stream names no endpoint", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    }
  }

  private void read(Receiver receiver, CompletableFuture<URI> named) {
    try {
      HttpResponse<InputStream> response =
          sender.send("GET", streamUri, Map.of("Accept", HttpSender.EVENT_STREAM), null);
      if (!HttpSender.succeeded(response) || !HttpSender.is(response, HttpSender.EVENT_STREAM)) {
        throw HttpSender.refusal(response);
      }
      try (InputStream in = response.body()) {
        EventStream events = new EventStream(in);
        for (EventStream.Event event = events.next(); event != null; event = events.next()) {
          if (event.name().equals("endpoint")) {
            named.complete(sameOrigin(event.data()));
          } else if (event.name().equals("message") && !event.data().isEmpty()) {
            Intake.take(event.data(), receiver, null);
          }
        }
      }
      throw new IOException("the server ended its stream");
    } catch (IOException e) {
      named.completeExceptionally(e);
      receiver.lost(e);
    } catch (InterruptedException e) {
      named.completeExceptionally(new IOException("closed", e));
    }
  }

  /** The endpoint, which may not lead to another host: messages carry the user's credentials. */
  private URI sameOrigin(String text) throws IOException {
    URI named;
    try {
      named = streamUri.resolve(text.strip());
    } catch (IllegalArgumentException e) {
      throw new IOException("the server names an endpoint that is no address", e);
    }
    boolean same =
        Objects.equals(named.getScheme(), streamUri.getScheme())
            && Objects.equals(named.getHost(), streamUri.getHost())
            && named.getPort() == streamUri.getPort();
    if (!same) {
      throw new IOException("the server names an endpoint on another origin: " + named);
    }
    return named;
  }

  @Override
  public void send(Outgoing outgoing) throws IOException, InterruptedException {
    URI target = endpoint;
    if (target == null) {
      throw new IOException("the wire is not open");
    }
    HttpResponse<InputStream> response =
        sender.send(
            "POST", target, new HashMap<>(outgoing.fields()), Encoder.encode(outgoing.message()));
    if (!HttpSender.succeeded(response)) {
      throw HttpSender.refusal(response);
    }
    response.body().close();
  }

  @Override
  public void abandon(RequestId id) {}

  @Override
  public boolean streamPerRequest() {
    return false;
  }

  @Override
  public void close() {
    Thread running = reader;
    if (running != null) {
      running.interrupt();
    }
    sender.close();
  }
}
