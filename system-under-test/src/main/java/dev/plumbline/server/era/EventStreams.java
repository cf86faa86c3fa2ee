package dev.plumbline.server.era;

import java.util.List;
import java.util.Locale;

/** Whether a client takes an event stream as the response to its request. */
final class EventStreams {
  private EventStreams() {}

  /** True when the Accept field allows event streams; one that is not there allows anything. */
  static boolean accepted(Inbound in) {
    return in.headers().all("Accept").isEmpty() || listed(in);
  }

  /** True when the Accept field is there and allows event streams. */
  static boolean listed(Inbound in) {
    List<String> given = in.headers().all("Accept");
    for (String range : String.join(",", given).split(",", -1)) {
      int parameters = range.indexOf(';');
      String type =
          (parameters < 0 ? range : range.substring(0, parameters))
              .strip()
              .toLowerCase(Locale.ROOT);
      if (type.equals("text/event-stream") || type.equals("text/*") || type.equals("*/*")) {
        return true;
      }
    }
    return false;
  }
}
