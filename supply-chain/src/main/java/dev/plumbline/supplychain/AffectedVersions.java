package dev.plumbline.supplychain;

import dev.plumbline.supplychain.Advisory.Affected;
import dev.plumbline.supplychain.Advisory.Event;
import dev.plumbline.supplychain.Advisory.Kind;
import dev.plumbline.supplychain.Advisory.Range;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.maven.artifact.versioning.ComparableVersion;

/** Whether a version is affected, in Maven's order of versions (OSV schema, “Evaluation”). */
final class AffectedVersions {
  /** The version before all others. */
  private static final String FIRST = "0";

  /** A limit that bounds nothing. */
  private static final String NO_LIMIT = "*";

  private AffectedVersions() {}

  static boolean include(Affected affected, String version) {
    return affected.versions().contains(version)
        || affected.ranges().stream().anyMatch(range -> includes(range, version));
  }

  /** The lowest version above this one that is said to be mended. */
  static Optional<String> fixedAfter(Affected affected, String version) {
    return affected.ranges().stream()
        .flatMap(range -> range.events().stream())
        .filter(event -> event.kind() == Kind.FIXED && compare(event.version(), version) > 0)
        .map(Event::version)
        .min(AffectedVersions::compare);
  }

  private static boolean includes(Range range, String version) {
    List<Event> limits = of(range, Kind.LIMIT);
    boolean bounded =
        !limits.isEmpty()
            && limits.stream()
                .noneMatch(
                    limit ->
                        limit.version().equals(NO_LIMIT) || compare(version, limit.version()) < 0);
    if (bounded) {
      return false;
    }
    boolean affected = false;
    for (Event event :
        range.events().stream()
            .sorted(
                Comparator.comparing(Event::version, AffectedVersions::compare)
                    .thenComparing(Event::kind))
            .toList()) {
      int order = compare(version, event.version());
      affected =
          switch (event.kind()) {
            case INTRODUCED -> affected || order >= 0;
            case FIXED -> affected && order < 0;
            case LAST_AFFECTED -> affected && order <= 0;
            case LIMIT -> affected;
          };
    }
    return affected;
  }

  private static List<Event> of(Range range, Kind kind) {
    return range.events().stream().filter(event -> event.kind() == kind).toList();
  }

  private static int compare(String one, String other) {
    if (one.equals(FIRST) || other.equals(FIRST)) {
      return Boolean.compare(!one.equals(FIRST), !other.equals(FIRST));
    }
    return new ComparableVersion(one).compareTo(new ComparableVersion(other));
  }
}
