package dev.plumbline.conformance.repro;

import dev.plumbline.conformance.target.Target;
import dev.plumbline.conformance.wire.Bytes;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Draft;
import dev.plumbline.conformance.wire.End;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Header;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Outbound;
import dev.plumbline.conformance.wire.Recorder;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends what was recorded to a target again, step by step, with what belongs to this time put in:
 * the target's own address, the credentials it is reached with, and what it made up meanwhile.
 */
public final class Replay {
  /** Notifications that were followed by listening took longer than this. */
  private static final long LISTENED_NANOS = 20_000_000;

  private static final Duration SHORTEST_WAIT = Duration.ofMillis(50);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final Duration END_ALLOWANCE = Duration.ofSeconds(1);

  private final Target target;
  private final String address;
  private final Duration deadline;

  /**
   * @param target who is asked
   * @param address where the recording's target was reached, to tell its own name from a foreign
   *     one
   * @param deadline how long an answer is waited for
   */
  public Replay(Target target, String address, Duration deadline) {
    this.target = target;
    this.address = address;
    this.deadline = deadline;
  }

  /**
   * Takes every step again.
   *
   * @return what was seen this time, in the form the rule judges
   * @throws TargetException when the target cannot be reached at all
   */
  public Recording of(Recording recorded, List<Carried> carried)
      throws TargetException, HarnessException, InterruptedException {
    Recorder recorder = new Recorder();
    Map<Integer, Conversation> conversations = new HashMap<>();
    Map<Carried, String> fresh = new HashMap<>();
    try {
      for (Steps.Step step : Steps.inOrder(recorded)) {
        if (step.isByItself()) {
          continue;
        }
        Conversation conversation = conversations.get(step.conversation());
        if (conversation == null) {
          conversation = begin(recorded, step.conversation(), recorder);
          conversations.put(step.conversation(), conversation);
        }
        Exchange seen = take(conversation, step.exchange(), fresh);
        for (Carried value : carried) {
          if (value.from().equals(step.exchange().label())) {
            value.fresh(seen).ifPresent(now -> fresh.put(value, now));
          }
        }
      }
      Map<String, String> facts = new TreeMap<>(recorded.facts());
      facts.remove(Recording.CONVERSATIONS);
      fresh.forEach((value, now) -> facts.replaceAll((_, fact) -> value.put(fact, now)));
      return recorder.recording(recorded.id(), recorded.era(), recorded.transport(), facts);
    } finally {
      conversations.values().forEach(Conversation::close);
    }
  }

  /** A conversation that declares and asks for what the recorded one did. */
  private Conversation begin(Recording recorded, int number, Recorder recorder)
      throws TargetException, HarnessException {
    Conversation conversation = target.converse(recorded.era(), recorded.transport(), recorder);
    conversation.deadline(deadline);
    Steps.inOrder(recorded).stream()
        .filter(step -> step.conversation() == number)
        .map(Steps.Step::exchange)
        .filter(e -> method(e).equals("initialize"))
        .findFirst()
        .ifPresent(
            opening -> {
              if (opening.sentMessage().map(m -> m.at("/params/capabilities")).orElse(null)
                  instanceof ObjectNode declared) {
                conversation.declare(declared);
              }
              opening
                  .result()
                  .flatMap(result -> result.path("protocolVersion").stringValueOpt())
                  .ifPresent(conversation::ask);
            });
    return conversation;
  }

  private static String method(Exchange exchange) {
    return exchange.sentMessage().map(m -> m.path("method").asString("")).orElse("");
  }

  private Exchange take(Conversation conversation, Exchange recorded, Map<Carried, String> fresh)
      throws HarnessException, InterruptedException {
    long nanos = recorded.endNanos() - recorded.sentNanos();
    Duration took = within(Duration.ofNanos(nanos));
    if (recorded.sent() instanceof Outbound.Listening) {
      boolean duplex = !recorded.transport().isHttp();
      boolean hungUp = duplex ? recorded.end() != End.COMPLETE : recorded.end() == End.CLOSED;
      return hungUp
          ? conversation.hangUp(recorded.label(), took.plus(END_ALLOWANCE))
          : conversation.listen(recorded.label(), took);
    }
    Outbound now = renewed(recorded.sent(), conversation, fresh);
    Draft draft = Draft.of(conversation.era(), now);
    boolean notification =
        recorded.sentMessage().filter(m -> m.isObject() && !m.has("id")).isPresent();
    boolean listened = notification && !recorded.transport().isHttp() && nanos > LISTENED_NANOS;
    if (recorded.end() == End.TIMED_OUT || listened) {
      draft = draft.deadline(took);
    }
    return conversation.send(recorded.label(), draft);
  }

  private static Duration within(Duration wanted) {
    return wanted.compareTo(SHORTEST_WAIT) < 0
        ? SHORTEST_WAIT
        : wanted.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wanted;
  }

  private Outbound renewed(Outbound sent, Conversation conversation, Map<Carried, String> fresh) {
    return switch (sent) {
      case Outbound.HttpRequest request -> {
        Draft lawful = conversation.notification("notifications/initialized", Messages.object());
        Bytes body = text(request.body(), fresh);
        List<Header> headers = new ArrayList<>();
        for (Header header : request.headers()) {
          header(header, request, body, lawful, fresh).ifPresent(headers::add);
        }
        String path = request.target();
        boolean own = path.equals(Address.target(address)) || Blotted.isIn(path);
        yield new Outbound.HttpRequest(
            request.method(), own ? lawful.requestTarget() : line(path, fresh), headers, body);
      }
      case Outbound.Line line -> new Outbound.Line(text(line.bytes(), fresh));
      case Outbound.Raw raw -> new Outbound.Raw(text(raw.bytes(), fresh));
      case Outbound.Listening listening -> listening;
    };
  }

  private Optional<Header> header(
      Header header,
      Outbound.HttpRequest request,
      Bytes body,
      Draft lawful,
      Map<Carried, String> fresh) {
    boolean host = header.isNamed("Host") && header.value().equals(Address.authority(address));
    if (host || Blotted.isIn(header.value())) {
      return lawful.headers().stream().filter(own -> own.isNamed(header.name())).findFirst();
    }
    if (header.isNamed("Content-Length")
        && header.value().equals(String.valueOf(request.body().size()))) {
      return Optional.of(new Header(header.name(), String.valueOf(body.size())));
    }
    return Optional.of(new Header(header.name(), line(header.value(), fresh)));
  }

  private static String line(String text, Map<Carried, String> fresh) {
    String now = text;
    for (Map.Entry<Carried, String> value : fresh.entrySet()) {
      now = value.getKey().put(now, value.getValue());
    }
    return now;
  }

  private static Bytes text(Bytes bytes, Map<Carried, String> fresh) {
    Optional<String> text = bytes.utf8();
    if (text.isEmpty()) {
      return bytes;
    }
    String now = text.get();
    for (Map.Entry<Carried, String> value : fresh.entrySet()) {
      now = value.getKey().putInText(now, value.getValue());
    }
    return now.equals(text.get()) ? bytes : Bytes.text(now);
  }
}
