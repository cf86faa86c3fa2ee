package dev.plumbline.conformance.model;

import java.util.Locale;

/** Names as they stand in labels. */
final class Words {
  private Words() {}

  /** A constant's name in lower case with hyphens. */
  static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
