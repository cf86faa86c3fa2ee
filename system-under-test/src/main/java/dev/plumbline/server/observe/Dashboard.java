package dev.plumbline.server.observe;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/**
 * The page an operator looks at: one HTML text with its style and script inside, which loads
 * nothing from anywhere else and holds no data. It asks for the control token and then reads {@code
 * /events}, {@code /sessions} and {@code /notices} like any other client of the control port.
 */
public final class Dashboard {
  /** Its media type. */
  public static final String TYPE = "text/html; charset=utf-8";

  private static final String FOLDER = "dashboard/";
  private static final String STYLE = "/*{style.css}*/";
  private static final String SCRIPT = "/*{charts.js}{live.js}{page.js}*/";

  private static final Dashboard PAGE = new Dashboard();

  private final String html;
  private final Map<String, String> headers;

  private Dashboard() {
    String style = resource("style.css");
    String script = resource("charts.js") + resource("live.js") + resource("page.js");
    this.html = resource("page.html").replace(STYLE, style).replace(SCRIPT, script);
    this.headers =
        Map.of(
            "Content-Security-Policy", policy(style, script),
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Cache-Control", "no-cache");
  }

  /** The page; the same in every server. */
  public static Dashboard page() {
    return PAGE;
  }

  /** The HTML text. */
  public String html() {
    return html;
  }

  /** The header fields it must be served with. */
  public Map<String, String> headers() {
    return headers;
  }

  /** Only this very style and script, and connections to where the page came from. */
  private static String policy(String style, String script) {
    return String.join(
        "; ",
        "default-src 'none'",
        "script-src '" + digest(script) + "'",
        "style-src '" + digest(style) + "'",
        "connect-src 'self'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'");
  }

  private static String digest(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String resource(String name) {
    try (InputStream in = Dashboard.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException("the server was built without " + FOLDER + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
