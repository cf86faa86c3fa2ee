package dev.plumbline.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.config.AuthorizationSettings;
import dev.plumbline.server.config.SecuritySettings;
import dev.plumbline.server.config.ServerConfig;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may listen where, without listening. */
class ExposureTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final InetAddress OTHER = InetAddress.ofLiteral("192.0.2.7");

  private static ServerConfig config(boolean asks, boolean requireTls, boolean requireAuth) {
    ServerConfig config =
        ServerConfig.standard()
            .withSecurity(
                new SecuritySettings(
                    requireTls, requireAuth, !(requireTls && requireAuth), SecuritySettings.NONE));
    return asks
        ? config.withAuthorization(
            new AuthorizationSettings(
                "https://issuer.example",
                "keys.json",
                AuthorizationSettings.ENDPOINT,
                AuthorizationSettings.ISSUER,
                AuthorizationSettings.NONE,
                Map.of(),
                AuthorizationSettings.NONE,
                Duration.ofSeconds(5)))
        : config;
  }

  private static String objection(Exposure exposure) {
    return exposure.objection().orElse("");
  }

  private static Exposure http(InetAddress host, ServerConfig config, boolean tls) {
    return Exposure.of(config, host, tls, false, LOOPBACK, false);
  }

  /** What a server has, what is demanded of it, and which demand keeps it from other machines. */
  @ParameterizedTest
  @CsvSource({
    // has TLS, asks clients, TLS demanded, asking demanded, refused for
    "false, false, true,  true,  requireTls",
    "false, false, true,  false, requireTls",
    "false, false, false, true,  requireAuthentication",
    "false, false, false, false, ''",
    "false, true,  true,  true,  requireTls",
    "false, true,  true,  false, requireTls",
    "false, true,  false, true,  ''",
    "false, true,  false, false, ''",
    "true,  false, true,  true,  requireAuthentication",
    "true,  false, true,  false, ''",
    "true,  false, false, true,  requireAuthentication",
    "true,  false, false, false, ''",
    "true,  true,  true,  true,  ''",
    "true,  true,  true,  false, ''",
    "true,  true,  false, true,  ''",
    "true,  true,  false, false, ''",
  })
  void demandsOfOtherAddressesWhatLoopbackNeedNotHave(
      boolean tls, boolean asks, boolean requireTls, boolean requireAuth, String refusedFor) {
    ServerConfig config = config(asks, requireTls, requireAuth);
    assertThat(objection(http(LOOPBACK, config, tls))).isEmpty();
    String told = objection(http(OTHER, config, tls));
    if (refusedFor.isEmpty()) {
      assertThat(told).isEmpty();
    } else {
      assertThat(told)
          .startsWith("--host 192.0.2.7 lets other machines in without ")
          .contains("or set security." + refusedFor + "=false and security.override=true")
          .doesNotContain("\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.9.8.7", "::1", "::ffff:127.0.0.1"})
  void loopbackAddressesReachThisMachineAlone(String address) {
    InetAddress host = InetAddress.ofLiteral(address);
    assertThat(http(host, ServerConfig.standard(), false).objection()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0.0.0.0", "::", "10.0.0.1", "192.0.2.7", "fe80::1", "2001:db8::1", "128.0.0.1"})
  void everyOtherAddressAndEveryWildcardIsReachedByOthers(String address) {
    InetAddress host = InetAddress.ofLiteral(address);
    assertThat(http(host, ServerConfig.standard(), false).objection()).isPresent();
  }

  @Test
  void saysWhatToDoInTheTermsOfTheCommandLine() {
    assertThat(objection(http(OTHER, config(true, true, true), false)))
        .contains("without TLS: name a --tls-keystore, or");
    assertThat(objection(http(OTHER, config(false, true, true), true)))
        .contains("set authorization.issuer and authorization.keys, or");
  }

  @ParameterizedTest
  @CsvSource({
    "true,  true,  requireTls",
    "true,  false, requireTls",
    "false, true,  requireAuthentication",
    "false, false, ''"
  })
  void tcpHasNeitherAndSoNeedsBothSwitchedOff(
      boolean requireTls, boolean requireAuth, String refusedFor) {
    ServerConfig config = config(true, requireTls, requireAuth);
    assertThat(Exposure.of(config, LOOPBACK, true, true, LOOPBACK, false).objection()).isEmpty();
    String told = objection(Exposure.of(config, OTHER, true, true, LOOPBACK, false));
    assertThat(told.contains("leave --tcp-port out")).isEqualTo(!refusedFor.isEmpty());
    assertThat(told).contains(refusedFor);
  }

  @Test
  void theControlPortAsksForItsTokenAndNeedsTlsBesides() {
    ServerConfig standard = ServerConfig.standard();
    assertThat(objection(Exposure.of(standard, LOOPBACK, false, false, OTHER, false)))
        .startsWith("--control-host 192.0.2.7 lets other machines in without TLS");
    assertThat(Exposure.of(standard, LOOPBACK, false, false, OTHER, true).objection()).isEmpty();
    ServerConfig plain = config(false, false, true);
    assertThat(Exposure.of(plain, LOOPBACK, false, false, OTHER, false).objection()).isEmpty();
  }

  @Test
  void stdioIsThePipeOfItsParentAndOnlyItsControlPortListens() {
    ServerConfig standard = ServerConfig.standard();
    assertThat(Exposure.ofStdio(standard, false, Optional.empty()).objection()).isEmpty();
    assertThat(Exposure.ofStdio(standard, false, Optional.of(LOOPBACK)).objection()).isEmpty();
    assertThat(Exposure.ofStdio(standard, false, Optional.of(OTHER)).objection()).isPresent();
    assertThat(Exposure.ofStdio(standard, true, Optional.of(OTHER)).objection()).isEmpty();
  }
}
