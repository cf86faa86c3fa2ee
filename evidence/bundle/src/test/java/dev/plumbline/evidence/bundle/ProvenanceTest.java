package dev.plumbline.evidence.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.evidence.bundle.sign.Envelope;
import dev.plumbline.evidence.bundle.sign.Provenance;
import dev.plumbline.evidence.bundle.sign.SigningKey;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Who built what ships: stated, signed, and recomputed. */
class ProvenanceTest {
  private static final SigningKey KEY = SigningKey.forThisRun();
  private static final String NAME = "attestations/provenance.dsse.json";

  @TempDir Path folder;
  private ToyRun run;
  private Path file;

  @BeforeEach
  void sealAGoodRun() throws IOException {
    run = ToyRun.good(folder.resolve(ToyRun.RUN_ID), KEY);
    file = run.root().resolve(NAME);
  }

  @Test
  void statesWhoBuiltWhatOfWhatAndWhen() throws IOException {
    JsonNode statement = Json.parse(stated());
    assertThat(statement.path("predicateType").asString()).isEqualTo(Provenance.TYPE);
    assertThat(statement.path("subject")).hasSize(1);
    assertThat(statement.at("/subject/0/name").asString()).isEqualTo("dist/toy-1.jar");
    assertThat(statement.at("/subject/0/digest/sha256").asString()).isEqualTo("a".repeat(64));
    JsonNode built = statement.at("/predicate/buildDefinition");
    assertThat(built.at("/externalParameters/tree").asString()).isEqualTo("clean");
    assertThat(built.at("/resolvedDependencies/0/digest/gitCommit").asString())
        .isEqualTo("0".repeat(40));
    assertThat(built.at("/resolvedDependencies/1/uri").asString())
        .isEqualTo("pkg:maven/org.example/library@2?type=jar");
    assertThat(built.path("resolvedDependencies")).hasSize(2);
    JsonNode details = statement.at("/predicate/runDetails");
    assertThat(details.at("/builder/id").asString()).isEqualTo("urn:plumbline:builder:toy");
    assertThat(details.at("/metadata/startedOn").asString()).isEqualTo("2026-11-21T09:00:00Z");
  }

  @Test
  void isRejectedWhenItStatesSomethingElseUnderTheRightKey() throws IOException {
    Json.write(file, Envelope.sign(stated().replace("0".repeat(40), "1".repeat(40)), KEY));
    assertThat(verify())
        .isEqualTo(
            new Verification.Rejected(
                NAME + ": states something else than the bundle's supply chain"));
  }

  @Test
  void isRejectedUnderAnotherKey() throws IOException {
    Json.write(file, Envelope.sign(stated(), SigningKey.forThisRun()));
    assertThat(verify())
        .isInstanceOfSatisfying(
            Verification.Rejected.class,
            rejected -> assertThat(rejected.reason()).startsWith(NAME + ": signed by key "));
  }

  @Test
  void isNotStatedOfAnotherBuild() throws IOException {
    ToyRun other = new ToyRun(folder.resolve("other"), KEY);
    other.bill();
    other.built("c".repeat(64), "0".repeat(40));
    other.observe(Suite.SUPPLY_CHAIN, Map.of("SBOM-001", "kept"));
    other.seal();
    Path none = other.folder.attestations().resolve("provenance.dsse.json");
    assertThat(none).doesNotExist();
    assertThat(verify(other)).isInstanceOf(Verification.Accepted.class);
    Files.copy(file, none);
    assertThat(verify(other)).isEqualTo(new Verification.Rejected(NAME + ": added after sealing"));
  }

  @Test
  void isNotStatedWhenNothingThatWasBuiltShips() throws IOException {
    ToyRun other = new ToyRun(folder.resolve("other"), KEY);
    other.built(other.bill(), "0".repeat(40));
    Path subjects = other.folder.raw(Suite.SUPPLY_CHAIN).resolve("subjects.json");
    Files.writeString(subjects, Files.readString(subjects).replace("a".repeat(64), "d".repeat(64)));
    assertThat(Provenance.statement(other.folder)).isEmpty();
  }

  @Test
  void namesNoCommitOutsideOfARepository() throws IOException {
    run.built(run.bill(), "");
    JsonNode statement = Json.parse(Provenance.statement(run.folder).orElseThrow());
    assertThat(statement.at("/predicate/buildDefinition/resolvedDependencies")).hasSize(1);
  }

  private String stated() throws IOException {
    return Envelope.open(Files.readString(file), KEY.publicKey());
  }

  private Verification verify() {
    return verify(run);
  }

  private static Verification verify(ToyRun run) {
    return new Verifier(ToyRun.judges()).verify(run.root(), KEY.publicKey());
  }
}
