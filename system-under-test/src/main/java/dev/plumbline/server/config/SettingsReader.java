package dev.plumbline.server.config;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * Reads one YAML document (JSON is YAML) into settings by path. Stricter than YAML: sequences,
 * duplicate keys, second documents, anchors and aliases are refused, because none of them is ever
 * meant here.
 */
final class SettingsReader {
  /** Longest document in bytes. */
  static final int MAX_BYTES = 65_536;

  private static final int MAX_DEPTH = 8;

  /** What was written at one path. */
  record Said(String path, Scalar value) {}

  private final YAMLParser parser;
  private final List<Said> said = new ArrayList<>();

  private SettingsReader(YAMLParser parser) {
    this.parser = parser;
  }

  /** Reads a document; throws a problem when it is none. */
  static List<Said> read(byte[] bytes) throws Malformed {
    if (bytes.length > MAX_BYTES) {
      throw new Malformed("document", "longer than " + MAX_BYTES + " bytes; shorten it");
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    try (JsonParser parser = new YAMLFactory().createParser(ObjectReadContext.empty(), text)) {
      SettingsReader reader = new SettingsReader((YAMLParser) parser);
      reader.document();
      return reader.said;
    } catch (JacksonException e) {
      throw malformed(e);
    }
  }

  private void document() throws Malformed {
    JsonToken first = parser.nextToken();
    if (first == null) {
      return;
    }
    // A file of comments only is a document without content.
    if (first == JsonToken.START_OBJECT) {
      mapping("", 0);
    } else if (first != JsonToken.VALUE_NULL && !parser.getString().isEmpty()) {
      throw problem("write settings as 'name: value' lines");
    }
    if (parser.nextToken() != null) {
      throw problem("a second document starts here; keep one document");
    }
  }

  private void mapping(String prefix, int depth) throws Malformed {
    if (depth > MAX_DEPTH) {
      throw problem("nested deeper than " + MAX_DEPTH + " levels");
    }
    Set<String> keys = new HashSet<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String key = Shown.text(parser.currentName());
      String path = prefix + key;
      if (!keys.add(key)) {
        throw new Malformed(path, "is set twice; keep one");
      }
      value(path, parser.nextToken(), depth);
    }
  }

  private void value(String path, JsonToken token, int depth) throws Malformed {
    if (parser.isCurrentAlias() || parser.getObjectId() != null) {
      throw new Malformed(path, "anchors and aliases are not supported; write the value out");
    }
    switch (token) {
      case START_OBJECT -> mapping(path + ".", depth + 1);
      case VALUE_STRING ->
          said.add(new Said(path, new Scalar(parser.getString(), Scalar.Type.TEXT)));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE ->
          said.add(new Said(path, new Scalar(parser.getString(), Scalar.Type.PLAIN)));
      case START_ARRAY -> throw new Malformed(path, "takes one value, not a list");
      case VALUE_NULL -> throw new Malformed(path, "has no value; write one or remove the line");
      default -> throw problem("unexpected " + token);
    }
  }

  private Malformed problem(String what) {
    return new Malformed(line(parser.currentTokenLocation()), what);
  }

  private static Malformed malformed(JacksonException e) {
    if (e.getCause() instanceof MarkedYamlEngineException marked
        && marked.getProblemMark().isPresent()) {
      int line = marked.getProblemMark().get().getLine() + 1;
      return new Malformed("line " + line, "not YAML; " + Shown.text(marked.getProblem()));
    }
    return new Malformed(line(e.getLocation()), "not YAML");
  }

  private static String line(@org.jspecify.annotations.Nullable TokenStreamLocation where) {
    return "line " + (where == null ? 1 : Math.max(1, where.getLineNr()));
  }

  /** Text that holds no settings. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    Malformed(String path, String text) {
      super(text);
      this.problem = new Problem(path, text);
    }

    Problem problem() {
      return problem;
    }
  }
}
