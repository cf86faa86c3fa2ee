package dev.plumbline.evidence.bundle;

import dev.plumbline.evidence.bundle.gate.DecisionRecord;
import dev.plumbline.evidence.bundle.gate.Gates;
import dev.plumbline.evidence.bundle.gate.Policy;
import dev.plumbline.evidence.bundle.sign.Digests;
import dev.plumbline.evidence.bundle.sign.Envelope;
import dev.plumbline.evidence.bundle.sign.FileTree;
import dev.plumbline.evidence.bundle.sign.Manifest;
import dev.plumbline.evidence.bundle.sign.Provenance;
import dev.plumbline.evidence.bundle.sign.PublicKeys;
import dev.plumbline.evidence.bundle.sign.Statements;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.Judge;
import dev.plumbline.evidence.model.RunFolder;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.SuiteResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Checks a bundle offline, trusting nothing in it but what the pinned key signed: signatures, then
 * every digest and the set of files, then every verdict again from the raw data, the gates again
 * from the verdicts, and the signed statements again from all of that. Stops at the first thing
 * that does not hold.
 */
public final class Verifier {
  private final Map<Suite, Judge> judges;
  private final Policy policy;

  /**
   * @param judges one for each suite a bundle may hold results of
   */
  public Verifier(List<? extends Judge> judges) {
    this.judges = new EnumMap<>(Suite.class);
    judges.forEach(judge -> this.judges.put(judge.suite(), judge));
    this.policy = Policy.standard();
  }

  /**
   * Checks a bundle.
   *
   * @param root the run folder
   * @param key the public key its signer is known by, from outside the bundle
   */
  public Verification verify(Path root, PublicKey key) {
    try {
      return check(new RunFolder(root), key);
    } catch (Broken e) {
      return new Verification.Rejected(e.text);
    } catch (NoSuchFileException e) {
      return new Verification.Rejected(relative(root, e.getFile()) + ": missing");
    } catch (IOException e) {
      return new Verification.Rejected(Schemas.oneLine(e));
    }
  }

  private Verification check(RunFolder folder, PublicKey key) throws IOException {
    if (!Files.isDirectory(folder.root())) {
      throw new Broken(folder.root() + ": not a folder");
    }
    FileTree.files(folder.root()); // refuses links and special files before anything is read
    String verdict = open(folder, Attestations.VERDICT, key);
    String testResult = open(folder, Attestations.TEST_RESULT, key);
    JsonNode predicate = verdictPredicate(verdict);
    boolean selfSigned = predicate.path("plumbline").path("selfSigned").asBoolean();
    checkAttestationFiles(folder, key, selfSigned);
    String manifestDigest = Digests.sha256(folder.manifest());
    if (!predicate
        .path("inputAttestations")
        .path(0)
        .path("digest")
        .path("sha256")
        .asString("")
        .equals(manifestDigest)) {
      throw new Broken("manifest.json: changed, it is not the one that was signed");
    }
    Manifest manifest = Schemas.MANIFEST.read(folder, folder.manifest(), Manifest.class);
    Optional<String> difference = manifest.firstDifference(folder.root());
    if (difference.isPresent()) {
      throw new Broken(difference.get());
    }
    Contents contents = Contents.read(folder);
    if (!manifest.runId().equals(contents.run().runId())) {
      throw new Broken("manifest.json: belongs to run " + manifest.runId());
    }
    checkVerdicts(contents);
    DecisionRecord decided = checkDecision(contents);
    checkStatements(contents, decided, manifestDigest, selfSigned, verdict, testResult);
    checkProvenance(folder, key);
    if (isOwnVersion(contents.run().harness())) {
      Optional<String> told =
          ReportCheck.firstDifference(
              contents.reported(decided, PublicKeys.id(key), selfSigned), manifest);
      if (told.isPresent()) {
        throw new Broken(told.get());
      }
    }
    return new Verification.Accepted(
        decided.decision(),
        decided.complete(),
        decided.runId(),
        manifest.count(),
        PublicKeys.id(key),
        selfSigned);
  }

