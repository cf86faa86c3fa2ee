package dev.plumbline.conformance.ledger;

import dev.plumbline.conformance.ledger.SpecificationPage.Sentence;
import dev.plumbline.evidence.model.Era;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What differs between the ledger and a checkout of the specification.
 *
 * @param unchanged how many clauses still stand word for word under the heading they cite
 * @param moved clauses whose sentence stands under another heading of its page
 * @param changed clauses whose sentence is gone while a new one stands under its heading
 * @param gone clauses whose sentence is gone
 * @param absent clauses of pages of an extension that the checkout does not hold at all
 * @param uncovered normative sentences that no clause covers, those of {@code changed} included
 */
public record Drift(
    int unchanged,
    List<Clause> moved,
    List<Clause> changed,
    List<Clause> gone,
    List<Clause> absent,
    List<Uncovered> uncovered) {
  private static final String EXTENSIONS = "extensions/";

  /** Retells what other pages ask for; asks for nothing itself. */
  private static final String CHANGELOG = "/changelog";

  /** Copies the lists. */
  public Drift {
    moved = List.copyOf(moved);
    changed = List.copyOf(changed);
    gone = List.copyOf(gone);
    absent = List.copyOf(absent);
    uncovered = List.copyOf(uncovered);
  }

  /**
   * A normative sentence without a clause.
   *
   * @param page the page it stands on
   * @param sentence the sentence, with anchor and digest
   */
  public record Uncovered(String page, Sentence sentence) {}

  /** Whether the ledger says exactly what the checkout says. */
  public boolean isNone() {
    return Stream.of(moved, changed, gone, uncovered).allMatch(List::isEmpty);
  }

  /**
   * Compares. Every page that a clause cites is compared with its clauses; the pages of the newest
   * revision of each era, and the cited pages of extensions, are searched for what no clause
   * covers.
   *
   * @throws IOException when a page cannot be read
   */
  public static Drift between(Collection<Clause> ledger, Specification specification)
      throws IOException {
    Map<String, List<Clause>> byPage =
        ledger.stream()
            .collect(Collectors.groupingBy(Clause::page, LinkedHashMap::new, Collectors.toList()));
    Set<String> pages = new LinkedHashSet<>(byPage.keySet());
    Set<String> searched = new TreeSet<>();
    for (Era era : Era.values()) {
      searched.addAll(specification.pages(era.revision()));
    }
    searched.removeIf(page -> page.endsWith(CHANGELOG));
    byPage.keySet().stream().filter(page -> page.startsWith(EXTENSIONS)).forEach(searched::add);
    pages.addAll(searched);
    Comparison comparison = new Comparison();
    for (String page : pages) {
      Optional<SpecificationPage> found = specification.page(page);
      List<Clause> clauses = byPage.getOrDefault(page, List.of());
      if (found.isPresent()) {
        comparison.page(page, found.get(), clauses, searched.contains(page));
      } else if (page.startsWith(EXTENSIONS)) {
        comparison.absent.addAll(clauses);
      } else {
        comparison.gone.addAll(clauses);
      }
    }
    return comparison.drift();
  }

  /** Collects the differences page by page. */
  private static final class Comparison {
    private int unchanged;
    private final List<Clause> moved = new ArrayList<>();
    private final List<Clause> changed = new ArrayList<>();
    private final List<Clause> gone = new ArrayList<>();
    private final List<Clause> absent = new ArrayList<>();
    private final List<Uncovered> uncovered = new ArrayList<>();

    Drift drift() {
      return new Drift(unchanged, moved, changed, gone, absent, uncovered);
    }

    void page(String name, SpecificationPage page, List<Clause> clauses, boolean searched) {
      Map<String, Set<String>> anchors = new HashMap<>();
      for (Sentence sentence : page.sentences()) {
        anchors
            .computeIfAbsent(sentence.digest(), _ -> new LinkedHashSet<>())
            .add(sentence.anchor());
      }
      Set<String> covered = clauses.stream().map(Clause::digest).collect(Collectors.toSet());
      Map<String, Integer> fresh = new HashMap<>();
      for (Sentence sentence : new LinkedHashSet<>(page.normative())) {
        if (!covered.contains(sentence.digest())) {
          fresh.merge(sentence.anchor(), 1, Integer::sum);
          if (searched) {
            uncovered.add(new Uncovered(name, sentence));
          }
        }
      }
      for (Clause clause : clauses) {
        place(clause, anchors.getOrDefault(clause.digest(), Set.of()), fresh);
      }
    }

    private void place(Clause clause, Set<String> anchors, Map<String, Integer> fresh) {
      if (anchors.contains(clause.anchor())) {
        unchanged++;
      } else if (!anchors.isEmpty()) {
        moved.add(clause);
      } else if (fresh.merge(clause.anchor(), -1, Integer::sum) >= 0) {
        changed.add(clause);
      } else {
        gone.add(clause);
      }
    }
  }
}
