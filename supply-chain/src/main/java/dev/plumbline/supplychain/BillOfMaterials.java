package dev.plumbline.supplychain;

import dev.plumbline.evidence.model.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What a CycloneDX document says, as far as it matters here.
 *
 * @param format the stated format, {@code CycloneDX}
 * @param version the stated version of the format
 * @param components by the file name their jar has
 */
record BillOfMaterials(String format, String version, Map<String, Component> components) {
  private static final Pattern CLASSIFIER = Pattern.compile("[?&]classifier=([^&]+)");

  /**
   * One component.
   *
   * @param name group, name and version, for people
   * @param sha256 the stated digest, if any
   * @param licensed whether any licence is stated
   */
  record Component(String name, Optional<String> sha256, boolean licensed) {}

  /**
   * Reads a document.
   *
   * @throws IOException when it is not JSON
   */
  static BillOfMaterials read(Path file) throws IOException {
    JsonNode document = Json.read(file, JsonNode.class);
    List<JsonNode> all = new ArrayList<>();
    document.path("components").forEach(all::add);
    JsonNode main = document.path("metadata").path("component");
    if (main.isObject()) {
      all.add(main);
    }
    Map<String, Component> components = new HashMap<>();
    for (JsonNode node : all) {
      components.putIfAbsent(jarName(node), component(node));
    }
    return new BillOfMaterials(
        document.path("bomFormat").asString(""),
        document.path("specVersion").asString(""),
        components);
  }

  /** Maven's name for the file of these coordinates. */
  private static String jarName(JsonNode node) {
    Matcher classifier = CLASSIFIER.matcher(node.path("purl").asString(""));
    return node.path("name").asString("")
        + "-"
        + node.path("version").asString("")
        + (classifier.find() ? "-" + classifier.group(1) : "")
        + ".jar";
  }

  private static Component component(JsonNode node) {
    Optional<String> sha256 = Optional.empty();
    for (JsonNode hash : node.path("hashes")) {
      if (hash.path("alg").asString("").equals("SHA-256")) {
        sha256 = Optional.of(hash.path("content").asString(""));
      }
    }
    String name =
        node.path("group").asString("")
            + ":"
            + node.path("name").asString("")
            + ":"
            + node.path("version").asString("");
    return new Component(name, sha256, !node.path("licenses").isEmpty());
  }
}
