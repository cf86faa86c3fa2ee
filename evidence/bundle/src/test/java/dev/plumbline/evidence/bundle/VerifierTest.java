package dev.plumbline.evidence.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.evidence.bundle.Verification.Accepted;
import dev.plumbline.evidence.bundle.Verification.Rejected;
import dev.plumbline.evidence.bundle.gate.Baseline;
import dev.plumbline.evidence.bundle.gate.Decision;
import dev.plumbline.evidence.bundle.gate.DecisionRecord;
import dev.plumbline.evidence.bundle.sign.Envelope;
import dev.plumbline.evidence.bundle.sign.FileTree;
import dev.plumbline.evidence.bundle.sign.Manifest;
import dev.plumbline.evidence.bundle.sign.SigningKey;
import dev.plumbline.evidence.bundle.sign.Statements;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The verifier against bundles that were tampered with in every way we could think of. */
class VerifierTest {
  private static final SigningKey KEY = SigningKey.forThisRun();

  @TempDir Path folder;
  private ToyRun run;

  @BeforeEach
  void sealAGoodRun() throws IOException {
    run = ToyRun.good(folder.resolve(ToyRun.RUN_ID), KEY);
  }

  @Test
  void acceptsAnUntouchedBundle() {
    assertThat(verify())
        .isInstanceOfSatisfying(
            Accepted.class,
            accepted -> {
              assertThat(accepted.decision()).isEqualTo(new Decision.Go());
              assertThat(accepted.complete()).isTrue();
              assertThat(accepted.selfSigned()).isTrue();
              assertThat(accepted.keyId()).isEqualTo(KEY.id());
            });
  }

  @Test
  void acceptsABundleThatWasMoved() throws IOException {
    Path elsewhere = Files.move(run.root(), folder.resolve("elsewhere"));
    assertThat(verifier().verify(elsewhere, KEY.publicKey())).isInstanceOf(Accepted.class);
  }

  @TestFactory
  Stream<DynamicTest> rejectsAFlippedByteInAnyFile() throws IOException {
    return FileTree.files(run.root()).entrySet().stream()
        .flatMap(
            file ->
                Stream.of(0.0, 0.5, 1.0)
                    .map(
                        place ->
                            DynamicTest.dynamicTest(
                                file.getKey() + " at " + place,
                                () -> rejectsFlip(file.getKey(), file.getValue(), place))));
  }

  private void rejectsFlip(String name, Path file, double place) throws IOException {
    byte[] original = Files.readAllBytes(file);
    for (int bit = 0; bit < 8; bit++) {
      byte[] flipped = original.clone();
      flipped[(int) Math.round(place * (flipped.length - 1))] ^= (byte) (1 << bit);
      Files.write(file, flipped);
      String reason = rejection();
      if (!name.startsWith("attestations/")) {
        assertThat(reason).startsWith(name + ": changed");
      } else {
        assertThat(reason).startsWith(name);
      }
    }
    Files.write(file, original);
    assertThat(verify()).isInstanceOf(Accepted.class);
  }

