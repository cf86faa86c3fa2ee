package dev.plumbline.conformance.target;

import dev.plumbline.evidence.model.Names;
import dev.plumbline.evidence.model.TargetException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Access tokens that the owner of a server prepared, so that more of its authorization can be seen
 * than one lawful token shows. They are sent as {@code Authorization: Bearer} and never written.
 */
public final class Credentials {
  /** Nothing was prepared. */
  public static final Credentials NONE = new Credentials(Map.of(), List.of());

  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

  private final Map<Kind, String> tokens;
  private final List<String> secrets;

  /** What a prepared token is. */
  public enum Kind {
    /** Lawful, with too few scopes for something that the usual token may do. */
    NARROW,
    /** Like it, with the scopes that are then asked for as well. */
    CHALLENGED,
    /** Lawful, with a scope that includes the one asked for, but not that one by name. */
    BROAD,
    /** Lawful in everything but that it was issued for another server. */
    AUDIENCE,
    /** As good as the usual one, of another user. */
    OTHER
  }

  private Credentials(Map<Kind, String> tokens, List<String> secrets) {
    this.tokens = tokens.isEmpty() ? Map.of() : new EnumMap<>(tokens);
    this.secrets = List.copyOf(secrets);
  }

  /** Resolves the templates with the variables of this process. */
  public static Credentials of(Map<Kind, String> templates) throws TargetException {
    return of(templates, System.getenv());
  }

  /**
   * Resolves the templates.
   *
   * @param templates tokens, as {@code ${ENV_VAR}}
   * @throws TargetException when a variable is not set or holds no token; one line
   */
  static Credentials of(Map<Kind, String> templates, Map<String, String> environment)
      throws TargetException {
    Map<Kind, String> tokens = new EnumMap<>(Kind.class);
    List<String> secrets = new ArrayList<>();
    for (Map.Entry<Kind, String> template : templates.entrySet()) {
      String where = "credentials." + Names.toId(template.getKey());
      Variables resolved = Variables.resolve(template.getValue(), where, environment);
      String token = resolved.value().strip();
      if (!TOKEN.matcher(token).matches()) {
        throw new TargetException(
            where + ": this is no token; give it alone, without the word Bearer");
      }
      tokens.put(template.getKey(), token);
      secrets.addAll(resolved.secrets());
      secrets.add(token);
    }
    return new Credentials(tokens, secrets);
  }

  /** The token of that kind, when it was prepared. Holds the credential: never write it. */
  public Optional<String> token(Kind kind) {
    return Optional.ofNullable(tokens.get(kind));
  }

  /** What must not be shown. */
  List<String> secrets() {
    return secrets;
  }

  /** Kinds only. */
  @Override
  public String toString() {
    return tokens.keySet().toString();
  }
}
