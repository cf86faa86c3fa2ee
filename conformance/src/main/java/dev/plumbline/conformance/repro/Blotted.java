package dev.plumbline.conformance.repro;

import dev.plumbline.conformance.wire.Redactor;

/** What must not be written: the query of a URL often is a key. */
final class Blotted {
  private Blotted() {}

  /** The URL, or request target, with its query blotted out. */
  static String query(String url) {
    int question = url.indexOf('?');
    return question < 0 ? url : url.substring(0, question + 1) + Redactor.BLOT;
  }

  /** Whether something was blotted out. */
  static boolean isIn(String text) {
    return text.contains(Redactor.BLOT);
  }
}
