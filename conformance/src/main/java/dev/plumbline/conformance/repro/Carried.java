package dev.plumbline.conformance.repro;

import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Inbound;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Outbound;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.conformance.wire.SseEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A value the target made up and was sent back later: a session id, a cursor, the id of a task. A
 * replay takes the fresh value from the same place of the fresh answer.
 *
 * @param from the label of the exchange that brought it
 * @param place what kind of place it stands in
 * @param name the header's or the member's name; empty for the id of an event
 * @param index the how-manieth of its kind in that answer, from 0
 * @param value what it was when it was recorded
 */
public record Carried(String from, Place place, String name, int index, String value) {
  /** More in one recording are not looked for. */
  public static final int MAX = 200;

  /** Shorter values count only where they stand alone: they would match ordinary text. */
  private static final int MIN_PART = 8;

  private static final int MAX_DEPTH = 64;
  private static final String SESSION = "Mcp-Session-Id";

  /** Members whose value only the target knows. */
  private static final Set<String> MEMBERS =
      Set.of("nextCursor", "requestState", "taskId", "elicitationId");

  /** Where a carried value stands. */
  public enum Place {
    /** A header of the response. */
    HEADER,
    /** A string member of a message, at any depth. */
    MEMBER,
    /** The id of an event. */
    EVENT
  }

  /** What later exchanges repeat of earlier ones, each value once. */
  static List<Carried> in(Recording recording) {
    List<Carried> carried = new ArrayList<>();
    Set<String> known = new HashSet<>();
    List<Exchange> exchanges = Steps.inOrder(recording).stream().map(Steps.Step::exchange).toList();
    for (int i = 0; i < exchanges.size(); i++) {
      List<Exchange> later = exchanges.subList(i + 1, exchanges.size());
      for (Carried source : sources(exchanges.get(i))) {
        boolean used =
            recording.facts().containsValue(source.value())
                || later.stream().anyMatch(e -> source.isIn(e.sent()));
        if (used && carried.size() < MAX && known.add(source.value())) {
          carried.add(source);
        }
      }
    }
    return carried;
  }

  private static List<Carried> sources(Exchange exchange) {
    List<Carried> found = new ArrayList<>();
    List<String> sessions = exchange.headers(SESSION);
    for (int i = 0; i < sessions.size(); i++) {
      found.add(new Carried(exchange.label(), Place.HEADER, SESSION, i, sessions.get(i)));
    }
    List<String> events = eventIds(exchange);
    for (int i = 0; i < events.size(); i++) {
      found.add(new Carried(exchange.label(), Place.EVENT, "", i, events.get(i)));
    }
    for (String member : MEMBERS.stream().sorted().toList()) {
      List<String> values = members(exchange, member);
      for (int i = 0; i < values.size(); i++) {
        found.add(new Carried(exchange.label(), Place.MEMBER, member, i, values.get(i)));
      }
    }
    found.removeIf(source -> source.value().isEmpty());
    return found;
  }

  private static List<String> eventIds(Exchange exchange) {
    return exchange.received() instanceof Inbound.HttpResponse response
        ? response.events().stream().map(SseEvent::id).filter(id -> !id.isEmpty()).toList()
        : List.of();
  }

  private static List<String> members(Exchange exchange, String name) {
    List<String> values = new ArrayList<>();
    exchange.messages().forEach(message -> collect(message, name, values, 0));
    return values;
  }

  private static void collect(JsonNode node, String name, List<String> values, int depth) {
    if (depth > MAX_DEPTH || values.size() >= MAX) {
      return;
    }
    JsonNode member = node.isObject() ? node.path(name) : null;
    if (member != null && member.isString()) {
      values.add(member.stringValue());
    }
    node.forEach(child -> collect(child, name, values, depth + 1));
  }

  /** The value in another answer to the same request; empty when it is not there. */
  Optional<String> fresh(Exchange exchange) {
    List<String> values =
        switch (place) {
          case HEADER -> exchange.headers(name);
          case MEMBER -> members(exchange, name);
          case EVENT -> eventIds(exchange);
        };
    return index < values.size() ? Optional.of(values.get(index)) : Optional.empty();
  }

  private boolean isIn(Outbound sent) {
    return switch (sent) {
      case Outbound.HttpRequest request ->
          isPart(request.target())
              || request.headers().stream().anyMatch(h -> isValue(h.value()))
              || isInText(request.body().text());
      case Outbound.Line line -> isInText(line.bytes().text());
      case Outbound.Raw raw -> isInText(raw.bytes().text());
      case Outbound.Listening listening -> false;
    };
  }

  private boolean isPart(String text) {
    return value.length() >= MIN_PART && text.contains(value);
  }

  private boolean isValue(String text) {
    return text.equals(value) || isPart(text);
  }

  private boolean isInText(String json) {
    return isPart(json) || json.contains(quoted(value));
  }

  /** The header's value, or request target, with the fresh value. */
  String put(String text, String fresh) {
    return text.equals(value) ? fresh : isPart(text) ? text.replace(value, fresh) : text;
  }

  /** The JSON text with the fresh value. */
  String putInText(String json, String fresh) {
    String put = json.replace(quoted(value), quoted(fresh));
    return isPart(put) ? put.replace(value, inner(fresh)) : put;
  }

  /** As it stands in JSON text, with its quotes. */
  static String quoted(String value) {
    return Messages.NODES.stringNode(value).toString();
  }

  static String inner(String value) {
    String quoted = quoted(value);
    return quoted.substring(1, quoted.length() - 1);
  }

  /** Whether it can stand alone only. */
  boolean isShort() {
    return value.length() < MIN_PART;
  }
}
