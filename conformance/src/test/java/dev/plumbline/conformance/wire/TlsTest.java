package dev.plumbline.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.evidence.model.Era;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final String PONG = RawServer.json("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}");

  @TempDir Path folder;
  private SSLContext trusting;
  private SSLContext before;

  @BeforeEach
  void makeACertificateForLocalhost() throws Exception {
    before = SSLContext.getDefault();
    Path store = folder.resolve("store.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "x",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit")
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, PASSWORD);
    KeyStore certificates = KeyStore.getInstance("PKCS12");
    certificates.load(null, null);
    certificates.setCertificateEntry("x", keys.getCertificate("x"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(certificates);
    trusting = SSLContext.getInstance("TLS");
    trusting.init(own.getKeyManagers(), trust.getTrustManagers(), null);
  }

  @AfterEach
  void restoreTrust() {
    SSLContext.setDefault(before);
  }

  private Exchange ping(String host) throws Exception {
    ServerSocket socket =
        trusting
            .getServerSocketFactory()
            .createServerSocket(0, 10, InetAddress.getLoopbackAddress());
    URI url = URI.create("https://" + host + ":" + socket.getLocalPort() + "/mcp");
    try (RawServer server =
            RawServer.on(
                socket,
                peer -> {
                  while (peer.readRequest() != null) {
                    peer.write(PONG);
                  }
                });
        HttpConversation talk =
            new HttpConversation(
                Era.HANDSHAKE, url, Optional.empty(), List.of(), new Recorder(), Redactor.NONE)) {
      talk.send("ping", talk.draft("ping"));
      talk.send("ping", talk.draft("ping").id(Messages.NODES.numberNode(1)));
      assertThat(server.connections()).isPositive();
      return talk.recording("x", Map.of()).exchanges().getLast();
    }
  }

  @Test
  void talksOverTlsToACertificateItTrusts() throws Exception {
    SSLContext.setDefault(trusting);
    assertThat(ping("localhost").accepted()).isTrue();
  }

  @Test
  void refusesAnUntrustedCertificateAndAForeignName() throws Exception {
    Exchange untrusted = ping("localhost");
    assertThat(untrusted.end()).isEqualTo(End.CONNECT_FAILED);
    assertThat(untrusted.receivedText()).contains("TLS failed");
    SSLContext.setDefault(trusting);
    assertThat(ping("127.0.0.1").end()).isEqualTo(End.CONNECT_FAILED);
  }
}
