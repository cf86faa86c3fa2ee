package dev.plumbline.server.control.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.config.SwitchSettings;
import dev.plumbline.server.support.ControlClient;
import dev.plumbline.server.support.RawConnection;
import dev.plumbline.server.support.RawConnection.Response;
import dev.plumbline.server.support.TestServer;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {
  private static final String SECRET = "a-token-of-the-operator";
  private static final Set<String> OPEN =
      Set.of("/", "/livez", "/readyz", "/startupz", "/health", "/ready");

  private final TestServer server = new TestServer();
  private ControlPort port;
  private ControlClient client;

  @BeforeEach
  void open() throws IOException {
    server
        .core()
        .control()
        .actions()
        .add(
            new Action(
                "POST", "/experiments/{name}/run", true, ask -> Told.text(200, ask.var("name"))));
    port = port(true);
    client = new ControlClient(port.port(), SECRET);
  }

  private ControlPort port(boolean failpoints) throws IOException {
    return new ControlPort(
        new ControlSetup(InetAddress.getLoopbackAddress(), 0, Token.given(SECRET), failpoints),
        server.core().control().face());
  }

  @AfterEach
  void close() {
    port.close();
    server.close();
  }

  /** Every route, every section, and the stream; open places filled with something. */
  private List<String[]> everything() {
    List<String[]> all = new ArrayList<>();
    for (Route route : port.routes()) {
      String path = "/" + String.join("/", route.pattern()).replaceAll("\\{.*?}", "x");
      all.add(new String[] {route.method(), path});
    }
    for (String section : server.core().context().telemetry().introspection().names()) {
      all.add(new String[] {"GET", "/" + section});
      all.add(new String[] {"GET", "/" + section + "/x"});
    }
    all.add(new String[] {"GET", "/events"});
    all.add(new String[] {"GET", "/nothing/at/all"});
    return all;
  }

  @Test
  void onlyProbesAndTheEmptyPageAreOpen() {
    for (String[] one : everything()) {
      Response without = client.ask(one[0], one[1], "", "Host: localhost");
      if (one[0].equals("GET") && OPEN.contains(one[1])) {
        assertThat(without.status()).as(one[1]).isEqualTo(200);
      } else {
        assertThat(without.status()).as(String.join(" ", one)).isEqualTo(401);
        assertThat(without.headers().get("www-authenticate"))
            .isEqualTo("Bearer realm=\"plumbline-control\"");
        assertThat(without.json().path("error").path("code").asString()).isEqualTo("unauthorized");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer",
        "Bearer ",
        "Bearer a-token-of-the-operato",
        "Bearer a-token-of-the-operatorr",
        "Bearer A-TOKEN-OF-THE-OPERATOR",
        "Basic a-token-of-the-operator",
        "a-token-of-the-operator",
        "Bearer a-token-of-the-operator, Bearer a-token-of-the-operator"
      })
  void aWrongTokenOpensNothing(String authorization) {
    for (String[] one : everything()) {
      if (!OPEN.contains(one[1])) {
        Response response =
            client.ask(one[0], one[1], "", "Host: localhost", "Authorization: " + authorization);
        assertThat(response.status()).as(String.join(" ", one)).isEqualTo(401);
        assertThat(response.body()).doesNotContain(SECRET);
      }
    }
  }

  @Test
  void theSchemeIsNamedInAnyCaseAndTheTokenOnce() {
    assertThat(
            client
                .ask("GET", "/sections", "", "Host: localhost", "authorization: bEaReR " + SECRET)
                .status())
        .isEqualTo(200);
    String line = "Authorization: Bearer " + SECRET;
    assertThat(client.ask("GET", "/sections", "", "Host: localhost", line, line).status())
        .isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"evil.example", "evil.example:80", "localhost.evil.example", "a@localhost", ""})
  void aForeignHostIsRefusedEverywhere(String host) {
    for (String path : List.of("/livez", "/health", "/", "/sections", "/events")) {
      Response response =
          client.ask("GET", path, "", "Host: " + host, "Authorization: Bearer " + SECRET);
      assertThat(response.status()).as(path).isEqualTo(403);
    }
  }

  @Test
  void exactlyOneHostIsNeeded() {
    assertThat(client.ask("GET", "/livez", "").status()).isEqualTo(200);
    assertThat(client.ask("GET", "/livez", "", new String[0]).status()).isEqualTo(400);
    assertThat(client.ask("GET", "/livez", "", "Host: localhost", "Host: localhost").status())
        .isEqualTo(400);
    for (String host : List.of("127.0.0.1:1", "[::1]", "10.0.0.7:8932", "LOCALHOST")) {
      assertThat(client.ask("GET", "/livez", "", "Host: " + host).status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://evil.example", "null", "http://localhost:1", "https://localhost:8932"})
  void aPageOfAnotherOriginIsRefused(String origin) {
    for (String[] one : everything()) {
      Response response =
          client.ask(
              one[0],
              one[1],
              "",
              "Host: localhost:8932",
              "Origin: " + origin,
              "Authorization: Bearer " + SECRET);
      assertThat(response.status()).as(String.join(" ", one)).isEqualTo(403);
    }
  }

  @Test
  void ourOwnPageIsServed() {
    assertThat(
            client
                .ask(
                    "GET",
                    "/sections",
                    "",
                    "Host: localhost:8932",
                    "Origin: http://localhost:8932",
                    "Authorization: Bearer " + SECRET)
                .status())
        .isEqualTo(200);
  }

  @Test
  void whatBreaksThingsIsOfferedOnlyWhenAsked() throws IOException {
    assertThat(client.ask("POST", "/experiments/d/run", "").body()).isEqualTo("d");
    try (ControlPort careful = port(false)) {
      ControlClient other = new ControlClient(careful.port(), SECRET);
      assertThat(other.ask("POST", "/experiments/d/run", "").status()).isEqualTo(404);
    }
  }

  @Test
  void switchedOffOnlyLivenessAndTheWayBackAnswer() {
    assertThat(client.ask("PUT", "/switches/controlPlane", "{\"on\":false}").status())
        .isEqualTo(200);
    for (String[] one : everything()) {
      Response response = client.ask(one[0], one[1], "");
      int expected =
          switch (one[0] + " " + one[1]) {
            case "GET /livez" -> 200;
            case "PUT /switches/controlPlane" -> 400;
            default -> 503;
          };
      assertThat(response.status()).as(String.join(" ", one)).isEqualTo(expected);
    }
    assertThat(
            client
                .ask("PUT", "/switches/controlPlane", "{\"on\":true}", "Host: localhost")
                .status())
        .isEqualTo(401);
    assertThat(client.ask("PUT", "/switches/controlPlane", "{\"on\":true}").status())
        .isEqualTo(200);
    assertThat(client.get("/readyz").status()).isEqualTo(200);
    assertThat(server.core().context().config().get().switches())
        .isEqualTo(new SwitchSettings(true, true, true));
  }

  @Test
  void wrongMethodsAndPathsSaySo() {
    Response wrong = client.ask("DELETE", "/health", "");
    assertThat(wrong.status()).isEqualTo(405);
    assertThat(wrong.headers()).containsEntry("allow", "GET");
    assertThat(client.ask("POST", "/queues", "").headers()).containsEntry("allow", "GET");
    assertThat(client.get("/breakers/none").status()).isEqualTo(404);
    assertThat(client.get("/nothing").status()).isEqualTo(404);
    assertThat(client.get("/sections/").status()).isEqualTo(404);
    assertThat(client.get("//").status()).isEqualTo(404);
    assertThat(client.get("/%zz").status()).isEqualTo(400);
    assertThat(client.get("/config/../sections").status()).isEqualTo(404);
  }

  @Test
  void itsBoundsHold() throws IOException {
    assertThat(client.get("/" + "x".repeat(5_000)).status()).isEqualTo(400);
    assertThat(
            client.ask("GET", "/livez", "", "Host: localhost", "X: " + "x".repeat(9_000)).status())
        .isEqualTo(400);
    Response large =
        client.ask("POST", "/config/validate", "#".repeat(ControlPort.MAX_BODY_BYTES + 1));
    assertThat(large.status()).isEqualTo(413);
    assertThat(large.json().path("error").path("code").asString()).isEqualTo("too_long");
    assertThat(large.json().path("error").path("message").asString()).contains("65536 bytes");
    assertThat(client.ask("POST", "/config/validate", "#" + "x".repeat(1_000)).status())
        .isEqualTo(200);
    List<RawConnection> held = new ArrayList<>();
    try {
      for (int i = 0; i < ControlPort.MAX_CONNECTIONS; i++) {
        RawConnection connection = new RawConnection(port.port());
        held.add(connection);
        connection.send(ControlClient.request("GET", "/livez", "", "Host: localhost"));
        assertThat(connection.read().status()).isEqualTo(200);
      }
      assertThat(client.get("/livez").status())
          .as("whoever waited longest gives way")
          .isEqualTo(200);
      assertThat(held.getFirst().ended()).isTrue();
    } finally {
      close(held);
    }
  }

  private static void close(List<RawConnection> held) throws IOException {
    for (RawConnection connection : held) {
      connection.close();
    }
  }

  @Test
  void probesAreAnsweredBesideIdleConnectionsAndStreams() throws IOException {
    List<RawConnection> held = new ArrayList<>();
    String events =
        ControlClient.request(
            "GET", "/events", "", "Host: localhost", "Authorization: Bearer " + SECRET);
    try {
      for (int i = 0; i < 300; i++) {
        held.add(new RawConnection(port.port()));
        held.add(new RawConnection(port.port()).send(events));
        assertThat(client.ask("GET", "/livez", "", "Host: localhost").status()).isEqualTo(200);
      }
      assertThat(client.get("/sections").status()).isEqualTo(200);
    } finally {
      close(held);
    }
  }

  @Test
  void aStreamOfEventsHasNoDeadlineAndSilenceHas() {
    EmbeddedChannel stream = admitted();
    String events =
        ControlClient.request(
            "GET", "/events", "", "Host: localhost", "Authorization: Bearer " + SECRET);
    stream.writeInbound(Unpooled.copiedBuffer(events, StandardCharsets.US_ASCII));
    EmbeddedChannel silent = admitted();
    for (EmbeddedChannel each : List.of(stream, silent)) {
      each.advanceTimeBy(1, TimeUnit.HOURS);
      each.runPendingTasks();
    }
    assertThat(silent.isOpen()).isFalse();
    assertThat(stream.isOpen()).isTrue();
    assertThat(stream.close().isSuccess()).isTrue();
  }

  private EmbeddedChannel admitted() {
    EmbeddedChannel channel =
        new EmbeddedChannel() {
          @Override
          protected SocketAddress remoteAddress0() {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
          }
        };
    channel.freezeTime();
    port.admit(channel);
    return channel;
  }

  @Test
  void whoProbesWithTheTokenIsNoStranger() throws IOException {
    String probe =
        ControlClient.request(
            "GET", "/livez", "", "Host: localhost", "Authorization: Bearer " + SECRET);
    List<RawConnection> held = new ArrayList<>();
    try (RawConnection known = new RawConnection(port.port())) {
      assertThat(known.send(probe).read().status()).isEqualTo(200);
      for (int i = 0; i < ControlPort.MAX_CONNECTIONS; i++) {
        held.add(new RawConnection(port.port()));
      }
      assertThat(client.ask("GET", "/livez", "", "Host: localhost").status()).isEqualTo(200);
      assertThat(known.send(probe).read().status()).as("strangers give way first").isEqualTo(200);
    } finally {
      close(held);
    }
  }

  @Test
  void headIsAnsweredAsGetIsWithoutABody() throws IOException {
    String[] lines = {"Host: localhost"};
    try (RawConnection connection = new RawConnection(port.port())) {
      connection.send(
          ControlClient.request("HEAD", "/livez", "", lines)
              + ControlClient.request("HEAD", "/sections", "", lines)
              + ControlClient.request("GET", "/livez", "", lines));
      Response probe = connection.readHead();
      assertThat(probe.status()).isEqualTo(200);
      assertThat(probe.headers()).containsEntry("content-length", "2");
      assertThat(connection.readHead().status()).isEqualTo(401);
      assertThat(connection.read().body()).isEqualTo("ok");
    }
  }

  @Test
  void requestsOnOneConnectionAreAnsweredInTheirOrder() throws IOException {
    try (RawConnection connection = new RawConnection(port.port())) {
      String[] lines = {"Host: localhost", "Authorization: Bearer " + SECRET};
      connection.send(
          ControlClient.request("GET", "/sections", "", lines)
              + ControlClient.request("GET", "/livez", "", lines)
              + ControlClient.request("GET", "/nothing", "", lines));
      assertThat(connection.read().body()).startsWith("[");
      assertThat(connection.read().body()).isEqualTo("ok");
      assertThat(connection.read().status()).isEqualTo(404);
    }
  }

  @Test
  void aTokenIsLongEnoughAndFitsAHeader() {
    for (String bad :
        List.of("", "short", "x".repeat(600), "with spaces in it, long", "umläute-umläute-")) {
      assertThat(
              Optional.ofNullable(
                  org.assertj.core.api.Assertions.catchThrowable(() -> Token.given(bad))))
          .get()
          .isInstanceOf(IllegalArgumentException.class)
          .extracting(Throwable::getMessage)
          .asString()
          .contains("16 to 512");
    }
    assertThat(Token.made().secret()).hasSize(43).isNotEqualTo(Token.made().secret());
    assertThat(Token.given(SECRET)).hasToString("Token[given]");
  }
}
