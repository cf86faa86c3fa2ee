package dev.plumbline.conformance.rule;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Forms that what is carried in messages must have: Base64, media types, addresses. */
public final class Content {
  // RFC 6838 §4.2; parameters may follow.
  private static final Pattern MEDIA_TYPE =
      Pattern.compile("[A-Za-z0-9][\\w!#$&^.+-]*/[A-Za-z0-9][\\w!#$&^.+-]*(\\s*;.*)?");

  private Content() {}

  /** Whether the text is Base64 with padding (RFC 4648 §4). */
  public static boolean isBase64(JsonNode text) {
    if (!text.isString() || text.stringValue().length() % 4 != 0) {
      return false;
    }
    try {
      return Base64.getDecoder().decode(text.stringValue()) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Whether the text has the form type/subtype. */
  public static boolean isMediaType(JsonNode text) {
    return MEDIA_TYPE.matcher(text.asString("")).matches();
  }

  /** Whether the text is an absolute URI (RFC 3986). */
  public static boolean isUri(JsonNode text) {
    return text.isString() && isUri(text.stringValue());
  }

  /** Whether the text is an absolute URI (RFC 3986). */
  public static boolean isUri(String text) {
    try {
      return new URI(text).isAbsolute();
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** The address as a URL with a host; null when it is none. */
  public static @Nullable URI url(JsonNode text) {
    try {
      URI uri = new URI(text.asString(""));
      return uri.isAbsolute() && uri.getHost() != null ? uri : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
