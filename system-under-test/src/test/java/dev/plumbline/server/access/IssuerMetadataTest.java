package dev.plumbline.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.server.ServerContext;
import dev.plumbline.server.ServerCore;
import dev.plumbline.server.config.AuthorizationSettings;
import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.feature.ServerCard;
import dev.plumbline.server.fixture.DemoCatalog;
import dev.plumbline.server.mutant.Issuer;
import dev.plumbline.server.support.RawConnection.Response;
import dev.plumbline.server.support.TestServer;
import dev.plumbline.server.transport.HttpSetup;
import dev.plumbline.server.transport.Network;
import java.io.IOException;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IssuerMetadataTest {
  private static TestServer server(AuthorizationSettings settings) throws IOException {
    return new TestServer(
        new ServerCore(
            DemoCatalog.server(new ServerCard("test", "Test", "1", "For tests.")),
            ServerContext.of(ServerConfig.standard().withAuthorization(settings)),
            UnaryOperator.identity()),
        new Network.Listeners(0, HttpSetup.PLAIN, OptionalInt.empty()));
  }

  private static Response asked(TestServer server, String line) {
    return server.raw(line + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }

  @Test
  void areThereForEverybodyAtTheRoot() throws IOException {
    try (TestServer server = server(new Issuer().settings())) {
      Response document = asked(server, "GET " + IssuerMetadata.WELL_KNOWN);
      assertThat(document.status()).isEqualTo(200);
      assertThat(document.json().path("issuer").asString("")).isEqualTo(Issuer.NAME);
      assertThat(document.json().path("token_endpoint").asString("")).startsWith(Issuer.NAME);
      assertThat(asked(server, "DELETE " + IssuerMetadata.WELL_KNOWN).status()).isEqualTo(405);
      assertThat(asked(server, "GET " + IssuerMetadata.WELL_KNOWN + "/mcp").status())
          .isEqualTo(404);
    }
  }

  @Test
  void areNotThereUntilTheSettingsNameThem() throws IOException {
    AuthorizationSettings named = new Issuer().settings();
    AuthorizationSettings unnamed =
        new AuthorizationSettings(
            named.issuer(),
            named.keys(),
            named.resource(),
            named.servers(),
            named.scopes(),
            named.features(),
            AuthorizationSettings.NONE,
            named.leeway());
    try (TestServer server = server(unnamed)) {
      assertThat(asked(server, "GET " + IssuerMetadata.WELL_KNOWN).status()).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"no json", "[]", "{}", "{\"issuer\":\"https://elsewhere.invalid\"}"})
  void areRefusedWhenTheyAreThoseOfSomebodyElse(String json) {
    assertThatThrownBy(() -> IssuerMetadata.parse(json, Issuer.NAME))
        .isInstanceOf(UnusableFileException.class);
  }

  @Test
  void areMissedByTheNameOfTheirSetting() {
    assertThatThrownBy(() -> IssuerMetadata.read("no/such/file", Issuer.NAME))
        .isInstanceOf(UnusableFileException.class)
        .hasMessage("authorization.issuerMetadata: cannot read no/such/file");
  }
}
