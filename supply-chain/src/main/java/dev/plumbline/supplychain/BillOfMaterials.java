package dev.plumbline.supplychain;

import dev.plumbline.evidence.model.Json;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
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
  private static final Pattern MAVEN =
      Pattern.compile("pkg:maven/([^/@?#]+)/([^/@?#]+)@([^/@?#]+)(?:[?#].*)?");

  private static final Pattern CLASSIFIER = Pattern.compile("[?&]classifier=([^&]+)");

  /**
   * One component.
   *
   * @param name group, name and version, for people
   * @param sha256 the stated digest, if any
   * @param licences those stated
   * @param maven what Maven knows it by; empty when it is no package of Maven
   */
  record Component(
      String name, Optional<String> sha256, List<Licence> licences, Optional<Coordinates> maven) {
    Component {
      licences = List.copyOf(licences);
    }
  }

  /**
   * What Maven knows a component by.
   *
   * @param name {@code group:artifact}
   * @param version its version
   */
  record Coordinates(String name, String version) {}

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
    return new Component(name, sha256, licences(node.path("licenses")), maven(node));
  }

  private static Optional<Coordinates> maven(JsonNode node) {
    Matcher purl = MAVEN.matcher(node.path("purl").asString(""));
    return purl.matches()
        ? Optional.of(
            new Coordinates(
                decoded(purl.group(1)) + ":" + decoded(purl.group(2)), decoded(purl.group(3))))
        : Optional.empty();
  }

  /** A purl is percent-encoded, and a plus in it is a plus. */
  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** By id or by name, or one expression for all. */
  private static List<Licence> licences(JsonNode stated) {
    List<Licence> licences = new ArrayList<>();
    for (JsonNode one : stated) {
      String expression =
          one.path("expression").asString(one.path("license").path("id").asString(""));
      licences.add(
          expression.isEmpty()
              ? new Licence(one.path("license").path("name").asString("no name"), false)
              : new Licence(expression, true));
    }
    return licences;
  }
}
