package dev.plumbline.evidence.bundle.sign;

import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.RunFolder;
import dev.plumbline.evidence.model.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What is signed about Plumbline's own jars: who built them, from which commit, of which libraries
 * and when, as SLSA provenance v1. A pure function of the raw data of the supply chain, so
 * verification writes it again and compares. Libraries are those that ship; the plugins of the
 * build are not among them.
 */
public final class Provenance {
  /** The predicate type. */
  public static final String TYPE = "https://slsa.dev/provenance/v1";

  private static final String BUILD_TYPE = "urn:plumbline:build:maven:v1";
  private static final String BILL = "bom.json";

  private Provenance() {}

  /**
   * The statement; empty when the run recorded no build, or that of another bill of materials, or
   * nothing that this build made ships.
   */
  public static Optional<String> statement(RunFolder folder) throws IOException {
    Path raw = folder.raw(Suite.SUPPLY_CHAIN);
    if (!Files.isRegularFile(raw.resolve("build.json"))
        || !Files.isRegularFile(raw.resolve(BILL))
        || !Files.isRegularFile(raw.resolve("subjects.json"))) {
      return Optional.empty();
    }
    JsonNode build = Json.read(raw.resolve("build.json"), JsonNode.class);
    if (!build.path("bomSha256").asString("").equals(Digests.sha256(raw.resolve(BILL)))) {
      return Optional.empty();
    }
    JsonNode bill = Json.read(raw.resolve(BILL), JsonNode.class);
    String group = bill.path("metadata").path("component").path("group").asString("");
    Set<String> made = new HashSet<>();
    List<Map<String, Object>> materials = new ArrayList<>();
    for (JsonNode component : bill.path("components")) {
      String sha256 = sha256(component);
      if (component.path("group").asString("").equals(group)) {
        made.add(sha256);
      } else if (!sha256.isEmpty()) {
        materials.add(
            Statements.ordered(
                "uri", component.path("purl").asString(""), "digest", Statements.digest(sha256)));
      }
    }
    List<Map<String, Object>> subjects = new ArrayList<>();
    for (JsonNode jar : Json.read(raw.resolve("subjects.json"), JsonNode.class).path("subjects")) {
      String sha256 = jar.path("sha256").asString("");
      if (made.contains(sha256)) {
        subjects.add(
            Statements.ordered(
                "name",
                jar.path("folder").asString("") + "/" + jar.path("file").asString(""),
                "digest",
                Statements.digest(sha256)));
      }
    }
    materials.sort(Comparator.comparing(material -> String.valueOf(material.get("uri"))));
    return subjects.isEmpty()
        ? Optional.empty()
        : Optional.of(Statements.statement(subjects, TYPE, predicate(build, materials)));
  }

  private static Map<String, Object> predicate(
      JsonNode build, List<Map<String, Object>> materials) {
    String commit = build.path("commit").asString("");
    List<Map<String, Object>> dependencies = new ArrayList<>();
    if (!commit.isEmpty()) {
      dependencies.add(
          Statements.ordered("name", "source", "digest", Statements.ordered("gitCommit", commit)));
    }
    dependencies.addAll(materials);
    Map<String, Object> definition = new LinkedHashMap<>();
    definition.put("buildType", BUILD_TYPE);
    definition.put(
        "externalParameters",
        Statements.ordered("commit", commit, "tree", build.path("tree").asString("")));
    definition.put(
        "internalParameters",
        Statements.ordered(
            "java", build.path("java").asString(""), "maven", build.path("maven").asString("")));
    definition.put("resolvedDependencies", dependencies);
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("builder", Statements.ordered("id", build.path("builder").asString("")));
    details.put(
        "metadata",
        Statements.ordered(
            "startedOn", build.path("started").asString(""),
            "finishedOn", build.path("finished").asString("")));
    return Statements.ordered("buildDefinition", definition, "runDetails", details);
  }

  private static String sha256(JsonNode component) {
    for (JsonNode hash : component.path("hashes")) {
      if (hash.path("alg").asString("").equals("SHA-256")) {
        return hash.path("content").asString("");
      }
    }
    return "";
  }
}
