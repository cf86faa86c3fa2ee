package dev.plumbline.conformance.wire;

import static org.assertj.core.api.Assertions.fail;

import dev.plumbline.conformance.target.Credentials;
import dev.plumbline.conformance.target.Target;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.TargetException;
import dev.plumbline.evidence.model.TargetIdentity;
import dev.plumbline.evidence.model.Transport;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * Plays the part of a target that was recorded once: whatever is sent as it was sent then is
 * answered as it was then, and nothing else may be sent.
 */
public final class Replay implements Target {
  private static final String AUTHORIZATION = "Authorization";

  /** In the form of a JSON web token, so that others can be forged after it. */
  private static final String TOKEN = "e30.e30.c2lnbmF0dXJlLW9mLXRoZS1yZXBsYXk";

  /** As what was recorded is: nothing that looks like a credential is told apart. */
  private static final Redactor BLOTTING = new Redactor(List.of(AUTHORIZATION), List.of(TOKEN));

  private final Recording once;
  private final List<Exchange> left;
  private final URI url;
  private final List<Header> credentials;

  /**
   * @param once what was recorded over HTTP
   */
  public Replay(Recording once) {
    this.once = once;
    this.left = new ArrayList<>(once.exchanges());
    Outbound.HttpRequest usual = usual(once).orElseThrow();
    this.url = URI.create("http://" + value(usual, "Host").orElseThrow() + usual.target());
    this.credentials =
        value(usual, AUTHORIZATION).stream()
            .map(blot -> new Header(AUTHORIZATION, "Bearer " + TOKEN))
            .toList();
  }

  /** Whether the recording shows where the target was. */
  public static boolean shows(Recording once) {
    return usual(once).filter(request -> value(request, "Host").isPresent()).isPresent();
  }

  /** The first request as it is lawful: what opens a conversation, or asks for anything. */
  private static Optional<Outbound.HttpRequest> usual(Recording once) {
    return once.exchanges().stream()
        .map(Exchange::sent)
        .filter(Outbound.HttpRequest.class::isInstance)
        .map(Outbound.HttpRequest.class::cast)
        .filter(request -> request.method().equals("POST"))
        .findFirst();
  }

  private static Optional<String> value(Outbound.HttpRequest request, String name) {
    return request.headers().stream().filter(h -> h.isNamed(name)).map(Header::value).findFirst();
  }

  @Override
  public Conversation converse(Era era, Transport transport, Recorder recorder) {
    return new HttpConversation(era, transport, url, credentials, Wire::new, recorder, BLOTTING);
  }

  private synchronized Optional<Exchange> next(Outbound out) {
    Outbound sent = BLOTTING.sent(out);
    Optional<Exchange> next = left.stream().filter(e -> e.sent().equals(sent)).findFirst();
    next.ifPresent(left::remove);
    return next;
  }

  /** One connection. */
  private final class Wire implements HttpExchanges {
    @Override
    public Seen exchange(
        Outbound out,
        Optional<JsonNode> awaited,
        Duration limit,
        Consumer<JsonNode> onMessage,
        Predicate<SseEvent> enough) {
      long now = System.nanoTime();
      Optional<Exchange> next = next(out);
      if (next.isEmpty()) {
        // The farewell to a session is not recorded.
        return out instanceof Outbound.HttpRequest request && request.method().equals("DELETE")
            ? new Seen(new Inbound.Nothing(), End.CLOSED, now, -1, now)
            : fail("nobody sent to %s: %s", once.id(), out);
      }
      Inbound received = next.get().received();
      if (received instanceof Inbound.HttpResponse response) {
        response.events().forEach(event -> HttpExchanges.isLast(event, awaited, onMessage));
      }
      long first = next.get().firstByteNanos() < 0 ? -1 : now;
      return new Seen(received, next.get().end(), now, first, System.nanoTime());
    }

    @Override
    public void close() {}
  }

  @Override
  public TargetIdentity.Kind kind() {
    return TargetIdentity.Kind.URL;
  }

  @Override
  public String address() {
    return url.toString();
  }

  @Override
  public List<Transport> transports() {
    return List.of(once.transport());
  }

  @Override
  public Map<String, String> digests() {
    return Map.of();
  }

  @Override
  public Redactor redactor() {
    return BLOTTING;
  }

  /** One token of each kind that the recording shows to have been prepared. */
  @Override
  public Credentials credentials() {
    Map<Credentials.Kind, String> shown = new EnumMap<>(Credentials.Kind.class);
    for (Credentials.Kind kind : Credentials.Kind.values()) {
      String label =
          switch (kind) {
            case NARROW -> "narrow-";
            case OTHER -> "foreign-";
            case CHALLENGED, BROAD, AUDIENCE -> kind.name();
          };
      if (once.exchanges(label).findAny().isPresent()) {
        shown.put(kind, TOKEN);
      }
    }
    try {
      return Credentials.of(shown);
    } catch (TargetException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Target through(InetSocketAddress dial) {
    return this;
  }

  @Override
  public Optional<URI> url() {
    return Optional.of(url);
  }

  @Override
  public Optional<URI> control() {
    return Optional.empty();
  }

  @Override
  public OptionalLong pid() {
    return OptionalLong.empty();
  }

  @Override
  public void close() {}
}
