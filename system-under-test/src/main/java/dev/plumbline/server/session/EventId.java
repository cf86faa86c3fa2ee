package dev.plumbline.server.session;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The id of an event: which stream of the session, and which message of the stream. Message 0 is
 * the beginning. Clients only give it back.
 */
record EventId(long stream, long message) {
  private static final int RADIX = 36;
  private static final Pattern FORM = Pattern.compile("([0-9a-z]{1,12})-([0-9a-z]{1,12})");

  String text() {
    return Long.toString(stream, RADIX) + "-" + Long.toString(message, RADIX);
  }

  static Optional<EventId> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    EventId id =
        new EventId(
            Long.parseLong(matcher.group(1), RADIX), Long.parseLong(matcher.group(2), RADIX));
    // Only the form we write ourselves: no leading zeros.
    return id.text().equals(text) ? Optional.of(id) : Optional.empty();
  }
}
