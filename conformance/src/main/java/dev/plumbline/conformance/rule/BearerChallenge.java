package dev.plumbline.conformance.rule;

import dev.plumbline.conformance.wire.Exchange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A challenge of the scheme Bearer in {@code WWW-Authenticate} (RFC 9110 §11.6.1, RFC 6750 §3).
 *
 * @param parameters by name in lower case
 */
public record BearerChallenge(Map<String, String> parameters) {
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

  /** A parameter, or else the name of a scheme. */
  private static final Pattern PIECE =
      Pattern.compile(
          "\\G[\\s,]*(?:("
              + TOKEN
              + ")\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|("
              + TOKEN
              + "(?:[:/?@=][^\\s,]*)?))|("
              + TOKEN
              + ")(?:\\s|$|,))");

  /** Copies the map. */
  public BearerChallenge {
    parameters = Map.copyOf(parameters);
  }

  /** The first challenge of the scheme. */
  public static Optional<BearerChallenge> of(Exchange exchange) {
    return exchange.headers("WWW-Authenticate").stream()
        .flatMap(value -> all(value).stream())
        .findFirst();
  }

  static List<BearerChallenge> all(String value) {
    List<BearerChallenge> found = new ArrayList<>();
    Map<String, String> parameters = new HashMap<>();
    boolean bearer = false;
    Matcher piece = PIECE.matcher(value);
    while (piece.find()) {
      if (piece.group(4) != null) {
        if (bearer) {
          found.add(new BearerChallenge(parameters));
        }
        parameters.clear();
        bearer = piece.group(4).equalsIgnoreCase("Bearer");
      } else {
        String text =
            piece.group(2) == null ? piece.group(3) : piece.group(2).replaceAll("\\\\(.)", "$1");
        parameters.putIfAbsent(piece.group(1).toLowerCase(Locale.ROOT), text);
      }
    }
    if (bearer) {
      found.add(new BearerChallenge(parameters));
    }
    return found;
  }

  /** A parameter. */
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  /** The scopes it names, sorted. */
  public Set<String> scopes() {
    Set<String> scopes = new TreeSet<>();
    Arrays.stream(parameter("scope").orElse("").split(" ", -1))
        .filter(scope -> !scope.isEmpty())
        .forEach(scopes::add);
    return scopes;
  }
}
