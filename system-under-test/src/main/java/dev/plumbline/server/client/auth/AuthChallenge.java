package dev.plumbline.server.client.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One challenge of a {@code WWW-Authenticate} field (RFC 9110 §11.6.1).
 *
 * @param scheme in lower case
 * @param parameters by name in lower case
 */
record AuthChallenge(String scheme, Map<String, String> parameters) {
  AuthChallenge {
    parameters = Map.copyOf(parameters);
  }

  /** The challenges of all fields, in their order; what cannot be read ends its field. */
  static List<AuthChallenge> parse(Map<String, List<String>> headers) {
    List<AuthChallenge> challenges = new ArrayList<>();
    headers.forEach(
        (name, values) -> {
          if (name.equalsIgnoreCase("WWW-Authenticate")) {
            values.forEach(value -> new ChallengeReader(value).readInto(challenges));
          }
        });
    return challenges;
  }

  /** The first challenge for a token of ours that says where the metadata is, or else the first. */
  static Optional<AuthChallenge> forTokens(Map<String, List<String>> headers) {
    List<AuthChallenge> ours =
        parse(headers).stream()
            .filter(c -> c.scheme().equals("bearer") || c.scheme().equals("dpop"))
            .toList();
    return ours.stream()
        .filter(c -> c.parameters().containsKey("resource_metadata"))
        .findFirst()
        .or(() -> ours.stream().findFirst());
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }
}
