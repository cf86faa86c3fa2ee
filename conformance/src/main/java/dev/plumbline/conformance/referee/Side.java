package dev.plumbline.conformance.referee;

import java.util.Locale;

/** Who the official suite examines. */
enum Side {
  SERVER,
  CLIENT;

  /** The name on the suite's command line and in our files. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Side of(String id) {
    return id.equals(CLIENT.id()) ? CLIENT : SERVER;
  }
}
