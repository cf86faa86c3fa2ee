package dev.plumbline.ci.cli.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A mapping being taken apart: each key is asked for by name, and what nobody asked for is refused
 * with the list of what exists.
 */
final class Fields {
  private final String file;
  private final YamlNode.Mapping mapping;
  private final Set<String> known = new TreeSet<>();

  private Fields(String file, YamlNode.Mapping mapping) {
    this.file = file;
    this.mapping = mapping;
  }

  /** Turns text into a value; its complaint needs no place, that is added here. */
  @FunctionalInterface
  interface Parser<T> {
    /**
     * Parses.
     *
     * @throws UsageException when the text is not one of the allowed forms; says which are
     */
    T parse(String text) throws UsageException;
  }

  /** The fields of a node, which must be a mapping. */
  static Fields of(String file, YamlNode node, String what) throws UsageException {
    return switch (node) {
      case YamlNode.Mapping mapping -> new Fields(file, mapping);
      case YamlNode.Empty empty -> new Fields(file, new YamlNode.Mapping(empty.line(), List.of()));
      case YamlNode.Sequence _, YamlNode.Scalar _ ->
          throw new UsageException(
              file
                  + ":"
                  + node.line()
                  + ": "
                  + what
                  + " must be a mapping (key: value), not "
                  + node.shape());
    };
  }

  /** A single value, or null when the key is absent. */
  <T> @Nullable T value(String key, Parser<T> parser) throws UsageException {
    YamlNode.Entry entry = entry(key);
    if (entry == null) {
      return null;
    }
    return scalar(key, entry.value(), parser);
  }

  /** A list of values, empty when the key is absent; a single value is not a list. */
  <T> List<T> list(String key, Parser<T> parser) throws UsageException {
    YamlNode.Entry entry = entry(key);
    if (entry == null) {
      return List.of();
    }
    if (!(entry.value() instanceof YamlNode.Sequence sequence)) {
      throw at(entry.line(), "'" + key + "' must be a list ([a, b]), not " + entry.value().shape());
    }
    List<T> values = new ArrayList<>();
    for (YamlNode item : sequence.items()) {
      values.add(scalar(key, item, parser));
    }
    return values;
  }

  /** A list of mappings, empty when the key is absent. */
  List<Fields> mappings(String key) throws UsageException {
    YamlNode.Entry entry = entry(key);
    if (entry == null) {
      return List.of();
    }
    if (!(entry.value() instanceof YamlNode.Sequence sequence)) {
      throw at(entry.line(), "'" + key + "' must be a list, not " + entry.value().shape());
    }
    List<Fields> values = new ArrayList<>();
    for (YamlNode item : sequence.items()) {
      values.add(Fields.of(file, item, "an entry of '" + key + "'"));
    }
    return values;
  }

  /** A single value that must be there. */
  <T> T required(String key, Parser<T> parser) throws UsageException {
    T value = value(key, parser);
    if (value == null) {
      throw problem("'" + key + "' is missing here");
    }
    return value;
  }

  /** A nested mapping, or null when the key is absent. */
  @Nullable Fields mapping(String key) throws UsageException {
    YamlNode.Entry entry = entry(key);
    return entry == null ? null : Fields.of(file, entry.value(), "'" + key + "'");
  }

  /** Texts by name, empty when the key is absent; any name is allowed. */
  Map<String, String> texts(String key) throws UsageException {
    YamlNode.Entry entry = entry(key);
    Map<String, String> values = new TreeMap<>();
    if (entry != null) {
      if (!(entry.value() instanceof YamlNode.Mapping names)) {
        throw at(entry.line(), "'" + key + "' must be a mapping, not " + entry.value().shape());
      }
      for (YamlNode.Entry name : names.entries()) {
        values.put(name.key(), scalar(name.key(), name.value(), text -> text));
      }
    }
    return values;
  }

  /** Refuses every key that was never asked for. */
  void refuseOthers() throws UsageException {
    for (YamlNode.Entry entry : mapping.entries()) {
      if (!known.contains(entry.key())) {
        throw at(
            entry.line(),
            "unknown key '" + entry.key() + "'; allowed here: " + String.join(", ", known));
      }
    }
  }

  /** A complaint about the mapping as a whole. */
  UsageException problem(String what) {
    return at(mapping.line(), what);
  }

  private YamlNode.@Nullable Entry entry(String key) {
    known.add(key);
    return mapping.entries().stream()
        .filter(entry -> entry.key().equals(key))
        .findFirst()
        .orElse(null);
  }

  private <T> T scalar(String key, YamlNode node, Parser<T> parser) throws UsageException {
    if (!(node instanceof YamlNode.Scalar scalar)) {
      throw at(node.line(), "'" + key + "' needs a single value here, not " + node.shape());
    }
    if (scalar.text().isBlank()) {
      throw at(node.line(), "'" + key + "' is empty; give it a value or remove it");
    }
    try {
      return parser.parse(scalar.text());
    } catch (UsageException e) {
      throw new UsageException(file + ":" + node.line() + ": " + key + ": " + e.getMessage(), e);
    }
  }

  private UsageException at(int line, String what) {
    return new UsageException(file + ":" + line + ": " + what);
  }
}