  private static String open(RunFolder folder, String name, PublicKey key) throws IOException {
    Path file = folder.attestations().resolve(name);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new Broken("attestations/" + name + ": missing");
    }
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      String statement = Envelope.open(text, key);
      Schemas.ENVELOPE.check(Json.parse(text));
      return statement;
    } catch (IOException e) {
      throw new Broken("attestations/" + name + ": " + Schemas.oneLine(e));
    }
  }

  private static JsonNode verdictPredicate(String statement) throws IOException {
    try {
      JsonNode tree = Json.parse(statement);
      Schemas.VERDICT_STATEMENT.check(tree);
      return tree.path("predicate");
    } catch (IOException e) {
      throw new Broken(
          "attestations/" + Attestations.VERDICT + ": not a verdict: " + Schemas.oneLine(e));
    }
  }

  private static void checkAttestationFiles(RunFolder folder, PublicKey key, boolean selfSigned)
      throws IOException {
    Set<String> expected = new TreeSet<>(Set.of(Attestations.VERDICT, Attestations.TEST_RESULT));
    if (selfSigned) {
      expected.add(Attestations.SELF_SIGNED_KEY);
    }
    Set<String> found = FileTree.files(folder.attestations()).keySet();
    for (String name : expected) {
      if (!found.contains(name)) {
        throw new Broken("attestations/" + name + ": missing");
      }
    }
    for (String name : found) {
      // Whether provenance has to be there follows from raw data, which is looked at later.
      if (!expected.contains(name) && !name.equals(Attestations.PROVENANCE)) {
        throw new Broken("attestations/" + name + ": added after sealing");
      }
    }
    if (selfSigned) {
      byte[] pem = Files.readAllBytes(folder.attestations().resolve(Attestations.SELF_SIGNED_KEY));
      if (!Arrays.equals(pem, PublicKeys.pem(key).getBytes(StandardCharsets.US_ASCII))) {
        throw new Broken(
            "attestations/" + Attestations.SELF_SIGNED_KEY + ": changed, not the key that signed");
      }
    }
  }

  private void checkVerdicts(Contents contents) throws IOException {
    for (Map.Entry<Suite, SuiteResult> entry : contents.results().entrySet()) {
      String name = "results/" + entry.getKey().id() + ".json";
      Judge judge = judges.get(entry.getKey());
      if (judge == null) {
        throw new Broken(name + ": no judge of this version can recompute it");
      }
      SuiteResult again = judge(judge, contents.folder(), name);
      if (!again.equals(entry.getValue())) {
        throw new Broken(
            name
                + ": does not follow from the raw data: "
                + Difference.first(entry.getValue(), again));
      }
    }
  }

  private static SuiteResult judge(Judge judge, RunFolder folder, String name) throws IOException {
    try {
      return judge.judge(folder.raw(judge.suite()));
    } catch (IOException | RuntimeException e) {
      throw new Broken(name + ": the raw data cannot be judged: " + Schemas.oneLine(e));
    }
  }

  private DecisionRecord checkDecision(Contents contents) throws IOException {
    DecisionRecord stated =
        Schemas.DECISION.read(
            contents.folder(), contents.folder().decision(), DecisionRecord.class);
    if (!stated.policy().equals(policy)) {
      throw new Broken("results/decision.json: made under another policy than this version's");
    }
    DecisionRecord again = Gates.decide(contents.evidence(), policy);
    if (!again.equals(stated)) {
      throw new Broken(
          "results/decision.json: says "
              + stated.decision().word()
              + ", the evidence gives "
              + again.decision().word()
              + Difference.first(stated, again));
    }
    return stated;
  }

  private static void checkStatements(
      Contents contents,
      DecisionRecord decided,
      String manifestDigest,
      boolean selfSigned,
      String verdict,
      String testResult)
      throws IOException {
    Instant time =
        Instant.parse(Json.parse(verdict).path("predicate").path("timeVerified").asString(""));
    if (time.isBefore(contents.run().ended())) {
      throw new Broken("attestations/" + Attestations.VERDICT + ": signed before the run ended");
    }
    String expected = Statements.verdict(contents.run(), decided, manifestDigest, selfSigned, time);
    if (!expected.equals(verdict)) {
      throw new Broken(
          "attestations/"
              + Attestations.VERDICT
              + ": states something else than the bundle's decision");
    }
    if (!Attestations.testResult(contents, decided).equals(testResult)) {
      throw new Broken(
          "attestations/"
              + Attestations.TEST_RESULT
              + ": states something else than the bundle's results");
    }
  }

  private static void checkProvenance(RunFolder folder, PublicKey key) throws IOException {
    Optional<String> expected = Provenance.statement(folder);
    String name = "attestations/" + Attestations.PROVENANCE;
    if (expected.isPresent()) {
      String stated = open(folder, Attestations.PROVENANCE, key);
      if (!stated.equals(expected.get())) {
        throw new Broken(name + ": states something else than the bundle's supply chain");
      }
    } else if (Files.exists(
        folder.attestations().resolve(Attestations.PROVENANCE), LinkOption.NOFOLLOW_LINKS)) {
      throw new Broken(name + ": added after sealing");
    }
  }

  /**
   * Another version may lay out its reports differently; there the digests alone protect them. A
   * verifier that runs from classes has no version and checks always.
   */
  private static boolean isOwnVersion(String harness) {
    String own = Verifier.class.getPackage().getImplementationVersion();
    return own == null || own.equals(harness);
  }

  private static String relative(Path root, String file) {
    Path path = Path.of(file);
    return path.startsWith(root) ? root.relativize(path).toString() : file;
  }

  /** The first thing that does not hold. */
  private static final class Broken extends IOException {
    private static final long serialVersionUID = 1;
    private final String text;

    Broken(String text) {
      super(text);
      this.text = text;
    }
  }
}
