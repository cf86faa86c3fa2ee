package dev.plumbline.conformance.referee;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which scenarios the official suite runs for one revision, as its {@code list --requirements}
 * prints them.
 *
 * @param scenarios in the order they are listed
 */
record Requirements(List<Scenario> scenarios) {
  private static final Pattern ENTRY = Pattern.compile("\\s*- (\\S+)(?: \\[(client|server)])?\\s*");

  /**
   * One scenario.
   *
   * @param name for example {@code auth/metadata-default}
   * @param side who is examined
   * @param scored whether the suite's own result depends on it; ours depends on all
   */
  record Scenario(String name, Side side, boolean scored) {}

  Requirements {
    scenarios = List.copyOf(scenarios);
  }

  /** Reads the listing; what it does not know is left out. */
  static Requirements parse(String listing) {
    List<Scenario> scenarios = new ArrayList<>();
    Side section = Side.SERVER;
    boolean scored = true;
    for (String line : listing.lines().toList()) {
      if (line.startsWith("Server scenarios")) {
        section = Side.SERVER;
      } else if (line.startsWith("Client scenarios")) {
        section = Side.CLIENT;
      } else if (line.startsWith("Run and reported")) {
        scored = false;
      }
      Matcher entry = ENTRY.matcher(line);
      if (entry.matches()) {
        Side side = entry.group(2) == null ? section : Side.of(entry.group(2));
        scenarios.add(new Scenario(entry.group(1), side, scored));
      }
    }
    return new Requirements(scenarios);
  }

  /** The scenarios of one side. */
  List<Scenario> of(Side side) {
    return scenarios.stream().filter(scenario -> scenario.side() == side).toList();
  }
}
