package dev.plumbline.server.transport;

import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;

/** The key and certificate a listener proves itself with. */
public final class TlsIdentity {
  private static final int PASSWORD_BYTES = 16;
  private static final int PEM_LINE = 64;
  private static final int KEYTOOL_SECONDS = 60;
  private static final String PASSWORD_VARIABLE = "PLUMBLINE_EPHEMERAL_PASSWORD";

  private final SslContext context;
  private final SslContext http1;
  private final Certificate certificate;

  private TlsIdentity(KeyStore store, char[] password)
      throws GeneralSecurityException, IOException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, password);
    this.context =
        context(keys, ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1);
    this.http1 = context(keys, ApplicationProtocolNames.HTTP_1_1);
    this.certificate = store.getCertificate(keyAlias(store));
  }

  private static SslContext context(KeyManagerFactory keys, String... protocols)
      throws IOException {
    return SslContextBuilder.forServer(keys)
        .sslProvider(SslProvider.JDK)
        .protocols("TLSv1.3", "TLSv1.2")
        .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
        .applicationProtocolConfig(
            new ApplicationProtocolConfig(
                Protocol.ALPN,
                SelectorFailureBehavior.NO_ADVERTISE,
                SelectedListenerFailureBehavior.ACCEPT,
                protocols))
        .build();
  }

  private static String keyAlias(KeyStore store) throws GeneralSecurityException, IOException {
    for (String alias : Collections.list(store.aliases())) {
      if (store.isKeyEntry(alias)) {
        return alias;
      }
    }
    throw new IOException("the key store holds no key");
  }

  /**
   * From a PKCS#12 file.
   *
   * @throws IOException when it cannot be read or used; the message says why in one line
   */
  public static TlsIdentity load(Path file, char[] password) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, password);
      return new TlsIdentity(store, password);
    } catch (IOException | GeneralSecurityException e) {
      throw new IOException("key store " + file + " cannot be used: " + e.getMessage(), e);
    }
  }

  /**
   * Self-signed, for loopback names, gone with this process.
   *
   * @throws IOException when it cannot be made
   */
  public static TlsIdentity ephemeral() throws IOException {
    return ephemeral(List.of());
  }

  /**
   * Self-signed, for loopback names and others, gone with this process. Made by the JDK's own
   * keytool, because the JDK has no public way to issue a certificate.
   *
   * @param names further ones, as {@code dns:NAME} or {@code ip:ADDRESS}
   * @throws IOException when it cannot be made
   */
  public static TlsIdentity ephemeral(List<String> names) throws IOException {
    byte[] random = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(random);
    String password = HexFormat.of().formatHex(random);
    Path folder = Files.createTempDirectory("plumbline-tls");
    Path file = folder.resolve("identity.p12");
    try {
      makeKey(file, password, names);
      return load(file, password.toCharArray());
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(folder);
    }
  }

  private static void makeKey(Path file, String password, List<String> names) throws IOException {
    List<String> all = new ArrayList<>(List.of("dns:localhost", "ip:127.0.0.1", "ip:::1"));
    all.addAll(names);
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                keytool.toString(),
                "-genkeypair",
                "-alias",
                "loopback",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=" + String.join(",", all),
                "-validity",
                "7",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass:env",
                PASSWORD_VARIABLE));
    builder.environment().put(PASSWORD_VARIABLE, password);
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    try {
      Process process = builder.start();
      if (!process.waitFor(KEYTOOL_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      if (!Files.exists(file)) {
        throw new IOException("keytool made no certificate");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while making a certificate", e);
    }
  }

  SslContext context() {
    return context;
  }

  /** For a listener that speaks HTTP/1.1 alone. */
  public SslContext http1() {
    return http1;
  }

  /** The certificate, for clients that shall trust it. */
  public Certificate certificate() {
    return certificate;
  }

  /** The certificate as PEM text. */
  public String pem() {
    Base64.Encoder lines =
        Base64.getMimeEncoder(PEM_LINE, "\n".getBytes(StandardCharsets.US_ASCII));
    return "-----BEGIN CERTIFICATE-----\n"
        + lines.encodeToString(encoded())
        + "\n-----END CERTIFICATE-----\n";
  }

  private byte[] encoded() {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }
}
