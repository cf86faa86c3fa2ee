package dev.plumbline.ci.cli.config;

import java.util.List;

/** A YAML value that remembers the line it stands on, so that a mistake in it can be pointed at. */
sealed interface YamlNode {
  /** The line in the file, from 1. */
  int line();

  /** How a message calls a value of this shape. */
  String shape();

  /**
   * A mapping; keys are unique.
   *
   * @param line where it starts
   * @param entries in the order of the file
   */
  record Mapping(int line, List<Entry> entries) implements YamlNode {
    /** Copies the list. */
    public Mapping {
      entries = List.copyOf(entries);
    }

    @Override
    public String shape() {
      return "a mapping";
    }
  }

  /**
   * A key and what it is mapped to.
   *
   * @param line the line of the key
   */
  record Entry(int line, String key, YamlNode value) {}

  /** A sequence. */
  record Sequence(int line, List<YamlNode> items) implements YamlNode {
    /** Copies the list. */
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String shape() {
      return "a list";
    }
  }

  /** A plain value, as written: {@code 007} stays {@code 007}. */
  record Scalar(int line, String text) implements YamlNode {
    @Override
    public String shape() {
      return "a single value";
    }
  }

  /** A key without a value, or {@code null}. */
  record Empty(int line) implements YamlNode {
    @Override
    public String shape() {
      return "nothing";
    }
  }
}
