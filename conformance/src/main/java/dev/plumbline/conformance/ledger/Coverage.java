package dev.plumbline.conformance.ledger;

import dev.plumbline.evidence.model.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * How much of a revision is judged, by actor and level.
 *
 * @param rows one row per revision, actor and level that has clauses, sorted
 * @param exclusions how many clauses are excluded, by revision and kind of reason
 */
public record Coverage(List<Row> rows, Map<String, Map<String, Integer>> exclusions) {

  /**
   * The clauses of one revision, actor and level.
   *
   * @param revision the revision of the page, or {@code extensions}
   * @param actor whom they bind
   * @param level their weight
   * @param clauses how many there are
   * @param ruled how many a rule judges
   * @param unruled how many wait for a rule
   * @param excluded how many are excluded for another reason
   */
  public record Row(
      String revision,
      Actor actor,
      Level level,
      int clauses,
      int ruled,
      int unruled,
      int excluded) {}

  private record Group(String revision, Actor actor, Level level) {}

  /**
   * What a server could be judged by in one revision: the clauses that have a rule or wait for one.
   *
   * @param revision the revision of the page, or {@code extensions}
   * @param clauses all clauses, also those that bind others
   * @param must how many of MUST or MUST NOT can be tested on a server
   * @param mustRuled how many of these a rule judges
   * @param should how many of SHOULD or SHOULD NOT can be tested on a server
   * @param shouldRuled how many of these a rule judges
   */
  public record Testable(
      String revision, int clauses, int must, int mustRuled, int should, int shouldRuled) {
    private Testable plus(Row row) {
      int open = row.ruled() + row.unruled();
      boolean heavy = row.level().isMandatory();
      return new Testable(
          revision,
          clauses + row.clauses(),
          must + (heavy ? open : 0),
          mustRuled + (heavy ? row.ruled() : 0),
          should + (heavy ? 0 : open),
          shouldRuled + (heavy ? 0 : row.ruled()));
    }
  }

  /** One line per revision, sorted. */
  public List<Testable> testable() {
    Map<String, Testable> sums = new TreeMap<>();
    for (Row row : rows) {
      Testable none = new Testable(row.revision(), 0, 0, 0, 0, 0);
      sums.put(row.revision(), sums.getOrDefault(row.revision(), none).plus(row));
    }
    return List.copyOf(sums.values());
  }

  /** Counts the clauses. */
  public static Coverage of(Collection<Clause> clauses) {
    Map<Group, List<Clause>> groups = new HashMap<>();
    Map<String, Map<String, Integer>> exclusions = new TreeMap<>();
    for (Clause clause : clauses) {
      Group key = new Group(clause.revision(), clause.actor(), clause.level());
      groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(clause);
      if (clause.exclusion() != null) {
        exclusions
            .computeIfAbsent(clause.revision(), _ -> new TreeMap<>())
            .merge(clause.exclusion().kind(), 1, Integer::sum);
      }
    }
    List<Row> rows = groups.values().stream().map(Coverage::row).sorted(ORDER).toList();
    return new Coverage(rows, exclusions);
  }

  private static final Comparator<Row> ORDER =
      Comparator.comparing(Row::revision).thenComparing(Row::actor).thenComparing(Row::level);

  private static Row row(List<Clause> group) {
    Clause first = group.getFirst();
    int ruled = count(group, clause -> clause.rule() != null);
    int unruled = count(group, Clause::awaitsRule);
    return new Row(
        first.revision(),
        first.actor(),
        first.level(),
        group.size(),
        ruled,
        unruled,
        group.size() - ruled - unruled);
  }

  private static int count(List<Clause> group, Predicate<Clause> counted) {
    return (int) group.stream().filter(counted).count();
  }
}
