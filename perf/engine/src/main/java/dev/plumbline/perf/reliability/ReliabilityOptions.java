package dev.plumbline.perf.reliability;

import dev.plumbline.conformance.target.Installation;
import dev.plumbline.perf.reliability.raw.Part;
import java.util.EnumSet;
import java.util.Set;

/**
 * What to run beside the run's settings.
 *
 * @param installation where the server and the generators lie
 * @param parts which parts; the others are reported as not asked for
 * @param leftOut why the others are left out
 */
public record ReliabilityOptions(Installation installation, Set<Part> parts, String leftOut) {
  /** Copies the set. */
  public ReliabilityOptions {
    parts = Set.copyOf(parts);
  }

  /** Every part. */
  public static ReliabilityOptions everything(Installation installation) {
    return new ReliabilityOptions(installation, EnumSet.allOf(Part.class), "");
  }
}
