package dev.plumbline.conformance.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.conformance.target.HeaderTemplate;
import dev.plumbline.conformance.target.Target;
import dev.plumbline.conformance.target.Targets;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.RawServer;
import dev.plumbline.conformance.wire.StdioChild;
import dev.plumbline.evidence.model.Consent;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.TargetException;
import dev.plumbline.evidence.model.Transport;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Execution(ExecutionMode.CONCURRENT)
class ProbeTest {
  @TempDir Path folder;

  private ProbeReport probe(Target target) throws Exception {
    try (target) {
      return new Probe(new ProbeOptions(Set.of("told"), 7))
          .run(target, folder.resolve("probe.json"));
    }
  }

  private ProbeReport url(RawServer server) throws Exception {
    return probe(Targets.url(server.url(), List.of()));
  }

  private ProbeReport command(String... command) throws Exception {
    return probe(Targets.command(List.of(command)));
  }

  /** A server that answers by method; what it does not know is -32601 with this status. */
  private static RawServer serving(String unknownStatus, Map<String, String> results)
      throws IOException {
    return RawServer.start(
        peer -> {
          String request;
          while ((request = peer.readRequest()) != null) {
            String body = request.substring(request.indexOf("\r\n\r\n") + 4);
            var message = Messages.parse(body).orElseGet(Messages::object);
            String id = message.path("id").toString();
            String result = results.get(message.path("method").asString(""));
            if (!message.has("id")) {
              peer.write("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n");
            } else if (result == null) {
              peer.write(
                  RawServer.response(
                      unknownStatus,
                      "application/json",
                      "{\"jsonrpc\":\"2.0\",\"id\":"
                          + id
                          + ",\"error\":{\"code\":-32601,\"message\":\"no\"}}"));
            } else {
              peer.write(
                  RawServer.json(
                      "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":" + result + "}"));
            }
          }
        });
  }

  private static final String INITIALIZED =
      "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"tools\":{},"
          + "\"resources\":{\"subscribe\":false}},"
          + "\"serverInfo\":{\"name\":\"tiny\",\"version\":\"1.2\"}}";
  private static final String DISCOVERED =
      "{\"resultType\":\"complete\",\"supportedVersions\":[\"2025-11-25\",\"2026-07-28\"],"
          + "\"capabilities\":{\"tools\":{}},\"_meta\":{"
          + "\"io.modelcontextprotocol/serverInfo\":{\"name\":\"tiny\",\"version\":\"1.2\"}}}";
  private static final String TOOLS =
      "{\"tools\":[{\"name\":\"wipe\",\"inputSchema\":{\"type\":\"object\"}},"
          + "{\"name\":\"add\",\"inputSchema\":{\"type\":\"object\"},"
          + "\"annotations\":{\"destructiveHint\":false}},"
          + "{\"name\":\"told\",\"inputSchema\":{\"type\":\"object\",\"required\":[\"x\"]}}]}";

  @Test
  void findsAServerOfTheHandshakeEra() throws Exception {
    try (RawServer server =
        serving("200 OK", Map.of("initialize", INITIALIZED, "tools/list", TOOLS))) {
      ProbeReport report = url(server);
      assertThat(report.name()).isEqualTo("tiny");
      assertThat(report.eras()).hasSize(1);
      EraProbe era = report.era(Era.HANDSHAKE, Transport.HTTP).orElseThrow();
      assertThat(era.revisions()).containsExactly("2025-11-25");
      assertThat(era.declares("tools")).isTrue();
      assertThat(era.declares("resources.subscribe")).isFalse();
      assertThat(era.declares("prompts")).isFalse();
      assertThat(era.notes()).anyMatch(note -> note.startsWith("resources/list got no result"));
      assertThat(ProbeReport.read(folder.resolve("probe.json"))).isEqualTo(report);
    }
  }

  @Test
  void findsBothErasOnOneEndpoint() throws Exception {
    Map<String, String> results =
        Map.of("initialize", INITIALIZED, "server/discover", DISCOVERED, "tools/list", TOOLS);
    try (RawServer server = serving("404 Not Found", results)) {
      ProbeReport report = url(server);
      assertThat(report.eras())
          .extracting(EraProbe::era)
          .containsExactly(Era.STATELESS, Era.HANDSHAKE);
      assertThat(report.eras().getFirst().revisions()).containsExactly("2026-07-28");
    }
  }

  @Test
  void findsAServerOfTheStatelessEra() throws Exception {
    try (RawServer server = serving("404 Not Found", Map.of("server/discover", DISCOVERED))) {
      assertThat(url(server).eras()).extracting(EraProbe::era).containsExactly(Era.STATELESS);
    }
  }

  @Test
  void callsOnlyToolsTheConsentCovers() throws Exception {
    try (RawServer server =
        serving("200 OK", Map.of("initialize", INITIALIZED, "tools/list", TOOLS))) {
      EraProbe era = url(server).eras().getFirst();
      assertThat(era.callableTool(Consent.READ_ONLY).orElseThrow().tool().name()).isEqualTo("told");
      assertThat(era.tools())
          .extracting(ToolInfo::needs)
          .containsExactly(Consent.DESTRUCTIVE, Consent.CREATES, Consent.READ_ONLY);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 OK|text/html|<html>Hello</html>|is a web page, not MCP",
        "404 Not Found|text/plain|nothing here|answers 404: there is no MCP endpoint",
        "401 Unauthorized|application/json|{}|--header 'Authorization: Bearer ${TOKEN}'",
        "403 Forbidden|text/plain|go away|--header",
        "301 Moved|text/plain|there|redirects to",
        "200 OK|application/json|{}|does not answer initialize as MCP asks (status 200, {})",
        "500 Oops|text/plain|oops|status 500, oops"
      })
  void saysInOneLineWhatIsNotMcp(String status, String type, String body, String expected)
      throws Exception {
    try (RawServer server = RawServer.answering(RawServer.response(status, type, body))) {
      assertThatThrownBy(() -> url(server))
          .isInstanceOf(TargetException.class)
          .hasMessageContaining(expected)
          .hasMessageContaining(server.url().toString())
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void doesNotShowTheCredentialThatIsEchoed() throws Exception {
    HeaderTemplate header = HeaderTemplate.parse("X-Key: ${K}", Map.of("K", "hush-hush"));
    try (RawServer server =
        RawServer.answering(RawServer.response("500 Oops", "text/plain", "bad key hush-hush"))) {
      assertThatThrownBy(() -> probe(Targets.url(server.url(), List.of(header))))
          .isInstanceOf(TargetException.class)
          .hasMessageContaining("[redacted]")
          .hasMessageNotContaining("hush");
    }
  }

  @Test
  void endsQuicklyOnServersThatRefuseCloseOrAreNotThere() throws Exception {
    String refusal =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32000,\"message\":\"never\"}}";
    try (RawServer refusing =
            RawServer.answering(RawServer.response("400 Bad", "application/json", refusal));
        RawServer closing = RawServer.start(peer -> {});
        RawServer garbled = RawServer.answering("SSH-2.0\r\n\r\n")) {
      assertThatThrownBy(() -> url(refusing)).hasMessageContaining("never");
      assertThatThrownBy(() -> url(closing)).hasMessageContaining("closes the connection");
      assertThatThrownBy(() -> url(garbled)).hasMessageContaining("does not speak HTTP/1.1");
      URI nobody = URI.create("http://127.0.0.1:1/mcp");
      assertThatThrownBy(() -> probe(Targets.url(nobody, List.of())))
          .isInstanceOf(TargetException.class)
          .hasMessageContaining("connection refused; check that the server runs");
    }
  }

  @Test
  void givesUpOnAServerThatNeverAnswers() throws Exception {
    try (RawServer server = RawServer.start(RawServer.Peer::awaitClose)) {
      assertThatThrownBy(() -> url(server))
          .isInstanceOf(TargetException.class)
          .hasMessageContaining("did not answer within");
    }
  }

  @Test
  void saysHowACommandFailed() throws Exception {
    assertThatThrownBy(() -> command("no-such-command-anywhere"))
        .isInstanceOf(TargetException.class)
        .hasMessageContaining("was not found on PATH");
    assertThatThrownBy(() -> command("./no/such/file"))
        .isInstanceOf(TargetException.class)
        .hasMessageContaining("does not exist");
    assertThatThrownBy(() -> command(folder.toString()))
        .isInstanceOf(TargetException.class)
        .hasMessageContaining("is not executable");
    assertThatThrownBy(() -> probe(Targets.command(StdioChild.command("exits"))))
        .isInstanceOf(TargetException.class)
        .hasMessageEndingWith("ended with exit code 3: no database configured");
  }

  @Test
  void tellsACommandThatOnlyPrintsGarbage() {
    assertThatThrownBy(() -> probe(Targets.command(StdioChild.command("prints-only-garbage"))))
        .isInstanceOf(TargetException.class)
        .hasMessageContaining("not MCP, the first is 'Welcome to the best server!'");
  }

  @Test
  void judgesACommandThatPrintsGarbageButSpeaksMcp() throws Exception {
    ProbeReport report = probe(Targets.command(StdioChild.command("garbage-first")));
    assertThat(report.name()).isEqualTo("child");
    assertThat(report.eras()).extracting(EraProbe::era).containsExactly(Era.HANDSHAKE);
    assertThat(Files.exists(folder.resolve("probe.json"))).isTrue();
  }

  @Test
  void findsBothErasOfAProcessThatStartsSlowly() throws Exception {
    ProbeReport report = command(StdioChild.command("slow-in-both-eras").toArray(String[]::new));

    assertThat(report.eras())
        .extracting(EraProbe::era)
        .containsExactlyInAnyOrder(Era.STATELESS, Era.HANDSHAKE);
  }

  @Test
  void waitsLongerForAProcessThatStartsEvenSlowerTheSecondTime() throws Exception {
    String[] command =
        StdioChild.command("slower-the-second-time", folder.resolve("started").toString())
            .toArray(String[]::new);
    ProbeReport report = command(command);

    assertThat(report.eras())
        .extracting(EraProbe::era)
        .containsExactly(Era.STATELESS, Era.HANDSHAKE);
    assertThat(report.silences()).isEmpty();
  }

  @Test
  void doesNotTakeSilenceForARefusal() throws Exception {
    ProbeReport report = command(StdioChild.command("deaf-to-initialize").toArray(String[]::new));

    assertThat(report.eras()).extracting(EraProbe::era).containsExactly(Era.STATELESS);
    assertThat(report.silences())
        .singleElement()
        .satisfies(
            silence -> {
              assertThat(silence.era()).isEqualTo(Era.HANDSHAKE);
              assertThat(silence.text()).startsWith("initialize was not answered within ");
            });
  }
}