  @TestFactory
  Stream<DynamicTest> rejectsAnyRemovedFile() throws IOException {
    return FileTree.files(run.root()).entrySet().stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getKey(),
                    () -> {
                      byte[] original = Files.readAllBytes(file.getValue());
                      Files.delete(file.getValue());
                      assertThat(rejection()).isEqualTo(file.getKey() + ": missing");
                      Files.write(file.getValue(), original);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> rejectsAnyTruncatedFile() throws IOException {
    return FileTree.files(run.root()).entrySet().stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getKey(),
                    () -> {
                      byte[] original = Files.readAllBytes(file.getValue());
                      Files.write(
                          file.getValue(), java.util.Arrays.copyOf(original, original.length / 2));
                      assertThat(rejection()).startsWith(file.getKey());
                      Files.write(file.getValue(), original);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> rejectsAnAddedFile() {
    return Stream.of(
            "notes.txt",
            "raw/conformance/extra.json",
            "results/extra.json",
            "attestations/extra.dsse.json",
            "raw/.hidden")
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () -> {
                      Path added = run.root().resolve(name);
                      Files.writeString(added, "{}");
                      assertThat(rejection()).isEqualTo(name + ": added after sealing");
                      Files.delete(added);
                    }));
  }

  @Test
  void rejectsAnEditedVerdictWithARecomputedManifest() throws IOException {
    run = broken("TOOL-002");
    edit(run.folder.result(Suite.CONFORMANCE), "\"verdict\" : \"fail\"", "\"verdict\" : \"fine\"");
    rewriteManifest();
    assertThat(rejection()).isEqualTo("manifest.json: changed, it is not the one that was signed");
  }

  @Test
  void rejectsAnEditedVerdictEvenWhenSignedAgainWithTheRightKey() throws IOException {
    run = broken("TOOL-002");
    SuiteResult stated = Json.read(run.folder.result(Suite.CONFORMANCE), SuiteResult.class);
    run.seal(withPass(stated, new Verdict.Pass(3)), Baseline.NONE);
    assertThat(rejection())
        .isEqualTo(
            "results/conformance.json: does not follow from the raw data: TOOL-002 is stated as pass, judged fail");
  }

  @Test
  void rejectsAPassWithNothingExaminedEvenWhenSignedWithTheRightKey() throws IOException {
    edit(run.folder.result(Suite.CONFORMANCE), "\"examined\" : 3", "\"examined\" : 0");
    signAgain();
    assertThat(rejection()).startsWith("results/conformance.json: /checks/").contains("verdict");
  }

  @Test
  void rejectsDuplicateKeysEvenWhenSignedWithTheRightKey() throws IOException {
    edit(run.folder.run(), "\"complete\" : true", "\"complete\" : false, \"complete\" : true");
    signAgain();
    assertThat(rejection()).startsWith("run.json: Duplicate");
  }

  @Test
  void rejectsUnknownFieldsEvenWhenSignedWithTheRightKey() throws IOException {
    edit(run.folder.run(), "\"complete\" : true", "\"complete\" : true, \"also\" : 1");
    signAgain();
    assertThat(rejection()).startsWith("run.json: ").contains("also");
  }

  @Test
  void rejectsADecisionThatDoesNotFollow() throws IOException {
    run = broken("TOOL-002");
    DecisionRecord no = Json.read(run.folder.decision(), DecisionRecord.class);
    Json.write(
        run.folder.decision(),
        new DecisionRecord(
            no.schema(),
            no.runId(),
            no.complete(),
            new Decision.Go(),
            no.policy(),
            no.gates(),
            no.notLookedAt(),
            no.accepted()));
    signAgain();
    assertThat(rejection()).startsWith("results/decision.json: says GO, the evidence gives NO-GO");
  }

  @Test
  void rejectsALoweredThreshold() throws IOException {
    edit(run.folder.decision(), "\"observedFloor\" : 0.8", "\"observedFloor\" : 0.1");
    signAgain();
    assertThat(rejection()).startsWith("results/decision.json: made under another policy");
  }

  @Test
  void rejectsReleaseEvidenceThatIsBetterThanTheRun() throws IOException {
    edit(run.root().resolve("release.json"), "\"not attempted\"", "\"met\"");
    signAgain();
    assertThat(rejection())
        .isEqualTo("release.json: tells something else than the bundle it belongs to");
  }

  @Test
  void rejectsATableThatNoBundleGives() throws IOException {
    Files.writeString(run.root().resolve("release/security/audit.csv"), "all,well\r\n");
    signAgain();
    assertThat(rejection())
        .isEqualTo("release/security/audit.csv: no report that this bundle gives");
  }

  @Test
  void rejectsAReportThatTellsAnotherStory() throws IOException {
    edit(run.root().resolve("summary.md"), "Plumbline: GO", "Plumbline: NO-GO");
    signAgain();
    assertThat(rejection()).startsWith("summary.md: tells something else");
  }

  @Test
  void rejectsAnotherKey() {
    assertThat(verifier().verify(run.root(), SigningKey.forThisRun().publicKey()))
        .isInstanceOfSatisfying(
            Rejected.class,
            rejected ->
                assertThat(rejected.reason())
                    .startsWith("attestations/verdict.dsse.json: signed by key "));
  }

  @Test
  void rejectsAStatementSignedByAnotherKeyUnderThePinnedKeysName() throws IOException {
    Path file = attestation("verdict.dsse.json");
    Envelope honest = Json.read(file, Envelope.class);
    Envelope forged = Envelope.sign(payload(honest), SigningKey.forThisRun());
    Json.write(
        file,
        new Envelope(
            forged.payloadType(),
            forged.payload(),
            List.of(new Envelope.Sealed(KEY.id(), forged.signatures().getFirst().sig()))));
    assertThat(rejection())
        .isEqualTo("attestations/verdict.dsse.json: the signature does not match the payload");
  }

  @Test
  void rejectsAttestationsOfAnotherRun() throws IOException {
    ToyRun other = new ToyRun(folder.resolve("other"), KEY);
    other.observe(Suite.CONFORMANCE, Map.of("TOOL-001", "kept"));
    other.seal();
    for (String name : List.of("verdict.dsse.json", "test-result.dsse.json")) {
      Files.write(attestation(name), Files.readAllBytes(other.folder.attestations().resolve(name)));
    }
    assertThat(rejection()).isEqualTo("manifest.json: changed, it is not the one that was signed");
  }

  @Test
  void rejectsStatementsThatChangedPlaces() throws IOException {
    byte[] verdict = Files.readAllBytes(attestation("verdict.dsse.json"));
    Files.write(
        attestation("verdict.dsse.json"), Files.readAllBytes(attestation("test-result.dsse.json")));
    Files.write(attestation("test-result.dsse.json"), verdict);
    assertThat(rejection()).startsWith("attestations/verdict.dsse.json: not a verdict");
  }

  @Test
  void rejectsAnotherTestResultSignedWithTheRightKey() throws IOException {
    Envelope honest = Json.read(attestation("test-result.dsse.json"), Envelope.class);
    String edited = payload(honest).replace("TOOL-001@http", "TOOL-009@http");
    Json.write(attestation("test-result.dsse.json"), Envelope.sign(edited, KEY));
    assertThat(rejection()).startsWith("attestations/test-result.dsse.json: states something else");
  }

  @Test
  void rejectsAVerdictBackdatedBeforeTheRunEnded() throws IOException {
    String verdict = payload(Json.read(attestation("verdict.dsse.json"), Envelope.class));
    Json.write(
        attestation("verdict.dsse.json"),
        Envelope.sign(verdict.replace(ToyRun.DECIDED.toString(), ToyRun.STARTED.toString()), KEY));
    assertThat(rejection())
        .isEqualTo("attestations/verdict.dsse.json: signed before the run ended");
  }

  @Test
  void rejectsAnotherPayloadType() throws IOException {
    Envelope honest = Json.read(attestation("verdict.dsse.json"), Envelope.class);
    Json.write(
        attestation("verdict.dsse.json"),
        new Envelope("application/json", honest.payload(), honest.signatures()));
    assertThat(rejection())
        .startsWith("attestations/verdict.dsse.json: the payload type is application/json");
  }

  @Test
  void rejectsASecondSignature() throws IOException {
    Envelope honest = Json.read(attestation("verdict.dsse.json"), Envelope.class);
    List<Envelope.Sealed> twice = new ArrayList<>(honest.signatures());
    twice.addAll(honest.signatures());
    Json.write(
        attestation("verdict.dsse.json"),
        new Envelope(honest.payloadType(), honest.payload(), twice));
    assertThat(rejection()).contains("2 signatures");
  }

  @Test
  void rejectsASymbolicLinkInPlaceOfAFile() throws IOException {
    Path target = folder.resolve("copy.json");
    Files.move(run.folder.run(), target);
    Files.createSymbolicLink(run.folder.run(), target);
    assertThat(rejection()).isEqualTo("run.json: neither a regular file nor a folder");
  }

  @Test
  void rejectsASymbolicLinkInPlaceOfAFolder() throws IOException {
    Path target = folder.resolve("copy");
    Files.move(run.folder.attestations(), target);
    Files.createSymbolicLink(run.folder.attestations(), target);
    assertThat(rejection()).isEqualTo("attestations: neither a regular file nor a folder");
  }

  @TestFactory
  Stream<DynamicTest> rejectsAManifestWithPathsThatLeaveTheBundle() throws IOException {
    String original = Files.readString(run.folder.manifest());
    return Stream.of(
            "../run.json", "/etc/hosts", "raw/../run.json", "./run.json", "raw//x", "C:/run.json")
        .map(
            path ->
                DynamicTest.dynamicTest(
                    path,
                    () -> {
                      Files.writeString(
                          run.folder.manifest(),
                          original.replace("\"run.json\"", "\"" + path + "\""));
                      signStatements();
                      assertThat(rejection()).startsWith("manifest.json: ");
                    }));
  }

  @Test
  void rejectsAManifestThatLeavesAFileOut() throws IOException {
    Manifest whole = Json.read(run.folder.manifest(), Manifest.class);
    List<Manifest.Entry> fewer = new ArrayList<>(whole.files());
    String dropped = fewer.removeLast().path();
    Json.write(
        run.folder.manifest(), new Manifest(whole.schema(), whole.runId(), fewer.size(), fewer));
    signStatements();
    assertThat(rejection()).isEqualTo(dropped + ": added after sealing");
  }

  @Test
  void rejectsAManifestWithAWrongCount() throws IOException {
    Manifest whole = Json.read(run.folder.manifest(), Manifest.class);
    edit(
        run.folder.manifest(),
        "\"count\" : " + whole.count(),
        "\"count\" : " + (whole.count() + 1));
    signStatements();
    assertThat(rejection()).startsWith("manifest.json: ").contains("count");
  }

  @Test
  void acceptsAnIncompleteRunAsWhatItIs() throws IOException {
    run = new ToyRun(folder.resolve("cut"), KEY);
    run.complete = false;
    run.observe(Suite.CONFORMANCE, Map.of("TOOL-001", "kept"));
    run.observe(Suite.CHAOS, Map.of("FM-07", "kept"));
    run.seal();
    assertThat(verify())
        .isInstanceOfSatisfying(
            Accepted.class,
            accepted -> {
              assertThat(accepted.decision()).isInstanceOf(Decision.NoGo.class);
              assertThat(accepted.complete()).isFalse();
            });
  }

  @Test
  void doesNotTakeResultsItHasNoJudgeFor() {
    assertThat(new Verifier(List.of()).verify(run.root(), KEY.publicKey()))
        .isEqualTo(
            new Rejected("results/conformance.json: no judge of this version can recompute it"));
  }

  @Test
  void saysInOneLineWhenThereIsNoBundle() {
    assertThat(verifier().verify(folder.resolve("nowhere"), KEY.publicKey()))
        .isEqualTo(new Rejected(folder.resolve("nowhere") + ": not a folder"));
  }

  // --- tampering ---------------------------------------------------------------------------------

  private static Verifier verifier() {
    return new Verifier(ToyRun.judges());
  }

  private Verification verify() {
    return verifier().verify(run.root(), KEY.publicKey());
  }

  private String rejection() {
    Verification result = verify();
    assertThat(result).isInstanceOf(Rejected.class);
    String reason = ((Rejected) result).reason();
    assertThat(reason).doesNotContain("\n");
    return reason;
  }

  private ToyRun broken(String clause) throws IOException {
    ToyRun broken = new ToyRun(folder.resolve("broken"), KEY);
    broken.observe(Suite.CONFORMANCE, Map.of("TOOL-001", "kept", clause, "broken"));
    broken.seal();
    return broken;
  }

  private static List<SuiteResult> withPass(SuiteResult stated, Verdict verdict) {
    return List.of(
        new SuiteResult(
            stated.suite(),
            stated.checks().stream()
                .map(
                    c ->
                        new dev.plumbline.evidence.model.CheckResult(
                            c.id(),
                            c.title(),
                            c.level(),
                            c.era(),
                            c.transport(),
                            c.page(),
                            verdict,
                            c.measurements(),
                            c.raw()))
                .toList(),
            stated.facts()));
  }

  private Path attestation(String name) {
    return run.folder.attestations().resolve(name);
  }

  private static String payload(Envelope envelope) {
    return new String(Base64.getDecoder().decode(envelope.payload()), StandardCharsets.UTF_8);
  }

  private static void edit(Path file, String from, String to) throws IOException {
    String text = Files.readString(file);
    assertThat(text).contains(from);
    Files.writeString(file, text.replace(from, to));
  }

  private void rewriteManifest() throws IOException {
    Json.write(run.folder.manifest(), Manifest.of(run.root(), ToyRun.RUN_ID));
  }

  /** What an insider with the right key would do: a new manifest and newly signed statements. */
  private void signAgain() throws IOException {
    rewriteManifest();
    signStatements();
  }

  private void signStatements() throws IOException {
    String verdict = payload(Json.read(attestation("verdict.dsse.json"), Envelope.class));
    String old =
        Json.parse(verdict)
            .path("predicate")
            .path("inputAttestations")
            .path(0)
            .path("digest")
            .path("sha256")
            .asString();
    String now = dev.plumbline.evidence.bundle.sign.Digests.sha256(run.folder.manifest());
    Json.write(attestation("verdict.dsse.json"), Envelope.sign(verdict.replace(old, now), KEY));
    assertThat(verdict).contains(Statements.VERIFICATION_SUMMARY);
  }
}
