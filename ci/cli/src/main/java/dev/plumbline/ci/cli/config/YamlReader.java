package dev.plumbline.ci.cli.config;

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
 * Reads one YAML document into nodes with line numbers. Stricter than YAML: duplicate keys, second
 * documents, anchors and aliases are refused, because none of them is ever meant in a settings
 * file.
 */
final class YamlReader {
  private static final int MAX_DEPTH = 8;

  private final String file;
  private final YAMLParser parser;

  private YamlReader(String file, YAMLParser parser) {
    this.file = file;
    this.parser = parser;
  }

  /**
   * Reads a document.
   *
   * @param file the name that messages use
   * @param text the content
   * @throws UsageException when it is not the YAML we accept; {@code file:line: what}
   */
  static YamlNode read(String file, String text) throws UsageException {
    try (JsonParser parser = new YAMLFactory().createParser(ObjectReadContext.empty(), text)) {
      YamlReader reader = new YamlReader(file, (YAMLParser) parser);
      JsonToken first = parser.nextToken();
      if (first == null) {
        return new YamlNode.Mapping(1, List.of());
      }
      YamlNode root = reader.node(first, 0);
      if (parser.nextToken() != null) {
        throw reader.problem("a second document starts here; keep one document a file");
      }
      return root;
    } catch (JacksonException e) {
      throw malformed(file, e);
    }
  }

  private YamlNode node(JsonToken token, int depth) throws UsageException {
    if (depth > MAX_DEPTH) {
      throw problem("nested deeper than " + MAX_DEPTH + " levels; flatten it");
    }
    if (parser.isCurrentAlias() || parser.getObjectId() != null) {
      throw problem("anchors and aliases are not supported; write the value out");
    }
    int line = line();
    return switch (token) {
      case START_OBJECT -> mapping(line, depth);
      case START_ARRAY -> sequence(line, depth);
      case VALUE_NULL -> new YamlNode.Empty(line);
      case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE ->
          new YamlNode.Scalar(line, parser.getString());
      default -> throw problem("unexpected " + token);
    };
  }

  private YamlNode.Mapping mapping(int line, int depth) throws UsageException {
    List<YamlNode.Entry> entries = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String key = parser.currentName();
      int keyLine = line();
      if (!keys.add(key)) {
        throw problem("'" + key + "' is set twice; keep one");
      }
      entries.add(new YamlNode.Entry(keyLine, key, node(parser.nextToken(), depth + 1)));
    }
    return new YamlNode.Mapping(line, entries);
  }

  private YamlNode.Sequence sequence(int line, int depth) throws UsageException {
    List<YamlNode> items = new ArrayList<>();
    JsonToken token = parser.nextToken();
    while (token != JsonToken.END_ARRAY) {
      items.add(node(token, depth + 1));
      token = parser.nextToken();
    }
    return new YamlNode.Sequence(line, items);
  }

  private int line() {
    return Math.max(1, parser.currentTokenLocation().getLineNr());
  }

  private UsageException problem(String what) {
    return new UsageException(file + ":" + line() + ": " + what);
  }

  private static UsageException malformed(String file, JacksonException e) {
    if (e.getCause() instanceof MarkedYamlEngineException marked
        && marked.getProblemMark().isPresent()) {
      int line = marked.getProblemMark().get().getLine() + 1;
      return new UsageException(file + ":" + line + ": not YAML: " + marked.getProblem(), e);
    }
    TokenStreamLocation where = e.getLocation();
    int line = where == null ? 1 : Math.max(1, where.getLineNr());
    String message = String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("malformed");
    return new UsageException(file + ":" + line + ": not YAML: " + message.strip(), e);
  }
}
