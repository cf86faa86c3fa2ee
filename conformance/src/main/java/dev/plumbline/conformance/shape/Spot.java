package dev.plumbline.conformance.shape;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A value in a message that is being looked at.
 *
 * @param value the value
 * @param path where it stands
 * @param revision the revision that is spoken
 * @param mismatches what was found so far; grows
 */
record Spot(JsonNode value, String path, String revision, List<Mismatch> mismatches) {
  /** Beyond this a message is not looked at any further. */
  private static final int MAX_MISMATCHES = 20;

  /** The start of a message. */
  static Spot of(JsonNode message, String revision) {
    return new Spot(message, "", revision, new ArrayList<>());
  }

  /** A member of the object. */
  Spot member(String name) {
    return new Spot(
        value.path(name), path.isEmpty() ? name : path + "." + name, revision, mismatches);
  }

  /** An element of the list. */
  Spot element(int index) {
    return new Spot(value.path(index), path + "[" + index + "]", revision, mismatches);
  }

  /** Whether the revision is one of those, both included. */
  boolean isBetween(String first, String last) {
    return revision.compareTo(first) >= 0 && revision.compareTo(last) <= 0;
  }

  /** Notes that something else has to be here. */
  void wrong(String expected) {
    if (mismatches.size() < MAX_MISMATCHES) {
      String actual = value.isMissingNode() ? "missing" : value.toString();
      mismatches.add(new Mismatch(path.isEmpty() ? "message" : path, expected, actual));
    }
  }

  /** Notes it unless it holds. */
  void expect(boolean holds, String expected) {
    if (!holds) {
      wrong(expected);
    }
  }
}
