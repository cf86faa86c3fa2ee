package dev.plumbline.server.uri;

import java.util.ArrayList;
import java.util.List;

/** Takes dot segments out of a path that is normal otherwise (RFC 3986 §5.2.4). */
final class DotSegments {
  private static final String SLASH = "/";
  private static final String ENCODED_SLASH = "%2F";

  private DotSegments() {}

  static String removed(String path) throws UriRefusedException {
    if (path.indexOf('.') < 0) {
      return path;
    }
    List<String> segments = List.of(path.split(SLASH, -1));
    if (!path.startsWith(SLASH)) {
      for (String segment : segments) {
        if (dots(segment) > 0) {
          throw new UriRefusedException(Flaw.NO_ROOT);
        }
        checkHidden(segment);
      }
      return path;
    }
    List<String> kept = new ArrayList<>();
    for (String segment : segments.subList(1, segments.size())) {
      checkHidden(segment);
      switch (dots(segment)) {
        case 0 -> kept.add(segment);
        case 2 -> {
          if (kept.isEmpty()) {
            throw new UriRefusedException(Flaw.ABOVE_ROOT);
          }
          kept.removeLast();
        }
        default -> {}
      }
    }
    if (dots(segments.getLast()) > 0) {
      kept.add("");
    }
    return SLASH + String.join(SLASH, kept);
  }

  /** What decodes a slash that is part of a segment must not find a dot segment then. */
  private static void checkHidden(String segment) throws UriRefusedException {
    if (!segment.contains(ENCODED_SLASH)) {
      return;
    }
    for (String part : segment.split(ENCODED_SLASH, -1)) {
      if (dots(part) > 0) {
        throw new UriRefusedException(Flaw.HIDDEN_DOTS);
      }
    }
  }

  /** How many dots a dot segment has; 0 when it is none. */
  private static int dots(String segment) {
    return segment.equals(".") || segment.equals("..") ? segment.length() : 0;
  }
}
