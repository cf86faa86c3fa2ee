package dev.plumbline.server.client.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.server.protocol.JsonLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventStreamTest {
  private static List<EventStream.Event> read(String text) throws IOException {
    EventStream stream =
        new EventStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    List<EventStream.Event> events = new ArrayList<>();
    for (EventStream.Event event = stream.next(); event != null; event = stream.next()) {
      events.add(event);
    }
    return events;
  }

  @Test
  void readsEveryKindOfLineEnd() throws IOException {
    assertThat(read("data: a\n\ndata: b\r\n\r\ndata: c\r\r"))
        .extracting(EventStream.Event::data)
        .containsExactly("a", "b", "c");
  }

  @Test
  void joinsDataLinesAndTakesOneSpaceOff() throws IOException {
    assertThat(read("data:  a\ndata:b\ndata\n\n"))
        .extracting(EventStream.Event::data)
        .containsExactly(" a\nb\n");
  }

  @Test
  void keepsTheIdUntilAnotherComes() throws IOException {
    assertThat(read("id: 1\ndata: a\n\ndata: b\n\nid: 2\ndata:\n\nid\ndata: c\n\n"))
        .extracting(EventStream.Event::id)
        .containsExactly("1", "1", "2", null);
  }

  @Test
  void readsNamesAndReconnectionTimes() throws IOException {
    assertThat(read("event: endpoint\nretry: 500\ndata: x\n\n"))
        .containsExactly(new EventStream.Event("endpoint", "x", null, 500L));
    assertThat(read("retry: soon\ndata: x\n\n").getFirst().retryMillis()).isNull();
  }

  @Test
  void passesOverCommentsUnknownFieldsAndAMark() throws IOException {
    assertThat(read("\uFEFFdata: a\n: keep-alive\n\n: alone\n\nother: x\n\n"))
        .extracting(EventStream.Event::data)
        .containsExactly("a");
  }

  @Test
  void dropsAnEventThatTheEndCutShort() throws IOException {
    assertThat(read("data: a\n\ndata: b\n")).hasSize(1);
  }

  @Test
  void stopsAtAnEventBeyondTheCapWhileReading() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 'x';
          }
        };
    assertThatThrownBy(() -> new EventStream(endless).next())
        .hasMessageContaining("larger than 10 MiB");
  }

  @Test
  void takesAnEventAtTheCap() throws IOException {
    String data = "x".repeat(JsonLimits.MAX_MESSAGE_BYTES - "data:".length());
    assertThat(read("data:" + data + "\n\n").getFirst().data()).hasSize(data.length());
    assertThatThrownBy(() -> read("data:x" + data + "\n\n")).isInstanceOf(IOException.class);
  }
}
