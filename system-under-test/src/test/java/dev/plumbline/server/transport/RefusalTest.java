package dev.plumbline.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.ServerParts;
import dev.plumbline.server.config.Roles;
import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.config.SwitchSettings;
import dev.plumbline.server.limit.CircuitBreaker;
import dev.plumbline.server.limit.RoleLimits;
import dev.plumbline.server.limit.RolePermits;
import dev.plumbline.server.support.MessageWire;
import dev.plumbline.server.support.RawConnection.Response;
import dev.plumbline.server.support.Requests;
import dev.plumbline.server.support.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What a client is told, on every wire, when there is no room for its request (C19). */
class RefusalTest {
  private final TestServer server = TestServer.onEveryWire();
  private final RoleLimits roles = server.core().restraint().roles();

  @AfterEach
  void stop() {
    server.close();
  }

  private static byte[] list(String id) {
    return Requests.modern(id, "tools/list", "").getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @EnumSource(MessageWire.Kind.class)
  void aFullServerSaysSoWithTheIdAndTheNumbersAndServesAgainLater(MessageWire.Kind kind)
      throws Exception {
    try (MessageWire wire = kind.connect(server)) {
      roles.setLimit(Roles.TRANSPORT, 0);
      wire.send(list("\"one\""));
      JsonNode refusal = wire.hear();
      assertThat(refusal.path("id").asString()).isEqualTo("one");
      assertThat(refusal.path("error").toString())
          .isEqualTo(
              "{\"code\":-31429,\"message\":\"Overloaded, try again later\",\"data\":{"
                  + "\"reason\":\"capacity\",\"role\":\"transport\",\"limit\":0,\"depth\":0,"
                  + "\"retryAfterMs\":1000}}");
      roles.setLimit(Roles.TRANSPORT, 64);
      wire.send(list("\"two\""));
      assertThat(wire.hear().path("result").path("tools").isEmpty()).isFalse();
    }
  }

  /** Refusing costs little on every wire: the request is searched for its id, not decoded. */
  @ParameterizedTest
  @EnumSource(MessageWire.Kind.class)
  void whatIsRefusedIsNotDecoded(MessageWire.Kind kind) throws Exception {
    AtomicInteger decoded = new AtomicInteger();
    UnaryOperator<ServerParts> counted =
        parts ->
            new ServerParts(
                parts.headRules(),
                bytes -> {
                  decoded.incrementAndGet();
                  return parts.decoder().decode(bytes);
                },
                parts.admission(),
                parts.selector(),
                parts.handshake(),
                parts.stateless(),
                parts.stdioLines(),
                parts.features());
    try (TestServer counting =
            new TestServer(
                counted,
                64,
                new Network.Listeners(0, HttpSetup.PLAIN.withWebSocket(true), OptionalInt.of(0)));
        MessageWire wire = kind.connect(counting)) {
      RolePermits requests = counting.core().runner().permits();
      requests.setCap(0);
      wire.send(list("\"one\""));
      assertThat(wire.hear().path("id").asString()).isEqualTo("one");
      assertThat(decoded).hasValue(0);
      assertThat(requests.rejected()).isEqualTo(1);
      requests.setCap(64);
      wire.send(list("\"two\""));
      assertThat(wire.hear().path("result").isObject()).isTrue();
      assertThat(decoded).hasValue(1);
    }
  }

  @Test
  void overHttpItIs429WithTheTimeToWait() throws Exception {
    roles.setLimit(Roles.TRANSPORT, 0);
    Response refusal = server.modern("tools/list", "");
    assertThat(refusal.status()).isEqualTo(429);
    assertThat(refusal.headers()).containsEntry("retry-after", "1");
    assertThat(server.post("[]").json().path("id").isMissingNode()).as("no id to echo").isTrue();
  }

  @Test
  void aToolBeyondItsCapIsRefusedInWordsOfItsOwn() throws Exception {
    roles.setLimit(Roles.TOOL_EXECUTOR, 0);
    Response refusal =
        server.modern("tools/call", "\"name\":\"echo\",\"arguments\":{\"text\":\"a\"}");
    assertThat(refusal.status()).isEqualTo(429);
    assertThat(refusal.headers()).containsEntry("retry-after", "1");
    JsonNode error = refusal.json().path("error");
    assertThat(error.path("message").asString()).isEqualTo("Too many concurrent tool executions");
    assertThat(error.path("data").path("role").asString()).isEqualTo("tool_executor");
    assertThat(server.modern("tools/list", "").status()).isEqualTo(200);
  }

  @Test
  void aSessionBeyondTheCapIsRefused() throws Exception {
    roles.setLimit(Roles.SESSION, 0);
    Response refusal = server.post(Requests.initialize("2025-11-25"));
    assertThat(refusal.status()).isEqualTo(429);
    assertThat(refusal.json().path("error").path("data").path("role").asString())
        .isEqualTo("session");
  }

  @Test
  void behindAnOpenBreakerNothingIsTakenOnAndTheWaitIsTold() throws IOException {
    CircuitBreaker breaker = server.core().restraint().breakers().named("role:transport");
    breaker.forceOpen();
    Response refusal = server.modern("tools/list", "");
    assertThat(refusal.status()).isEqualTo(429);
    assertThat(refusal.headers()).containsEntry("retry-after", "30");
    assertThat(refusal.json().path("error").path("data").path("reason").asString())
        .isEqualTo("breaker");
    breaker.reset();
    assertThat(server.modern("tools/list", "").status()).isEqualTo(200);
  }

  @Test
  void withTheLimitsSwitchedOffEverybodyIsServedAndCounted() throws Exception {
    roles.setLimit(Roles.TRANSPORT, 0);
    ServerConfig config = server.core().context().config().get();
    server
        .core()
        .context()
        .config()
        .set(config.withSwitches(new SwitchSettings(true, false, true)));
    assertThat(server.modern("tools/list", "").status()).isEqualTo(200);
    assertThat(roles.role(Roles.TRANSPORT).exceeded()).isPositive();
    assertThat(roles.role(Roles.TRANSPORT).rejected()).isZero();
    server.core().context().config().set(config);
    assertThat(server.modern("tools/list", "").status()).isEqualTo(429);
  }
}
