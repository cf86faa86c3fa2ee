package dev.plumbline.supplychain;

import dev.plumbline.evidence.model.Json;
import dev.plumbline.supplychain.Advisory.Affected;
import dev.plumbline.supplychain.Advisory.Event;
import dev.plumbline.supplychain.Advisory.Kind;
import dev.plumbline.supplychain.Advisory.Range;
import dev.plumbline.supplychain.Advisory.Score;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the OSV format (https://ossf.github.io/osv-schema/), as far as it tells which versions of
 * packages of Maven are affected. Strict where a mistake could hide something; fields that tell
 * nothing of that are passed over, as the format asks.
 */
final class OsvForm {
  private static final String MAVEN = "Maven";
  private static final Set<String> RANGES = Set.of("ECOSYSTEM", "SEMVER");
  private static final String GIT = "GIT";

  /**
   * What one document is.
   *
   * @param id of the advisory
   * @param modified when it was last changed
   * @param withdrawn whether it was taken back
   * @param maven whether it names packages of Maven
   * @param advisory what it says about the packages asked for; nothing when it names none
   */
  record Document(
      String id, Instant modified, boolean withdrawn, boolean maven, @Nullable Advisory advisory) {}

  private OsvForm() {}

  /**
   * Reads a document.
   *
   * @param packages which packages matter, {@code group:artifact}
   * @throws IOException when it is not of the form; one line
   */
  static Document read(String text, Set<String> packages) throws IOException {
    JsonNode root = Json.parse(text);
    if (!root.isObject()) {
      throw new IOException("not an object");
    }
    String id = text(root, "id");
    Instant modified = time(text(root, "modified"));
    List<Affected> affected = new ArrayList<>();
    boolean maven = false;
    for (JsonNode one : list(root, "affected")) {
      JsonNode named = one.path("package");
      // A row may be about commits alone.
      if (!named.isMissingNode()) {
        String ecosystem = text(named, "ecosystem");
        String name = text(named, "name");
        if (ecosystem.equals(MAVEN) || ecosystem.startsWith(MAVEN + ":")) {
          maven = true;
          if (packages.contains(name)) {
            affected.add(affected(name, one));
          }
        }
      }
    }
    boolean withdrawn = root.has("withdrawn");
    if (affected.isEmpty() || withdrawn) {
      return new Document(id, modified, withdrawn, maven, null);
    }
    return new Document(
        id,
        modified,
        false,
        true,
        new Advisory(
            id,
            modified.toString(),
            root.path("summary").asString(""),
            texts(root, "aliases"),
            scores(root),
            rating(root),
            affected));
  }

  private static Affected affected(String name, JsonNode node) throws IOException {
    List<Range> ranges = new ArrayList<>();
    for (JsonNode range : list(node, "ranges")) {
      String type = text(range, "type");
      if (RANGES.contains(type)) {
        ranges.add(range(range));
      } else if (!type.equals(GIT)) {
        throw new IOException("a range of the unknown type " + type);
      }
    }
    List<String> versions = texts(node, "versions");
    if (ranges.isEmpty() && versions.isEmpty()) {
      throw new IOException("names " + name + " and no version of it");
    }
    return new Affected(name, scores(node), rating(node), ranges, versions);
  }

  private static Range range(JsonNode node) throws IOException {
    List<Event> events = new ArrayList<>();
    for (JsonNode event : list(node, "events")) {
      if (!event.isObject() || event.size() != 1) {
        throw new IOException("an event of a range that is not one version");
      }
      String key = event.propertyNames().iterator().next();
      Kind kind =
          switch (key) {
            case "introduced" -> Kind.INTRODUCED;
            case "fixed" -> Kind.FIXED;
            case "last_affected" -> Kind.LAST_AFFECTED;
            case "limit" -> Kind.LIMIT;
            default -> throw new IOException("an event of the unknown kind " + key);
          };
      events.add(new Event(kind, text(event, key)));
    }
    if (events.stream().noneMatch(event -> event.kind() == Kind.INTRODUCED)) {
      throw new IOException("a range without the version it begins with");
    }
    return new Range(events);
  }

  private static List<Score> scores(JsonNode node) throws IOException {
    List<Score> scores = new ArrayList<>();
    for (JsonNode one : list(node, "severity")) {
      Score score = new Score(text(one, "type"), text(one, "score"));
      try {
        boolean _ = Severity.ofVector(score).isPresent();
      } catch (IllegalArgumentException e) {
        throw new IOException("severity " + score.vector() + ": " + e.getMessage(), e);
      }
      scores.add(score);
    }
    return scores;
  }

  private static @Nullable String rating(JsonNode node) {
    JsonNode rating = node.path("database_specific").path("severity");
    return rating.isString() ? rating.asString() : null;
  }

  private static Instant time(String text) throws IOException {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IOException("modified is not a time: " + text, e);
    }
  }

  private static String text(JsonNode node, String key) throws IOException {
    JsonNode value = node.path(key);
    if (!value.isString() || value.asString().isBlank()) {
      throw new IOException(key + " is missing or not a text");
    }
    return value.asString();
  }

  private static List<String> texts(JsonNode node, String key) throws IOException {
    List<String> texts = new ArrayList<>();
    for (JsonNode one : list(node, key)) {
      if (!one.isString()) {
        throw new IOException(key + " holds something that is not a text");
      }
      texts.add(one.asString());
    }
    return texts;
  }

  /** A list; none when it is absent or null. */
  private static Iterable<JsonNode> list(JsonNode node, String key) throws IOException {
    JsonNode value = node.path(key);
    if (!value.isArray() && !value.isMissingNode() && !value.isNull()) {
      throw new IOException(key + " is not a list");
    }
    return value;
  }
}
