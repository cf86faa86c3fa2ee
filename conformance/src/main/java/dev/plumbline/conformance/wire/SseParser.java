package dev.plumbline.conformance.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Parses a server-sent event stream piece by piece (HTML Living Standard §9.2.6). Unlike a browser
 * it also hands on events that carry only an id, a type or a retry time: they are evidence.
 */
final class SseParser {
  private final LongSupplier clock;
  private final Consumer<SseEvent> sink;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final StringBuilder data = new StringBuilder();
  private boolean afterCarriageReturn;
  private boolean firstLine = true;
  private boolean anyField;
  private boolean anyData;
  private String event = "";
  private String id = "";
  private long retry = -1;

  /**
   * @param clock tells the time an event is complete
   * @param sink gets each event
   */
  SseParser(LongSupplier clock, Consumer<SseEvent> sink) {
    this.clock = clock;
    this.sink = sink;
  }

  void feed(byte[] bytes, int count) {
    for (int i = 0; i < count; i++) {
      byte b = bytes[i];
      if (b == '\n' && afterCarriageReturn) {
        afterCarriageReturn = false;
        continue;
      }
      afterCarriageReturn = b == '\r';
      if (b == '\n' || b == '\r') {
        endOfLine();
      } else {
        line.write(b);
      }
    }
  }

  private void endOfLine() {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    if (firstLine && text.startsWith("\ufeff")) {
      text = text.substring(1);
    }
    firstLine = false;
    if (text.isEmpty()) {
      dispatch();
    } else if (text.charAt(0) != ':') {
      int colon = text.indexOf(':');
      String name = colon < 0 ? text : text.substring(0, colon);
      String value = colon < 0 ? "" : text.substring(colon + 1);
      field(name, value.startsWith(" ") ? value.substring(1) : value);
    }
  }

  private void field(String name, String value) {
    switch (name) {
      case "event" -> event = value;
      case "id" -> id = value;
      case "data" -> {
        if (anyData) {
          data.append('\n');
        }
        data.append(value);
        anyData = true;
      }
      case "retry" -> {
        if (!value.isEmpty()
            && value.length() <= 18
            && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
          retry = Long.parseLong(value);
        }
      }
      default -> {
        return;
      }
    }
    anyField = true;
  }

  private void dispatch() {
    if (anyField) {
      sink.accept(new SseEvent(event, id, data.toString(), retry, clock.getAsLong()));
    }
    data.setLength(0);
    anyData = false;
    anyField = false;
    event = "";
    id = "";
    retry = -1;
  }
}
