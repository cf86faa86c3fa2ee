package dev.plumbline.server.feature;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A URI template of level 1 (RFC 6570 §1.2): text and {@code {variable}}. Matching takes a URI
 * apart in one pass, without backtracking; a variable stands for one or more unreserved or
 * percent-encoded characters, which is what simple expansion can give (§3.2.2). The last one may be
 * {@code {+path}}, which takes reserved characters, too, and everything that is left (§3.2.3).
 */
public final class UriTemplate {
  private static final Pattern EXPRESSION = Pattern.compile("\\{([^{}]*)\\}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]+(\\.[A-Za-z0-9_]+)*");
  private static final int HEX = 16;

  /** RFC 3986 §2.2. */
  private static final String RESERVED = ":/?#[]@!$&'()*+,;=";

  private final String text;

  /** One more than there are variables: what stands before, between and after them. */
  private final List<String> literals = new ArrayList<>();

  private final List<String> variables = new ArrayList<>();

  /** Whether the last variable is everything that is left. */
  private boolean rest;

  /**
   * Parses a template.
   *
   * @throws IllegalArgumentException in one line, when it has an operator, no variable, a variable
   *     twice, or nothing between two variables
   */
  public UriTemplate(String text) {
    this.text = text;
    Matcher expression = EXPRESSION.matcher(text);
    int from = 0;
    while (expression.find()) {
      variable(text.substring(from, expression.start()), expression.group(1));
      from = expression.end();
    }
    literals.add(text.substring(from));
    if (rest && !literals.getLast().isEmpty()) {
      throw refused("has something after {+" + variables.getLast() + "}");
    }
    if (variables.isEmpty() || literals.stream().anyMatch(UriTemplate::unlawful)) {
      throw refused(variables.isEmpty() ? "has no variable" : "is not a URI template");
    }
  }

  private void variable(String literal, String expression) {
    if (rest) {
      throw refused("has something after {+" + variables.getLast() + "}");
    }
    rest = expression.startsWith("+");
    String name = rest ? expression.substring(1) : expression;
    if (!NAME.matcher(name).matches()) {
      throw refused("has {" + expression + "}; only plain variables are supported");
    }
    if (variables.contains(name)) {
      throw refused("has {" + name + "} twice");
    }
    if (!variables.isEmpty() && literal.isEmpty()) {
      throw refused("has nothing before {" + name + "} that would end the variable before it");
    }
    literals.add(literal);
    variables.add(name);
  }

  private IllegalArgumentException refused(String why) {
    return new IllegalArgumentException("template " + text + " " + why);
  }

  private static boolean unlawful(String literal) {
    return literal.chars().anyMatch(c -> c == '{' || c == '}' || c <= ' ' || c == '"');
  }

  /** The template as it was given. */
  public String text() {
    return text;
  }

  /** The names of the variables, in order. */
  public List<String> variables() {
    return List.copyOf(variables);
  }

  /** The decoded values of the variables, or empty when the URI is not of this template. */
  public Optional<Map<String, String>> match(String uri) {
    String last = literals.getLast();
    int end = uri.length() - last.length();
    int at = literals.getFirst().length();
    if (end <= at || !uri.startsWith(literals.getFirst()) || !uri.endsWith(last)) {
      return Optional.empty();
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < variables.size(); i++) {
      boolean closing = i == variables.size() - 1;
      // The shortest value that leaves the next literal in its place: enough, since a literal that
      // a longer value could swallow consists of the same characters.
      int stop = closing ? end : uri.indexOf(literals.get(i + 1), at + 1);
      if (stop <= at || stop > end) {
        return Optional.empty();
      }
      String value = decoded(uri.substring(at, stop), closing && rest);
      if (value == null) {
        return Optional.empty();
      }
      values.put(variables.get(i), value);
      at = stop + (closing ? 0 : literals.get(i + 1).length());
    }
    return Optional.of(values);
  }

  private static @Nullable String decoded(String encoded, boolean anything) {
    ByteBuffer bytes = ByteBuffer.allocate(encoded.length());
    for (int i = 0; i < encoded.length(); i++) {
      char c = encoded.charAt(i);
      if (c == '%') {
        boolean whole = i + 2 < encoded.length();
        int high = whole ? Character.digit(encoded.charAt(i + 1), HEX) : -1;
        int low = whole ? Character.digit(encoded.charAt(i + 2), HEX) : -1;
        if (high < 0 || low < 0) {
          return null;
        }
        bytes.put((byte) (high * HEX + low));
        i += 2;
      } else if (unreserved(c) || (anything && RESERVED.indexOf(c) >= 0)) {
        bytes.put((byte) c);
      } else {
        return null;
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /** RFC 3986 §2.3. */
  private static boolean unreserved(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '.'
        || c == '_'
        || c == '~';
  }

  @Override
  public String toString() {
    return text;
  }
}
