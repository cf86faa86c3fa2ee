package dev.plumbline.evidence.bundle.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysTest {
  /**
   * RFC 8410 §10.3: the private key of the example, and §10.1 the public key that belongs to it.
   */
  private static final String KNOWN_PRIVATE =
      """
      -----BEGIN PRIVATE KEY-----
      MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
      -----END PRIVATE KEY-----
      """;

  private static final String KNOWN_PUBLIC =
      """
      -----BEGIN PUBLIC KEY-----
      MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
      -----END PUBLIC KEY-----
      """;

  @TempDir Path folder;
  private Path privateFile;
  private Path publicFile;

  @BeforeEach
  void nameFiles() {
    privateFile = folder.resolve("release.key");
    publicFile = folder.resolve("release.pub");
  }

  @Test
  void generatesAPairThatSignsAndVerifies() throws Exception {
    String id = KeyFiles.generate(privateFile, publicFile);
    SigningKey key = SigningKey.read(privateFile);
    assertThat(key.id()).isEqualTo(id).isEqualTo(PublicKeys.id(PublicKeys.read(publicFile)));
    assertThat(key.selfSigned()).isFalse();
    String envelope = dev.plumbline.evidence.model.Json.write(Envelope.sign("{}", key));
    assertThat(Envelope.open(envelope, PublicKeys.read(publicFile))).isEqualTo("{}");
  }

  @Test
  void keepsThePrivateKeyFromOthers() throws Exception {
    KeyFiles.generate(privateFile, publicFile);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(privateFile)))
        .isEqualTo("rw-------");
  }

  @Test
  void neverOverwritesAKey() throws Exception {
    KeyFiles.generate(privateFile, publicFile);
    byte[] before = Files.readAllBytes(privateFile);
    assertThatThrownBy(() -> KeyFiles.generate(privateFile, folder.resolve("other.pub")))
        .hasMessageContaining("not overwritten");
    assertThatThrownBy(() -> KeyFiles.generate(folder.resolve("other.key"), publicFile))
        .hasMessageContaining("not overwritten");
    assertThat(Files.readAllBytes(privateFile)).isEqualTo(before);
    assertThat(folder.resolve("other.key")).doesNotExist();
  }

  @Test
  void saysWhenAFolderIsMissing() {
    assertThatThrownBy(() -> KeyFiles.generate(folder.resolve("no/such.key"), publicFile))
        .isInstanceOf(UnusableKeyException.class)
        .hasMessageContaining("cannot be written");
  }

  @Test
  void readsKeysOfOtherTools() throws UnusableKeyException {
    SigningKey key = SigningKey.parse(KNOWN_PRIVATE);
    assertThat(PublicKeys.pem(key.publicKey())).isEqualTo(KNOWN_PUBLIC);
    assertThat(PublicKeys.id(PublicKeys.parse(KNOWN_PUBLIC))).isEqualTo(key.id());
  }

  @Test
  void takesTheKeyFromTheOptionThenTheEnvironmentThenMakesOne() throws Exception {
    KeyFiles.generate(privateFile, publicFile);
    String pem = Files.readString(privateFile);
    Map<String, String> none = Map.of();
    assertThat(SigningKey.choose(Optional.of(privateFile), none).selfSigned()).isFalse();
    assertThat(
            SigningKey.choose(Optional.empty(), Map.of(SigningKey.ENVIRONMENT, pem)).selfSigned())
        .isFalse();
    assertThat(
            SigningKey.choose(
                    Optional.empty(), Map.of(SigningKey.ENVIRONMENT, privateFile.toString()))
                .selfSigned())
        .isFalse();
    assertThat(SigningKey.choose(Optional.empty(), none).selfSigned()).isTrue();
    assertThat(
            SigningKey.choose(Optional.empty(), Map.of(SigningKey.ENVIRONMENT, " ")).selfSigned())
        .isTrue();
  }

  @Test
  void saysInOneLineWhatIsWrongWithAKey() throws IOException {
    Files.writeString(privateFile, "no key");
    assertThatThrownBy(() -> SigningKey.read(privateFile))
        .isInstanceOf(UnusableKeyException.class)
        .hasMessageContaining("release.key")
        .hasMessageContaining("PRIVATE KEY");
    assertThatThrownBy(() -> SigningKey.read(folder.resolve("none")))
        .hasMessageContaining("plumbline keygen");
    assertThatThrownBy(() -> PublicKeys.parse(KNOWN_PRIVATE)).hasMessageContaining("PUBLIC KEY");
    assertThatThrownBy(() -> SigningKey.parse(KNOWN_PRIVATE.replace("MC4C", "!!!!")))
        .isInstanceOf(UnusableKeyException.class);
    assertThatThrownBy(() -> SigningKey.parse(KNOWN_PRIVATE.replace("VwBC", "VuBC")))
        .hasMessageContaining("Ed25519");
    assertThatThrownBy(
            () ->
                SigningKey.choose(
                    Optional.empty(), Map.of(SigningKey.ENVIRONMENT, "-----BEGIN nonsense")))
        .hasMessageContaining(SigningKey.ENVIRONMENT);
  }

  @Test
  void encodesBeforeSigningAsDsseDoes() {
    byte[] encoded =
        Envelope.preAuthenticationEncoding(
            "http://example.com/HelloWorld", "hello world".getBytes(StandardCharsets.UTF_8));
    assertThat(new String(encoded, StandardCharsets.UTF_8))
        .isEqualTo("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
  }
}
