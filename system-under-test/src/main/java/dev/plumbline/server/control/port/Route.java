package dev.plumbline.server.control.port;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What answers one kind of request.
 *
 * @param method of HTTP
 * @param pattern segments of the path; in braces what is open
 * @param access who may ask
 * @param doer what is done, without waiting
 */
record Route(String method, List<String> pattern, Access access, Doer doer) {
  /** Who may ask, and when. */
  enum Access {
    /** Anybody. */
    OPEN,
    /** Anybody, even while the control plane is switched off. */
    ALWAYS_OPEN,
    /** Who knows the token. */
    TOKEN,
    /** Who knows the token, even while the control plane is switched off. */
    ALWAYS_TOKEN;

    boolean open() {
      return this == OPEN || this == ALWAYS_OPEN;
    }

    boolean always() {
      return this == ALWAYS_OPEN || this == ALWAYS_TOKEN;
    }
  }

  /** Answers, now or later, exactly once. */
  @FunctionalInterface
  interface Doer {
    /** Called on the event loop. */
    void answer(Ask ask, Consumer<Told> told);
  }

  static Route of(String method, String pattern, Access access, Doer doer) {
    return new Route(method, segments(pattern), access, doer);
  }

  private static List<String> segments(String pattern) {
    return pattern.equals("/") ? List.of() : List.of(pattern.substring(1).split("/", -1));
  }

  /** What stands at the open places; empty when the path is another one. */
  Optional<Map<String, String>> match(List<String> path) {
    if (path.size() != pattern.size()) {
      return Optional.empty();
    }
    Map<String, String> found = new HashMap<>();
    for (int i = 0; i < path.size(); i++) {
      String wanted = pattern.get(i);
      String given = path.get(i);
      if (wanted.startsWith("{")) {
        if (given.isEmpty()) {
          return Optional.empty();
        }
        found.put(wanted.substring(1, wanted.length() - 1), given);
      } else if (!wanted.equals(given)) {
        return Optional.empty();
      }
    }
    return Optional.of(Map.copyOf(found));
  }
}
