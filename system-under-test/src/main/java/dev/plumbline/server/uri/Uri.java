package dev.plumbline.server.uri;

import dev.plumbline.server.limit.Limits;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * An absolute URI in its one form: scheme and host in lower case, unreserved characters as they
 * are, other octets as {@code %XX}, no dot segments (RFC 3986 §6.2.2). Whatever has no such form,
 * or one that could be read in two ways, is refused. One pass for each rule, so the time is linear
 * in at most {@link Limits#MAX_URI_BYTES}.
 *
 * <p>{@link java.net.URI} does not do: it takes characters beyond ASCII, decodes nothing when it
 * normalises, and keeps dot segments that lead above the root. It is asked whether an IP literal is
 * one.
 *
 * <p>Stricter than RFC 3986: a path that leads above its root is refused instead of cut, and text
 * that is percent-encoded must be visible UTF-8 (see {@link Flaw}).
 */
public final class Uri {
  private static final String FILE = "file";

  private final String text;
  private final String scheme;
  private final String path;

  private Uri(String text, String scheme, String path) {
    this.text = text;
    this.scheme = scheme;
    this.path = path;
  }

  /**
   * Brings a URI into its one form.
   *
   * @throws UriRefusedException when it has none
   */
  public static Uri parse(String given) throws UriRefusedException {
    if (given.length() > Limits.MAX_URI_BYTES) {
      throw new UriRefusedException(Flaw.TOO_LONG);
    }
    Octets.checkAlphabet(given);
    int colon = Octets.schemeEnd(given);
    String scheme = given.substring(0, colon).toLowerCase(Locale.ROOT);
    int fragment = before(given, '#', colon, given.length());
    int query = before(given, '?', colon, fragment);
    String rest = given.substring(colon + 1, query);
    boolean named = rest.startsWith("//");
    int slash = named ? rest.indexOf('/', 2) : 0;
    String authority = named ? rest.substring(2, slash < 0 ? rest.length() : slash) : "";
    String path = Octets.normal(slash < 0 ? "" : rest.substring(slash), false);
    String tail =
        Octets.normal(given.substring(query, fragment), false)
            + Octets.normal(given.substring(fragment), false);
    path = DotSegments.removed(path);
    if (scheme.equals(FILE)) {
      checkFile(authority, path, tail);
      return new Uri("file://" + path, scheme, path);
    }
    if (!named && path.startsWith("//")) {
      throw new UriRefusedException(Flaw.AMBIGUOUS);
    }
    String text = scheme + (named ? "://" + authority(authority) : ":") + path + tail;
    return new Uri(text, scheme, path);
  }

  /**
   * The one form of a URI that somebody of ours wrote; what has none stands for itself.
   *
   * @return something to compare URIs by
   */
  public static String key(String given) {
    try {
      return parse(given).text();
    } catch (UriRefusedException e) {
      return given;
    }
  }

  private static int before(String text, char mark, int from, int end) {
    int at = text.indexOf(mark, from);
    return at < 0 || at > end ? end : at;
  }

  /** RFC 8089 §2, without hosts: the file is here. */
  private static void checkFile(String authority, String path, String tail)
      throws UriRefusedException {
    boolean here = authority.isEmpty() || authority.equalsIgnoreCase("localhost");
    boolean plain = path.startsWith("/") && !path.contains("//") && !path.contains("%2F");
    if (!here || !plain || !tail.isEmpty()) {
      throw new UriRefusedException(Flaw.NO_FILE);
    }
  }

  private static String authority(String given) throws UriRefusedException {
    int at = given.lastIndexOf('@');
    String user = given.substring(0, at + 1);
    String place = given.substring(at + 1);
    int port = place.startsWith("[") ? place.indexOf(']') + 1 : place.indexOf(':');
    String host = port < 0 ? place : place.substring(0, port);
    String number = port < 0 ? "" : place.substring(port);
    boolean lawful =
        user.indexOf('@') == user.length() - 1
            && !user.contains("[")
            && !user.contains("]")
            && (number.isEmpty() || number.startsWith(":"))
            && number.chars().skip(1).allMatch(c -> c >= '0' && c <= '9')
            && isHost(host);
    if (!lawful) {
      throw new UriRefusedException(Flaw.AUTHORITY);
    }
    return Octets.normal(user, false)
        + Octets.normal(host, true)
        + (number.length() > 1 ? number : "");
  }

  private static boolean isHost(String host) {
    if (!host.startsWith("[")) {
      return host.indexOf('[') < 0 && host.indexOf(']') < 0;
    }
    try {
      return host.indexOf('%') < 0
          && host.equals(new java.net.URI("any://" + host + "/").getRawAuthority());
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** Its one form. */
  public String text() {
    return text;
  }

  /** True for {@code file}. */
  public boolean isFile() {
    return scheme.equals(FILE);
  }

  /** The path of a file, decoded: begins with a slash, and no other slash is part of a name. */
  public String filePath() {
    if (!isFile()) {
      throw new IllegalStateException(scheme + " has no files");
    }
    return Octets.decoded(path);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Uri uri && uri.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
