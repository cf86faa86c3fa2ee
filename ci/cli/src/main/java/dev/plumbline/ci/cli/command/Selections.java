package dev.plumbline.ci.cli.command;

import dev.plumbline.ci.cli.config.Configuration;
import dev.plumbline.ci.cli.config.Nearest;
import dev.plumbline.ci.cli.config.UsageException;
import dev.plumbline.conformance.ledger.Clause;
import dev.plumbline.conformance.ledger.Ledger;
import dev.plumbline.conformance.ledger.Tags;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.run.ConformanceOptions;
import dev.plumbline.conformance.run.Selection;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Names;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns {@code --only}, {@code --tag} and {@code --era} into a selection of rules. */
final class Selections {
  private Selections() {}

  /**
   * The selection; each option of the command line wins over its setting.
   *
   * @throws UsageException when a word is unknown, with the nearest known one, or nothing is left
   */
  static Selection of(RunOptions run, Configuration file) throws UsageException, HarnessException {
    return of(
        run.only.isEmpty() ? file.only() : run.only,
        run.tags.isEmpty() ? file.tags() : run.tags,
        run.era == null ? file.era() : run.era);
  }

  /** The same from the bare words. */
  static Selection of(List<String> only, List<String> tags, @Nullable String era)
      throws UsageException, HarnessException {
    Ledger ledger = Ledger.load();
    Selection selection =
        new Selection(
            clauses(only),
            groups(tags, Tags.all(ledger.ruled())),
            era == null ? Optional.empty() : Optional.of(era(era, revisions(ledger))),
            era == null ? Optional.empty() : older(era));
    if (selection.options().rules().isEmpty()) {
      throw new UsageException("no rule is left by " + selection.text() + "; ask for less");
    }
    return selection;
  }

  private static Set<String> clauses(List<String> words) throws UsageException {
    Set<String> known =
        ConformanceOptions.all().rules().stream().map(Rule::clause).collect(Collectors.toSet());
    for (String word : words) {
      if (!known.contains(word)) {
        throw new UsageException(
            "--only: no rule judges '"
                + word
                + "'"
                + Nearest.question(word, known)
                + "; write clauses as TOOL-003, plumbline ledger --clauses lists them");
      }
    }
    return new LinkedHashSet<>(words);
  }

  private static List<Set<String>> groups(List<String> options, Set<String> known)
      throws UsageException {
    List<Set<String>> groups = new ArrayList<>();
    for (String option : options) {
      Set<String> group = new TreeSet<>();
      for (String word : option.split(",", -1)) {
        if (!known.contains(word.strip())) {
          throw new UsageException(
              "--tag: there is no '"
                  + word.strip()
                  + "'"
                  + Nearest.question(word.strip(), known)
                  + "; choose from "
                  + String.join(", ", known));
        }
        group.add(word.strip());
      }
      groups.add(group);
    }
    return groups;
  }

  private static Set<String> revisions(Ledger ledger) {
    Set<String> revisions =
        ledger.clauses().stream()
            .filter(clause -> clause.era() == Era.HANDSHAKE)
            .map(Clause::since)
            .collect(Collectors.toCollection(TreeSet::new));
    for (Era era : Era.values()) {
      revisions.add(era.revision());
    }
    return revisions;
  }

  private static Era era(String word, Collection<String> revisions) throws UsageException {
    Optional<Era> named = Names.fromId(Era.class, word);
    if (named.isPresent()) {
      return named.get();
    }
    if (!revisions.contains(word)) {
      throw new UsageException(
          "--era: there is no '"
              + word
              + "'; choose from "
              + Names.allIds(Era.class)
              + ", "
              + String.join(", ", revisions));
    }
    return word.equals(Era.STATELESS.revision()) ? Era.STATELESS : Era.HANDSHAKE;
  }

  /** A revision of the handshake era that must be asked for, because it is not the newest. */
  private static Optional<String> older(String word) {
    boolean newest =
        Names.fromId(Era.class, word).isPresent()
            || word.equals(Era.HANDSHAKE.revision())
            || word.equals(Era.STATELESS.revision());
    return newest ? Optional.empty() : Optional.of(word);
  }
}
