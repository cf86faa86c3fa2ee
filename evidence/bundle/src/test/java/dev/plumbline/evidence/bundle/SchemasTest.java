package dev.plumbline.evidence.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.evidence.bundle.gate.Baseline;
import dev.plumbline.evidence.bundle.sign.Envelope;
import dev.plumbline.evidence.bundle.sign.SigningKey;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.Suite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class SchemasTest {
  @TempDir Path folder;
  private ToyRun run;

  @BeforeEach
  void sealARun() throws IOException {
    run = new ToyRun(folder.resolve(ToyRun.RUN_ID), SigningKey.forThisRun());
    run.observe(
        Suite.CONFORMANCE,
        Map.of(
            "TOOL-001",
            "kept",
            "TOOL-002",
            "broken",
            "TOOL-003",
            "nothing",
            "TOOL-004",
            "inapplicable",
            "TOOL-005",
            "fault"));
    run.built(run.bill(), "0".repeat(40));
    run.observe(Suite.SUPPLY_CHAIN, Map.of("SBOM-001", "kept"));
    run.seal(
        new Baseline(
            List.of(new Baseline.Entry("TOOL-002", "known", LocalDate.parse("2027-01-01")))));
  }

  @ParameterizedTest
  @CsvSource({
    "RUN, run.json",
    "SUITE_RESULT, results/conformance.json",
    "SUITE_SEAL, raw/seals/conformance.json",
    "BASELINE, raw/baseline.json",
    "DECISION, results/decision.json",
    "MANIFEST, manifest.json",
    "RELEASE_EVIDENCE, release.json",
    "ENVELOPE, attestations/verdict.dsse.json",
    "ENVELOPE, attestations/test-result.dsse.json",
    "ENVELOPE, attestations/provenance.dsse.json"
  })
  void describeWhatABundleHoldsAndNothingElse(Schemas schema, String file) throws IOException {
    JsonNode document = Json.parse(Files.readString(run.root().resolve(file)));
    assertThatCode(() -> schema.check(document)).doesNotThrowAnyException();
    for (String field : List.copyOf(document.propertyNames())) {
      ObjectNode without = (ObjectNode) document.deepCopy();
      without.remove(field);
      assertThatThrownBy(() -> schema.check(without))
          .as("without " + field)
          .isInstanceOf(IOException.class);
    }
    ObjectNode with = (ObjectNode) document.deepCopy();
    with.put("unheardOf", 1);
    assertThatThrownBy(() -> schema.check(with)).hasMessageContaining("unheardOf");
  }

  @ParameterizedTest
  @CsvSource({
    "VERDICT_STATEMENT, verdict.dsse.json",
    "TEST_RESULT_STATEMENT, test-result.dsse.json",
    "PROVENANCE_STATEMENT, provenance.dsse.json"
  })
  void describeTheStatements(Schemas schema, String file) throws IOException {
    Envelope envelope = Json.read(run.folder.attestations().resolve(file), Envelope.class);
    String statement =
        new String(Base64.getDecoder().decode(envelope.payload()), StandardCharsets.UTF_8);
    assertThatCode(() -> schema.check(Json.parse(statement))).doesNotThrowAnyException();
    assertThat(Json.parse(statement).at("/subject/0/digest/sha256").asString()).hasSize(64);
  }

  @Test
  void tellTheSignedVerdictToBeSelfSigned() throws IOException {
    Envelope envelope =
        Json.read(run.folder.attestations().resolve("verdict.dsse.json"), Envelope.class);
    JsonNode statement =
        Json.parse(
            new String(Base64.getDecoder().decode(envelope.payload()), StandardCharsets.UTF_8));
    assertThat(statement.at("/predicate/plumbline/selfSigned").asBoolean()).isTrue();
    assertThat(statement.at("/predicate/verificationResult").asString()).isEqualTo("FAILED");
    assertThat(statement.at("/predicate/plumbline/decision").asString()).isEqualTo("HARNESS FAULT");
  }

  @ParameterizedTest
  @EnumSource(Schemas.class)
  void areWrittenForTheNewestDialect(Schemas schema) throws IOException {
    assertThat(Json.parse(schema.text()).path("$schema").asString())
        .isEqualTo("https://json-schema.org/draft/2020-12/schema");
  }
}
