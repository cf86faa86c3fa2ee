package dev.plumbline.ci.cli.command;

import dev.plumbline.ci.cli.config.UsageException;
import dev.plumbline.conformance.ledger.Clause;
import dev.plumbline.conformance.ledger.Coverage;
import dev.plumbline.conformance.ledger.Drift;
import dev.plumbline.conformance.ledger.Ledger;
import dev.plumbline.conformance.ledger.Specification;
import dev.plumbline.conformance.ledger.SpecificationPage;
import dev.plumbline.conformance.ledger.Tags;
import dev.plumbline.evidence.model.ExitCode;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code plumbline ledger}. */
@Command(
    name = "ledger",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Show which clauses of the protocol are judged, and why the others are not.",
    description = {
      "",
      "Counts the clauses by revision, actor and level: judged by a rule, waiting for one, excluded",
      "for another reason. With --drift it compares them with a checkout of the specification."
    },
    footerHeading = "%n",
    footer = "Exit codes: 0 nothing drifted (or not asked), 1 drift, 2 usage.")
final class LedgerCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "--clauses",
      description = "List every clause with its rule or the reason why it has none.")
  private boolean clauses;

  @Option(
      names = "--tags",
      description = "List the words --tag knows, with the number of rules each chooses.")
  private boolean tags;

  @Option(
      names = "--drift",
      paramLabel = "PATH",
      description = "Compare with this checkout of the specification (its docs/specification).")
  private @Nullable Path drift;

  @Option(
      names = "--page",
      paramLabel = "PAGE",
      description = {
        "With --drift: print digest, anchor and text of every sentence of this page,",
        "for example 2025-11-25/server/tools."
      })
  private @Nullable String page;

  @Option(names = "--json", description = "Print the answer as JSON.")
  private boolean json;

  LedgerCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws HarnessException, UsageException {
    Ledger ledger = Ledger.load();
    LedgerText text = new LedgerText(console);
    if (drift != null) {
      return compare(ledger, drift, text);
    }
    if (page != null) {
      throw new UsageException("--page needs --drift PATH, the checkout to read it from");
    }
    if (tags) {
      Map<String, Long> words = words(ledger);
      if (json) {
        print(words);
      } else {
        words.forEach((word, rules) -> line(Stream.of("%4d".formatted(rules), word)));
      }
    } else if (json) {
      print(clauses ? ledger.clauses() : CoverageJson.of(Coverage.of(ledger.clauses())));
    } else if (clauses) {
      ledger.clauses().forEach(text::clause);
    } else {
      text.coverage(Coverage.of(ledger.clauses()));
    }
    return ExitCode.GO.code();
  }

  private static Map<String, Long> words(Ledger ledger) {
    return ledger.ruled().stream()
        .flatMap(clause -> Tags.of(clause).stream())
        .collect(Collectors.groupingBy(word -> word, TreeMap::new, Collectors.counting()));
  }

  private int compare(Ledger ledger, Path path, LedgerText text) throws UsageException {
    try {
      if (!Files.isDirectory(path)) {
        throw new UsageException("--drift: " + path + " is not a folder");
      }
      List<String> revisions =
          ledger.clauses().stream().map(Clause::revision).filter(this::dated).distinct().toList();
      Specification specification = Specification.in(path, revisions);
      if (page != null) {
        return sentences(specification, page);
      }
      Drift found = Drift.between(ledger.clauses(), specification);
      if (json) {
        print(found);
      } else {
        text.drift(found);
      }
      return (found.isNone() ? ExitCode.GO : ExitCode.NO_GO).code();
    } catch (IOException e) {
      throw new UsageException("--drift: " + e.getMessage(), e);
    }
  }

  private boolean dated(String revision) {
    return Character.isDigit(revision.charAt(0));
  }

  private int sentences(Specification specification, String name)
      throws IOException, UsageException {
    SpecificationPage found =
        specification
            .page(name)
            .orElseThrow(() -> new UsageException("--page: the checkout holds no " + name));
    if (json) {
      print(found);
    } else {
      for (SpecificationPage.Sentence sentence : found.sentences()) {
        line(Stream.of(sentence.digest(), "#" + sentence.anchor(), sentence.text()));
      }
    }
    return ExitCode.GO.code();
  }

  private void line(Stream<String> words) {
    console.out().println(console.outDisplay().line(LedgerText.words(words)));
  }

  /**
   * The coverage for machines.
   *
   * @param schema the version of this form
   * @param testable what can be tested on a server and what is, by revision
   * @param rows all clauses by revision, actor and level
   * @param exclusions why clauses have no rule, by revision and kind of reason
   */
  private record CoverageJson(
      String schema,
      List<Coverage.Testable> testable,
      List<Coverage.Row> rows,
      Map<String, Map<String, Integer>> exclusions) {
    static CoverageJson of(Coverage coverage) {
      return new CoverageJson(
          "plumbline/ledger-coverage/v1",
          coverage.testable(),
          coverage.rows(),
          coverage.exclusions());
    }
  }

  private void print(Object value) {
    console.out().print(Json.write(value));
  }
}
