package dev.plumbline.server.access;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The public keys of an authorization server (RFC 7517 §5).
 *
 * @param keys those that verify signatures, at least one
 */
record KeySet(List<VerifyingKey> keys) {
  /** More keys than an authorization server has in use at a time. */
  private static final int MOST_KEYS = 16;

  KeySet {
    keys = List.copyOf(keys);
  }

  /**
   * The keys of a file.
   *
   * @throws UnusableFileException when there are none that can be used
   */
  static KeySet read(String file) {
    return IssuerFile.read("authorization.keys", file, KeySet::parse);
  }

  static KeySet parse(String json) {
    JsonNode set = IssuerFile.json(json);
    List<VerifyingKey> keys =
        set.path("keys")
            .valueStream()
            .filter(key -> key.path("use").asString("sig").equals("sig"))
            .map(VerifyingKey::of)
            .toList();
    if (keys.isEmpty() || keys.size() > MOST_KEYS) {
      throw new UnusableFileException(
          "a set has 1 to " + MOST_KEYS + " keys for signatures, not " + keys.size());
    }
    return new KeySet(keys);
  }

  /** True when one of the keys that a token may mean made this signature. */
  boolean verifies(String id, String algorithm, byte[] content, byte[] signature) {
    return keys.stream()
        .filter(key -> key.algorithm().name().equals(algorithm))
        .filter(key -> id.isEmpty() || key.id().isEmpty() || key.id().equals(id))
        .anyMatch(key -> key.verifies(content, signature));
  }
}
