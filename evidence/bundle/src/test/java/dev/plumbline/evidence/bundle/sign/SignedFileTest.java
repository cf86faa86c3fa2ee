package dev.plumbline.evidence.bundle.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.evidence.bundle.Schemas;
import dev.plumbline.evidence.model.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SignedFileTest {
  private static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");
  private static final SigningKey KEY = SigningKey.forThisRun();

  @TempDir Path folder;
  private Path paper;
  private Path envelope;

  @BeforeEach
  void sign() throws IOException {
    paper = Files.writeString(folder.resolve("paper.pdf"), "%PDF-1.4 a paper");
    envelope = SignedFile.sign(paper, KEY, "0.1.0", NOW);
  }

  @Test
  void liesBesideTheFileAndSaysWhatWasSigned() throws IOException {
    assertThat(envelope).isEqualTo(folder.resolve("paper.pdf.dsse.json"));
    assertThat(SignedFile.check(paper, envelope, KEY.publicKey()))
        .isEqualTo(new SignedFile("paper.pdf", Digests.sha256(paper), 16, NOW));
  }

  @Test
  void isAnInTotoStatementOfItsForm() throws IOException {
    String statement = Envelope.open(Files.readString(envelope), KEY.publicKey());
    assertThatCode(() -> Schemas.FILE_STATEMENT.check(Json.parse(statement)))
        .doesNotThrowAnyException();
    assertThat(statement).contains("https://in-toto.io/Statement/v1", SignedFile.TYPE);
  }

  @Test
  void doesNotHoldForAFileThatWasChanged() throws IOException {
    Files.writeString(paper, "%PDF-1.4 a Paper");
    assertThatThrownBy(() -> SignedFile.check(paper, envelope, KEY.publicKey()))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("the file was changed: its SHA-256 is ");
  }

  @Test
  void doesNotHoldForAnotherKey() {
    assertThatThrownBy(() -> SignedFile.check(paper, envelope, SigningKey.forThisRun().publicKey()))
        .hasMessageStartingWith("signed by key ");
  }

  @Test
  void doesNotHoldWhenItsStatementWasChanged() throws IOException {
    Envelope signed = Json.read(envelope, Envelope.class);
    Files.writeString(paper, "another paper");
    String forged =
        new String(Base64.getDecoder().decode(signed.payload()), StandardCharsets.UTF_8)
            .replace(
                Digests.sha256("%PDF-1.4 a paper".getBytes(StandardCharsets.UTF_8)),
                Digests.sha256(paper));
    Json.write(
        envelope,
        new Envelope(
            signed.payloadType(),
            Base64.getEncoder().encodeToString(forged.getBytes(StandardCharsets.UTF_8)),
            signed.signatures()));
    assertThatThrownBy(() -> SignedFile.check(paper, envelope, KEY.publicKey()))
        .hasMessage("the signature does not match the payload");
  }

  @Test
  void isNoStatementOfABundle() throws IOException {
    String other =
        Statements.statement(
            List.of(Statements.ordered("name", "x", "digest", Statements.digest("0".repeat(64)))),
            Statements.TEST_RESULT,
            Statements.ordered());
    Json.write(envelope, Envelope.sign(other, KEY));
    assertThatThrownBy(() -> SignedFile.check(paper, envelope, KEY.publicKey()))
        .hasMessage("a statement about something else than one file");
  }
}
