package dev.plumbline.server.access;

import dev.plumbline.server.protocol.JsonLimits;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Verifies access tokens: JSON web tokens in the compact form, signed by the authorization server,
 * for this server and for now (RFC 9068 §4). What was verified is remembered by its digest; whether
 * it still lasts is looked at each time.
 */
final class AccessTokens {
  private static final int LONGEST = 8_192;
  private static final int LONGEST_SUBJECT = 256;
  private static final int REMEMBERED = 1_000;
  private static final int PARTS = 3;
  private static final long LAST_SECOND = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
  private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/at+jwt");

  private final KeySet keys;
  private final String issuer;
  private final Supplier<String> audience;
  private final Duration leeway;
  private final InstantSource clock;
  private final Map<String, Access> verified =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Access> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * @param issuer whose tokens are taken
   * @param audience what they must be for
   * @param leeway by so much clocks may differ
   */
  AccessTokens(
      KeySet keys, String issuer, Supplier<String> audience, Duration leeway, InstantSource clock) {
    this.keys = keys;
    this.issuer = issuer;
    this.audience = audience;
    this.leeway = leeway;
    this.clock = clock;
  }

  /** What the token allows now; empty when it is no good. */
  Optional<Access> verify(String token) {
    if (token.length() > LONGEST) {
      return Optional.empty();
    }
    String digest = digest(token);
    Optional<Access> known;
    synchronized (verified) {
      known = Optional.ofNullable(verified.get(digest));
    }
    if (known.isEmpty()) {
      known = read(token);
      synchronized (verified) {
        known.ifPresent(access -> verified.put(digest, access));
      }
    }
    return known.filter(access -> access.lasts(clock.instant(), leeway));
  }

  private Optional<Access> read(String token) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != PARTS) {
      return Optional.empty();
    }
    try {
      byte[] content = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
      JsonNode header = object(parts[0]);
      boolean signed =
          isPlain(header)
              && keys.verifies(
                  header.path("kid").asString(""),
                  header.path("alg").asString(""),
                  content,
                  Base64Text.bytes(parts[2]));
      return signed ? access(object(parts[1])) : Optional.empty();
    } catch (IllegalArgumentException | JacksonException e) {
      return Optional.empty();
    }
  }

  /** Nothing in it would have to be understood that is not (RFC 7515 §4.1.11). */
  private static boolean isPlain(JsonNode header) {
    return !header.has("crit")
        && !header.has("b64")
        && !header.has("enc")
        && TYPES.contains(header.path("typ").asString("JWT").toLowerCase(java.util.Locale.ROOT));
  }

  private static ObjectNode object(String part) {
    String json = new String(Base64Text.bytes(part), StandardCharsets.UTF_8);
    return JsonLimits.mapper().readTree(json) instanceof ObjectNode object
        ? object
        : throwing("no object");
  }

  private static ObjectNode throwing(String why) {
    throw new IllegalArgumentException(why);
  }

  private Optional<Access> access(JsonNode claims) {
    String subject = claims.path("sub").asString("");
    Optional<Instant> expiry = time(claims, "exp");
    Optional<Instant> from = claims.has("nbf") ? time(claims, "nbf") : Optional.of(Instant.EPOCH);
    boolean ours =
        claims.path("iss").asString("").equals(issuer)
            && isFor(claims.path("aud"))
            && !subject.isEmpty()
            && subject.length() <= LONGEST_SUBJECT;
    if (!ours || expiry.isEmpty() || from.isEmpty()) {
      return Optional.empty();
    }
    Set<String> scopes =
        Arrays.stream(claims.path("scope").asString("").split(" ", -1))
            .filter(scope -> !scope.isEmpty())
            .collect(Collectors.toSet());
    return Optional.of(new Access(subject, scopes, from.get(), expiry.get()));
  }

  /** RFC 8707 §2: a token for somebody else is no token. */
  private boolean isFor(JsonNode named) {
    String wanted = audience.get();
    return !wanted.isEmpty()
        && (named.isArray()
            ? named.valueStream().anyMatch(one -> one.asString("").equals(wanted))
            : named.asString("").equals(wanted));
  }

  private static Optional<Instant> time(JsonNode claims, String name) {
    JsonNode seconds = claims.path(name);
    boolean sound =
        seconds.isNumber() && seconds.doubleValue() >= 0 && seconds.doubleValue() <= LAST_SECOND;
    return sound
        ? Optional.of(Instant.ofEpochSecond((long) seconds.doubleValue()))
        : Optional.empty();
  }

  private static String digest(String token) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
