package dev.plumbline.conformance.explore;

import dev.plumbline.conformance.model.Ask;
import dev.plumbline.conformance.model.Heard;
import dev.plumbline.conformance.model.Port;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Draft;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.HttpConversation;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Carries one walk over conversations with a target, and keeps what was exchanged. */
final class WirePort implements Port<HarnessException>, AutoCloseable {
  private static final String SESSION = "Mcp-Session-Id";
  private static final String REVISION = "MCP-Protocol-Version";

  /** How long a stream that resumes nothing may be silent. */
  private static final Duration LISTENING = Duration.ofMillis(100);

  /** How long the acknowledgement of a subscription is waited for. */
  private static final Duration ACKNOWLEDGED = Duration.ofMillis(500);

  private final Explorer.Dialer dialer;
  private final Map<String, Exchange> exchanges = new LinkedHashMap<>();
  private final Map<Integer, Lasting> lasting = new LinkedHashMap<>();
  private Optional<Conversation> conversation = Optional.empty();

  WirePort(Explorer.Dialer dialer) {
    this.dialer = dialer;
  }

  /** Everything that was exchanged, in order. */
  List<Exchange> exchanges() {
    return List.copyOf(exchanges.values());
  }

  @Override
  public Heard hear(Ask ask, int id, String label) throws HarnessException, InterruptedException {
    Conversation line;
    try {
      line = line();
    } catch (TargetException e) {
      return new Heard(id, -1, "", Optional.empty(), List.of());
    }
    switch (ask) {
      case Ask.Message message -> say(line, message, id, label);
      case Ask.Listen listen -> listen(line, listen, label);
      case Ask.Delete delete -> keep(line.send(label, routed(line.http("DELETE"), delete.route())));
      case Ask.Hush hush -> hush(line, hush.stream(), label);
      case Ask.Fresh _ -> leave();
    }
    return heard(ask, id, label);
  }

  private Heard heard(Ask ask, int id, String label) {
    return Hearing.of(ask, id, label, key -> Optional.ofNullable(exchanges.get(key)));
  }

  private Conversation line() throws TargetException, HarnessException {
    if (conversation.isEmpty()) {
      conversation = Optional.of(dialer.dial());
    }
    return conversation.get();
  }

  private void keep(Exchange exchange) {
    exchanges.put(exchange.label(), exchange);
  }

  private void leave() {
    conversation.ifPresent(Conversation::close);
    conversation = Optional.empty();
  }

  private void say(Conversation line, Ask.Message message, int id, String label)
      throws HarnessException, InterruptedException {
    Draft draft = draft(line, message, id);
    if (message.kind() != Ask.Kind.LASTING) {
      keep(line.send(label, draft));
    } else if (line instanceof HttpConversation) {
      try {
        lasting.put(id, new Lasting((HttpConversation) dialer.dial(), label, draft, ACKNOWLEDGED));
      } catch (TargetException e) {
        // Nothing comes of a stream that cannot be opened, as of one that brings nothing.
        return;
      }
    } else {
      keep(line.send(label, draft.deadline(LISTENING)));
    }
  }

  private static Draft draft(Conversation line, Ask.Message message, int id) {
    boolean stateless = line.era() == Era.STATELESS;
    Draft draft =
        message.kind() == Ask.Kind.NOTIFICATION
            ? line.notification(message.method(), message.params())
            : line.draft(message.method(), message.params()).id(Messages.NODES.numberNode(id));
    if (stateless) {
      return draft.meta(
          meta -> meta.set(Draft.META_CAPABILITIES, message.capabilities().deepCopy()));
    }
    return message.method().equals("initialize") ? draft : routed(draft, message.route());
  }

  /** Names session and revision as the walk wants, not as the conversation would. */
  private static Draft routed(Draft draft, Ask.Route route) {
    Draft plain = draft.withoutHeader(SESSION).withoutHeader(REVISION);
    Draft stated = route.revision().map(r -> plain.header(REVISION, r)).orElse(plain);
    return route.session().map(s -> stated.header(SESSION, s)).orElse(stated);
  }

  private void listen(Conversation line, Ask.Listen listen, String label)
      throws HarnessException, InterruptedException {
    Draft draft = routed(line.http("GET"), listen.route()).deadline(LISTENING);
    if (listen.after().isPresent()) {
      keep(line.send(label, draft.header("Last-Event-ID", listen.after().get())));
    } else if (line instanceof HttpConversation http) {
      keep(http.send(label, draft, event -> true));
    }
  }

  private void hush(Conversation line, int stream, String label)
      throws HarnessException, InterruptedException {
    Lasting open = lasting.remove(stream);
    if (open != null) {
      open.end().ifPresent(seen -> keep(relabelled(seen, label)));
      return;
    }
    if (!(line instanceof HttpConversation)) {
      Draft cancel =
          line.notification("notifications/cancelled", Messages.object().put("requestId", stream));
      keep(line.send(label, cancel.deadline(LISTENING)));
    }
  }

  /** What came on a stream is judged when it ends, so it is kept under that step's name. */
  private static Exchange relabelled(Exchange seen, String label) {
    return new Exchange(
        label,
        seen.transport(),
        seen.sent(),
        seen.received(),
        seen.end(),
        seen.sentNanos(),
        seen.firstByteNanos(),
        seen.endNanos());
  }

  @Override
  public void close() {
    List<Lasting> open = new ArrayList<>(lasting.values());
    lasting.clear();
    open.forEach(Lasting::abandon);
    leave();
  }
}
