package dev.plumbline.ci.cli.requirement;

import java.util.Locale;
import java.util.regex.Pattern;

/** Something that shows a requirement: its written form, and what it refers to. */
public sealed interface Reference {
  /** The written form. */
  String text();

  /**
   * A check of a run: a demand, an objective, a clause, a failure mode, the bill of materials.
   *
   * @param text its id, {@code RC-701}
   */
  record Check(String text) implements Reference {}

  /**
   * A gate of a run.
   *
   * @param text its id, {@code G-11}
   */
  record Gate(String text) implements Reference {}

  /**
   * A test class, or one method of it.
   *
   * @param text {@code WalkProperties#client}; the class with so much of its package before it that
   *     no other is meant
   */
  record Test(String text) implements Reference {
    /** The end of the class's full name. */
    String type() {
      return text.split(METHOD, 2)[0];
    }

    /** The method; empty when every one of the class is meant. */
    String method() {
      return text.contains(METHOD) ? text.split(METHOD, 2)[1] : "";
    }

    /** Whether that class is meant. */
    boolean means(String className) {
      return className.endsWith("." + type());
    }
  }

  /**
   * All tests of a kind.
   *
   * @param text {@code tests:unit} or {@code tests:integration}
   */
  record Tests(String text) implements Reference {
    /** Whether those are meant that need what was built. */
    boolean integration() {
      return text.endsWith("integration");
    }
  }

  /**
   * How many of the lines of a package are reached by tests.
   *
   * @param text {@code coverage:server.limit}; without a package everything
   */
  record Coverage(String text) implements Reference {
    /** The end of the package's full name; empty for everything. */
    String room() {
      return text.substring(COVERAGE.length());
    }
  }

  /** What divides class and method. */
  String METHOD = "#";

  /** How a share of lines begins. */
  String COVERAGE = "coverage:";

  /** The form of a test: parts of a package, a class, a method. */
  Pattern TEST = Pattern.compile("([a-z][a-z0-9]*\\.)*[A-Z]\\w*(#[a-z]\\w*)?");

  /**
   * Reads the written form.
   *
   * @throws IllegalArgumentException when it is none
   */
  static Reference of(String text) {
    if (text.matches("G-[0-9]{2}")) {
      return new Gate(text);
    }
    if (text.matches("[A-Z]{2,4}-[A-Z0-9-]+") && text.equals(text.toUpperCase(Locale.ROOT))) {
      return new Check(text);
    }
    if (text.matches("tests:(unit|integration)")) {
      return new Tests(text);
    }
    if (text.matches(COVERAGE + "([a-z][a-z0-9]*(\\.[a-z][a-z0-9]*)*)?")) {
      return new Coverage(text);
    }
    if (TEST.matcher(text).matches()) {
      return new Test(text);
    }
    throw new IllegalArgumentException("nothing is written like " + text);
  }
}
