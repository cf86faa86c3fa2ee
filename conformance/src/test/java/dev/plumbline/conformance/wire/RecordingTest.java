package dev.plumbline.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.Transport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {
  private static final String TOKEN = "tok/en \"42\"";

  @TempDir Path folder;

  private static Exchange exchange(Outbound sent, Inbound received) {
    return new Exchange("x", Transport.HTTP, sent, received, End.COMPLETE, 1, 2, 3);
  }

  private static Recording everything() {
    Bytes binary = Bytes.of(new byte[] {(byte) 0xff, 0, 7});
    List<Header> headers = List.of(new Header("A", "1"), new Header("a", "2"));
    Outbound request = new Outbound.HttpRequest("POST", "/", headers, binary);
    Inbound response =
        new Inbound.HttpResponse(
            200, "OK", headers, Bytes.text("é"), List.of(new SseEvent("", "i", "d", -1, 5)));
    Inbound lines = new Inbound.Lines(List.of(new Line(binary, 9)), Bytes.EMPTY);
    return new Recording(
        "TOOL-001",
        Era.HANDSHAKE,
        Transport.HTTP,
        List.of(
            exchange(request, response),
            exchange(new Outbound.Line(binary), lines),
            exchange(new Outbound.Raw(binary), new Inbound.Unparsed(binary, "why")),
            exchange(new Outbound.Listening(), new Inbound.Nothing())),
        Map.of("b", "2", "a", "1"));
  }

  @Test
  void survivesTheRoundTripThroughAFile() throws IOException {
    Path file = folder.resolve("r.json");
    everything().write(file);
    assertThat(Recording.read(file)).isEqualTo(everything());
  }

  @Test
  void refusesAFileThatLostItsEndOrAnExchange() throws IOException {
    Path file = folder.resolve("r.json");
    String whole = Json.write(everything());
    for (int cut : List.of(1, 20, whole.length() / 2, whole.length() - 10)) {
      Files.writeString(file, whole.substring(0, cut));
      assertThatThrownBy(() -> Recording.read(file))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("r.json: ");
    }
    Files.writeString(file, whole.replace("\"count\" : 4", "\"count\" : 5"));
    assertThatThrownBy(() -> Recording.read(file)).hasMessageContaining("sealed with 5");
    Files.writeString(file, whole.replaceAll(",\\s+\"count\" : 4", ""));
    assertThatThrownBy(() -> Recording.read(file)).isInstanceOf(IOException.class);
  }

  @Test
  void neverHoldsACredentialNotEvenWhereItIsEchoed() throws Exception {
    String event = Messages.object().put("echo", TOKEN).toString();
    RawServer.Behaviour echo =
        peer -> {
          peer.readRequest();
          peer.write(
              "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nX-Echo: Bearer "
                  + TOKEN
                  + "\r\nTransfer-Encoding: chunked\r\n\r\n");
          peer.chunk("data: " + event.substring(0, 12));
          peer.chunk(event.substring(12) + "\n\n");
          peer.write("0\r\n\r\n");
        };
    Redactor redactor = new Redactor(List.of("authorization"), List.of(TOKEN, "Bearer " + TOKEN));
    Path file = folder.resolve("r.json");
    try (RawServer server = RawServer.start(echo);
        HttpConversation talk =
            new HttpConversation(
                Era.HANDSHAKE,
                server.url(),
                Optional.empty(),
                List.of(new Header("Authorization", "Bearer " + TOKEN)),
                new Recorder(),
                redactor)) {
      talk.send("ping", talk.draft("ping"));
      talk.recording("x", Map.of()).write(file);
      assertThat(server.requests().getFirst()).contains("Authorization: Bearer " + TOKEN);
    }
    assertThat(Files.readString(file, StandardCharsets.UTF_8))
        .contains(Redactor.BLOT)
        .doesNotContain("tok", "42\\\"");
  }

  @Test
  void blotsOutEveryForm() {
    Redactor redactor = new Redactor(List.of("X-Key"), List.of("s3cr/et=="));
    assertThat(redactor.text("a s3cr/et== b s3cr\\/et== c s3cr%2Fet%3D%3D d czNjci9ldD09"))
        .isEqualTo("a [redacted] b [redacted] c [redacted] d [redacted]");
  }
}
