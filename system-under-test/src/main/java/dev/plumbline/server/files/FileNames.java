package dev.plumbline.server.files;

import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** How the names of files are written. */
final class FileNames {
  /** What a segment of a path may hold as it is (RFC 3986 §3.3). */
  private static final String PLAIN = "-._~!$&'()*+,;=:@/";

  private static final int ASCII = 0x80;

  private FileNames() {}

  /** The URI of an absolute path. */
  static String uri(Path path) {
    String name = path.toString().replace(path.getFileSystem().getSeparator(), "/");
    StringBuilder uri = new StringBuilder("file://").append(name.startsWith("/") ? "" : "/");
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      int octet = Byte.toUnsignedInt(b);
      boolean plain =
          octet < ASCII && (Character.isLetterOrDigit(octet) || PLAIN.indexOf(octet) >= 0);
      if (plain) {
        uri.append((char) octet);
      } else {
        uri.append(String.format("%%%02X", octet));
      }
    }
    return uri.toString();
  }

  /** The media type that the JDK knows for this ending. */
  static Optional<String> mediaType(String name) {
    return Optional.ofNullable(URLConnection.guessContentTypeFromName(name));
  }
}
