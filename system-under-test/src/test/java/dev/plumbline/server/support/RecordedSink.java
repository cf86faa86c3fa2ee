package dev.plumbline.server.support;

import dev.plumbline.server.era.EventSink;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A wire that remembers what was written to it, and breaks when it is told to. */
public final class RecordedSink implements EventSink {
  private final List<Event> events = new ArrayList<>();
  private final int breaksAfter;
  private boolean broken;
  private boolean ended;

  /** A wire that never breaks. */
  public RecordedSink() {
    this(Integer.MAX_VALUE);
  }

  /** A wire that breaks instead of writing one more event. */
  public RecordedSink(int breaksAfter) {
    this.breaksAfter = breaksAfter;
  }

  /** The peer is gone. */
  public synchronized void cut() {
    broken = true;
  }

  @Override
  public synchronized boolean open() {
    return !broken && !ended;
  }

  @Override
  public synchronized boolean event(Event event) {
    boolean beat = event.id() == null && event.retry() == null && event.data().length == 0;
    if (!open() || (!beat && events.size() == breaksAfter)) {
      broken = true;
      return false;
    }
    if (!beat) {
      events.add(event);
    }
    return true;
  }

  @Override
  public synchronized void end() {
    ended = true;
  }

  /** True when the response was ended from our side. */
  public synchronized boolean ended() {
    return ended;
  }

  /** Every event but signs of life. */
  public synchronized List<Event> events() {
    return List.copyOf(events);
  }

  /** The ids of the events that have one. */
  public synchronized List<String> ids() {
    List<String> ids = new ArrayList<>();
    for (Event event : events) {
      if (event.id() != null) {
        ids.add(event.id());
      }
    }
    return ids;
  }

  /** The messages, in order. */
  public synchronized List<JsonNode> messages() {
    return events.stream()
        .filter(event -> event.data().length > 0)
        .map(event -> new JsonMapper().readTree(new String(event.data(), StandardCharsets.UTF_8)))
        .toList();
  }

  /** The messages that call this method. */
  public List<JsonNode> calls(String method) {
    return messages().stream()
        .filter(message -> message.path("method").asString("").equals(method))
        .toList();
  }
}
