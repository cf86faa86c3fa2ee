package dev.plumbline.evidence.bundle.report;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;

/** Links to the pages that checks cite, and relative paths as URIs. */
final class Pages {
  private static final String SPECIFICATION = "https://modelcontextprotocol.io/specification/";
  private static final Pattern REVISION_PAGE =
      Pattern.compile("\\d{4}-\\d{2}-\\d{2}/[A-Za-z0-9/_.-]+(#[A-Za-z0-9_.-]+)?");
  private static final Set<String> SCHEMES = Set.of("https", "http");

  private Pages() {}

  /** The link for a cited page; empty when it is not a specification page or web address. */
  static String link(String page) {
    if (REVISION_PAGE.matcher(page).matches()) {
      return SPECIFICATION + page;
    }
    try {
      URI uri = URI.create(page);
      return uri.getScheme() != null && SCHEMES.contains(uri.getScheme()) && uri.getHost() != null
          ? uri.toString()
          : "";
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  /** A relative path with everything percent-encoded that is not plain. */
  static String path(String path) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "/-_.~".indexOf(c) >= 0;
      encoded.append(plain ? String.valueOf(c) : "%%%02X".formatted((int) c));
    }
    return encoded.toString();
  }
}
