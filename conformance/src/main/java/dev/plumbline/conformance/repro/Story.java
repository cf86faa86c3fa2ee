package dev.plumbline.conformance.repro;

import dev.plumbline.conformance.wire.Bytes;
import dev.plumbline.conformance.wire.End;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Header;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Outbound;
import dev.plumbline.evidence.model.TargetIdentity;
import dev.plumbline.evidence.model.Transport;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** A replay as a script or a test tells it: who is asked, what is sent, what is kept of it. */
final class Story {
  private static final long LONGEST_SECONDS = 30;
  private static final long USUAL_SECONDS = 5;

  private final Reproducer reproducer;
  private final Way.Replay replay;
  private final List<Part> parts = new ArrayList<>();

  /**
   * A value that is written into what is sent, or a run of bytes.
   *
   * @param bytes what is written; empty for a value
   * @param variable the number of the carried value, from 0, or -1 for bytes
   */
  record Segment(Bytes bytes, int variable) {}

  /**
   * One request.
   *
   * @param exchange as it was recorded
   * @param conversation its conversation
   * @param headers names with the segments of their values; in HTTP only
   * @param body what is sent
   * @param seconds how long its answer is waited for
   * @param kept the numbers of the values its answer brings
   */
  record Part(
      Exchange exchange,
      int conversation,
      List<Field> headers,
      List<Segment> body,
      long seconds,
      List<Integer> kept) {
    /** The id its answer carries; empty when none is waited for. */
    Optional<JsonNode> awaited() {
      return exchange.sentMessage().filter(Messages::isRequest).map(m -> m.get("id"));
    }

    /** Whether nothing comes of it. */
    boolean isNotification() {
      return exchange
          .sentMessage()
          .filter(m -> m.isObject() && (!m.has("id") || Messages.isResponse(m)))
          .isPresent();
    }

    boolean timedOut() {
      return exchange.end() == End.TIMED_OUT;
    }
  }

  /**
   * A header.
   *
   * @param name its name
   * @param value its value; one blotted segment when it is a credential
   * @param secret whether the value was blotted out
   */
  record Field(String name, List<Segment> value, boolean secret) {}

  Story(Reproducer reproducer, Way.Replay replay) {
    this.reproducer = reproducer;
    this.replay = replay;
    Set<Integer> known = new HashSet<>();
    for (Steps.Step step : Steps.inOrder(replay.recording())) {
      if (!step.isByItself()) {
        Part part = part(step, known);
        parts.add(part);
        known.addAll(part.kept());
      }
    }
  }

  List<Part> parts() {
    return parts;
  }

  Sign sign() {
    return replay.sign();
  }

  List<Carried> carried() {
    return replay.carried();
  }

  Transport transport() {
    return replay.recording().transport();
  }

