package dev.plumbline.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plumbline.evidence.model.Era;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StdioConversationTest {
  private static StdioConversation talk(String habit) throws IOException {
    ChildProcess child = ChildProcess.start(StdioChild.command(habit));
    return new StdioConversation(Era.HANDSHAKE, child, new Recorder(), Redactor.NONE);
  }

  @Test
  void opensAndTalks() throws Exception {
    try (StdioConversation talk = talk("lawful")) {
      talk.open();
      assertThat(talk.send("ping", talk.draft("ping")).accepted()).isTrue();
      assertThat(talk.send("odd", talk.draft("what/ever")).errorCode()).hasValue(-32601);
      assertThat(talk.hangUp("end", Duration.ofSeconds(5)).end()).isEqualTo(End.CLOSED);
      assertThat(talk.child().exitCode()).hasValue(0);
    }
  }

  @Test
  void keepsLinesThatAreNotJson() throws Exception {
    try (StdioConversation talk = talk("garbage-first")) {
      talk.open();
      Inbound.Lines lines =
          (Inbound.Lines)
              talk.recording("x", Map.of()).exchange("initialize").orElseThrow().received();
      assertThat(lines.lines()).hasSize(2);
      assertThat(lines.lines().getFirst().bytes().text()).isEqualTo("Starting server on stdio...");
      assertThat(lines.lines().getFirst().json()).isEmpty();
    }
  }

  @Test
  void tellsAStallFromAnExit() throws Exception {
    try (StdioConversation talk = talk("silent")) {
      talk.withoutStartAllowance();
      Draft ping = talk.draft("ping").deadline(Duration.ofMillis(500));
      assertThat(talk.send("ping", ping).end()).isEqualTo(End.TIMED_OUT);
    }
    try (StdioConversation talk = talk("exits")) {
      assertThat(talk.send("ping", talk.draft("ping")).end()).isEqualTo(End.CLOSED);
      assertThat(talk.child().awaitEnd(Duration.ofSeconds(5))).isTrue();
      assertThat(talk.child().exitCode()).hasValue(3);
    }
  }

  @Test
  void cutsAFloodAndEndsTheProcess() throws Exception {
    StdioConversation talk = talk("floods");
    try (talk) {
      Exchange flooded = talk.send("ping", talk.draft("ping"));
      assertThat(flooded.end()).isEqualTo(End.MALFORMED);
      assertThat(((Inbound.Lines) flooded.received()).lines())
          .hasSizeLessThanOrEqualTo(DuplexWire.MAX_LINES + 1);
    }
    await().until(() -> !talk.child().isAlive());
  }

  @Test
  void answersWhatTheProcessAsks() throws Exception {
    try (StdioConversation talk = talk("asks-back")) {
      assertThat(talk.send("ping", talk.draft("ping")).accepted()).isTrue();
      Inbound.Lines again = (Inbound.Lines) talk.send("again", talk.draft("ping")).received();
      Recording recording = talk.recording("x", Map.of());
      assertThat(recording.exchange("answer").orElseThrow().sentText())
          .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"result\":{}}");
      assertThat(recording.exchange("answer-2").orElseThrow().sentText()).contains("-32601");
      // What it says on standard error belongs to the exchange that was under way.
      await()
          .until(
              () ->
                  (again.stderr().text() + talk.child().stderr().text())
                      .contains("\"id\":\"b\",\"error\""));
    }
  }

  @Test
  void listensAfterANotificationWhenAskedTo() throws Exception {
    try (StdioConversation talk = talk("lawful")) {
      talk.open();
      Draft cancelled = talk.notification("notifications/cancelled", Messages.object());
      Exchange heard = talk.send("note", cancelled.deadline(Duration.ofMillis(200)));
      assertThat(heard.end()).isEqualTo(End.COMPLETE);
      assertThat(heard.messages()).isEmpty();
    }
  }

  @Test
  void endsTheWholeFamilyOfAProcessThatStays() throws Exception {
    StdioConversation talk = talk("has-family");
    talk.open();
    await()
        .until(
            () ->
                talk.child().stderr().text().contains("family")
                    || talk.recording("x", Map.of()).exchanges().toString().contains("family"));
    long grandchild =
        ProcessHandle.of(talk.child().pid())
            .orElseThrow()
            .descendants()
            .findFirst()
            .orElseThrow()
            .pid();
    talk.close();
    await().until(() -> !talk.child().isAlive());
    await().until(() -> ProcessHandle.of(grandchild).filter(ProcessHandle::isAlive).isEmpty());
  }
}
