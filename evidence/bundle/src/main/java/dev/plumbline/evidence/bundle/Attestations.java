package dev.plumbline.evidence.bundle;

import dev.plumbline.evidence.bundle.gate.DecisionRecord;
import dev.plumbline.evidence.bundle.sign.Digests;
import dev.plumbline.evidence.bundle.sign.Envelope;
import dev.plumbline.evidence.bundle.sign.Provenance;
import dev.plumbline.evidence.bundle.sign.PublicKeys;
import dev.plumbline.evidence.bundle.sign.SigningKey;
import dev.plumbline.evidence.bundle.sign.Statements;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.RunFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** The folder {@code attestations/}: its file names and how they are written. */
final class Attestations {
  static final String VERDICT = "verdict.dsse.json";
  static final String TEST_RESULT = "test-result.dsse.json";

  /** Present where the run recorded who built what ships. */
  static final String PROVENANCE = "provenance.dsse.json";

  /** Present in self-signed bundles only; a key found beside what it signs proves no origin. */
  static final String SELF_SIGNED_KEY = "self-signed.pub.pem";

  private Attestations() {}

  static void write(
      RunFolder folder, Contents contents, DecisionRecord decided, SigningKey key, Instant now)
      throws IOException {
    Path attestations = Files.createDirectories(folder.attestations());
    String manifest = Digests.sha256(folder.manifest());
    String verdict = Statements.verdict(contents.run(), decided, manifest, key.selfSigned(), now);
    Json.write(attestations.resolve(VERDICT), Envelope.sign(verdict, key));
    Json.write(
        attestations.resolve(TEST_RESULT), Envelope.sign(testResult(contents, decided), key));
    Optional<String> provenance = Provenance.statement(folder);
    if (provenance.isPresent()) {
      Json.write(attestations.resolve(PROVENANCE), Envelope.sign(provenance.get(), key));
    }
    if (key.selfSigned()) {
      Files.writeString(
          attestations.resolve(SELF_SIGNED_KEY),
          PublicKeys.pem(key.publicKey()),
          StandardCharsets.US_ASCII);
    }
  }

  static String testResult(Contents contents, DecisionRecord decided) throws IOException {
    return Statements.testResult(
        contents.run(),
        contents.results().values(),
        decided,
        Digests.sha256(contents.folder().run()));
  }
}