  /** The number of the request whose answer tells, from 0. */
  int telling() {
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i).exchange().label().equals(sign().label())) {
        return i;
      }
    }
    return parts.size() - 1;
  }

  /** Why this cannot be told without Plumbline; empty when it can. */
  Optional<String> obstacle() {
    if (transport() == Transport.HTTP2 || transport() == Transport.WEBSOCKET) {
      return Optional.of("it needs " + transport().id());
    }
    if (parts.isEmpty()) {
      return Optional.of("nothing is sent in it");
    }
    if (Steps.inOrder(replay.recording()).stream().anyMatch(Steps.Step::isByItself)) {
      return Optional.of("the server asks its client something in it");
    }
    boolean interleaved = false;
    Set<Integer> over = new HashSet<>();
    for (int i = 1; i < parts.size(); i++) {
      int before = parts.get(i - 1).conversation();
      if (parts.get(i).conversation() != before) {
        over.add(before);
        interleaved |= over.contains(parts.get(i).conversation());
      }
    }
    if (interleaved && !transport().isHttp()) {
      return Optional.of("several conversations go on at once in it");
    }
    return Optional.empty();
  }

  /** The endpoint, when one is known that is still there. */
  Optional<String> url() {
    return Optional.ofNullable(reproducer.start().url()).filter(url -> !Blotted.isIn(url));
  }

  /** Whether the bundled server has to be started first. */
  boolean isBundled() {
    return reproducer.start().kind() == TargetIdentity.Kind.BUNDLED;
  }

  /** What the bundled server is started with, after the name of our program. */
  List<String> serveWords() {
    List<String> words = new ArrayList<>(List.of("serve"));
    words.addAll(transport() == Transport.STDIO ? List.of("--stdio") : List.of("--port", "0"));
    words.addAll(List.of("--control-port", "0", "--set", "rate.kind=off"));
    if (transport() == Transport.TCP) {
      words.addAll(List.of("--tcp-port", "0"));
    }
    if (reproducer.start().mutant() != null) {
      words.addAll(List.of("--mutant", reproducer.start().mutant()));
    }
    return words;
  }

  /** The request target when it is not the endpoint's own. */
  Optional<String> otherTarget(Part part) {
    return part.exchange().sent() instanceof Outbound.HttpRequest request
            && !request.target().equals(Address.target(reproducer.target().address()))
            && !Blotted.isIn(request.target())
        ? Optional.of(request.target())
        : Optional.empty();
  }

  private Part part(Steps.Step step, Set<Integer> known) {
    Exchange exchange = step.exchange();
    List<Field> headers = new ArrayList<>();
    Bytes body = Bytes.EMPTY;
    switch (exchange.sent()) {
      case Outbound.HttpRequest request -> {
        body = request.body();
        request.headers().stream()
            .filter(h -> !isOwn(h))
            .forEach(h -> headers.add(field(h, known)));
      }
      case Outbound.Line line -> body = line.bytes();
      case Outbound.Raw raw -> body = raw.bytes();
      case Outbound.Listening listening -> body = Bytes.EMPTY;
    }
    long took = Duration.ofNanos(exchange.endNanos() - exchange.sentNanos()).toMillis();
    long seconds = exchange.end() == End.TIMED_OUT ? took / 1_000 + 1 : USUAL_SECONDS;
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < carried().size(); i++) {
      if (carried().get(i).from().equals(exchange.label())) {
        kept.add(i);
      }
    }
    return new Part(
        exchange,
        step.conversation(),
        headers,
        segments(body, known),
        Math.min(seconds, LONGEST_SECONDS),
        kept);
  }

  /** What belongs to the connection that is made, not to what was recorded. */
  private boolean isOwn(Header header) {
    return header.isNamed("Content-Length")
        || (header.isNamed("Host")
            && header.value().equals(Address.authority(reproducer.target().address())));
  }

  private Field field(Header header, Set<Integer> known) {
    boolean secret = Blotted.isIn(header.value());
    List<Segment> value = List.of(new Segment(Bytes.text(header.value()), -1));
    for (int number : known) {
      Carried carried = carried().get(number);
      boolean whole = header.value().equals(carried.value());
      if (whole || !carried.isShort()) {
        value = split(value, carried.value(), "", number);
      }
    }
    return new Field(header.name(), value, secret);
  }

  private List<Segment> segments(Bytes body, Set<Integer> known) {
    List<Segment> all = List.of(new Segment(body, -1));
    if (body.utf8().isEmpty()) {
      return all;
    }
    for (int number : known) {
      Carried carried = carried().get(number);
      String quote = carried.isShort() ? "\"" : "";
      all = split(all, Carried.inner(carried.value()), quote, number);
    }
    return all;
  }

  private static List<Segment> split(
      List<Segment> segments, String value, String quote, int number) {
    List<Segment> all = new ArrayList<>();
    for (Segment segment : segments) {
      String text = segment.bytes().text();
      String sought = quote + value + quote;
      int from = 0;
      int at = segment.variable() < 0 ? text.indexOf(sought) : -1;
      if (at < 0) {
        all.add(segment);
        continue;
      }
      while (at >= 0) {
        all.add(new Segment(Bytes.text(text.substring(from, at) + quote), -1));
        all.add(new Segment(Bytes.EMPTY, number));
        from = at + sought.length() - quote.length();
        at = text.indexOf(sought, from);
      }
      all.add(new Segment(Bytes.text(text.substring(from)), -1));
    }
    all.removeIf(segment -> segment.variable() < 0 && segment.bytes().size() == 0);
    return all.isEmpty() ? List.of(new Segment(Bytes.EMPTY, -1)) : all;
  }

  /** The scheme of the recorded endpoint, {@code http} when it is not known. */
  String scheme() {
    try {
      String scheme = URI.create(reproducer.target().address().split("\\?", 2)[0]).getScheme();
      return scheme == null ? "http" : scheme;
    } catch (IllegalArgumentException e) {
      return "http";
    }
  }
}
