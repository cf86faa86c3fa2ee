package dev.plumbline.conformance.wire;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Blots out credentials: by header name in requests, by value everywhere, also where the target
 * echoes them, plain, JSON-escaped, percent-encoded or in Base64.
 */
public final class Redactor {
  /** Stands where a credential stood. */
  public static final String BLOT = "[redacted]";

  /** Shorter values are blotted by header name only: they would match ordinary text. */
  public static final int MIN_VALUE_LENGTH = 4;

  /** Blots out nothing. */
  public static final Redactor NONE = new Redactor(List.of(), List.of());

  private final Set<String> names;
  private final List<String> values;

  /**
   * @param headerNames request headers whose value is never shown
   * @param secrets values that are never shown anywhere
   */
  public Redactor(Collection<String> headerNames, Collection<String> secrets) {
    names =
        headerNames.stream()
            .map(n -> n.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    Set<String> forms = new LinkedHashSet<>();
    for (String secret : secrets) {
      if (secret.length() >= MIN_VALUE_LENGTH) {
        byte[] utf8 = secret.getBytes(StandardCharsets.UTF_8);
        forms.add(secret);
        String quoted = Messages.NODES.stringNode(secret).toString();
        forms.add(quoted.substring(1, quoted.length() - 1));
        forms.add(secret.replace("/", "\\/"));
        forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
        forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20"));
        forms.add(Base64.getEncoder().encodeToString(utf8));
        forms.add(Base64.getEncoder().withoutPadding().encodeToString(utf8));
        forms.add(Base64.getUrlEncoder().withoutPadding().encodeToString(utf8));
      }
    }
    // The longest first, so that a form that holds another one goes as a whole.
    values = forms.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
  }

  /** The text without credentials. */
  public String text(String text) {
    String clean = text;
    for (String value : values) {
      clean = clean.replace(value, BLOT);
    }
    return clean;
  }

  /** The bytes without credentials. */
  public Bytes bytes(Bytes bytes) {
    if (values.isEmpty() || bytes.size() == 0) {
      return bytes;
    }
    // Latin-1 keeps every byte as one character, so foreign encodings survive the search.
    String raw = new String(bytes.toArray(), StandardCharsets.ISO_8859_1);
    String clean = raw;
    for (String value : values) {
      String form = new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
      clean = clean.replace(form, BLOT);
    }
    return clean.equals(raw) ? bytes : Bytes.of(clean.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** The exchange without credentials. */
  public Exchange exchange(Exchange exchange) {
    if (names.isEmpty() && values.isEmpty()) {
      return exchange;
    }
    return new Exchange(
        exchange.label(),
        exchange.transport(),
        sent(exchange.sent()),
        received(exchange.received()),
        exchange.end(),
        exchange.sentNanos(),
        exchange.firstByteNanos(),
        exchange.endNanos());
  }

  /** What was sent, without credentials. */
  Outbound sent(Outbound sent) {
    return switch (sent) {
      case Outbound.HttpRequest request ->
          new Outbound.HttpRequest(
              request.method(),
              text(request.target()),
              headers(request.headers()),
              bytes(request.body()));
      case Outbound.Line line -> new Outbound.Line(bytes(line.bytes()));
      case Outbound.Raw raw -> new Outbound.Raw(bytes(raw.bytes()));
      case Outbound.Listening listening -> listening;
    };
  }

  private Inbound received(Inbound received) {
    return switch (received) {
      case Inbound.HttpResponse response ->
          new Inbound.HttpResponse(
              response.status(),
              text(response.reason()),
              headers(response.headers()),
              bytes(response.body()),
              response.events().stream().map(this::event).toList());
      case Inbound.Lines lines ->
          new Inbound.Lines(
              lines.lines().stream().map(l -> new Line(bytes(l.bytes()), l.atNanos())).toList(),
              bytes(lines.stderr()));
      case Inbound.Unparsed unparsed ->
          new Inbound.Unparsed(bytes(unparsed.bytes()), text(unparsed.problem()));
      case Inbound.Nothing nothing -> nothing;
    };
  }

  private SseEvent event(SseEvent event) {
    return new SseEvent(
        text(event.event()),
        text(event.id()),
        text(event.data()),
        event.retryMillis(),
        event.atNanos());
  }

  private List<Header> headers(List<Header> headers) {
    List<Header> clean = new ArrayList<>(headers.size());
    for (Header header : headers) {
      boolean secret = names.contains(header.name().toLowerCase(Locale.ROOT));
      clean.add(new Header(text(header.name()), secret ? BLOT : text(header.value())));
    }
    return clean;
  }
}
