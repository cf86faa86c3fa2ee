package dev.plumbline.ci.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.ci.cli.terminal.Display;
import dev.plumbline.evidence.bundle.gate.Gates;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Commands, options and gates that {@code docs/reproducers.md} names, and the real ones. */
final class ReproducersPageTest {
  private static final String PROGRAM = "./plumbline ";
  private static final Pattern SPAN = Pattern.compile("`([^`\\n]+)`");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  private final String page;

  ReproducersPageTest() throws IOException {
    page =
        Files.readString(
            Path.of(System.getProperty("plumbline.home", "../.."), "docs/reproducers.md"));
  }

  private static CommandLine commandLine() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    return CommandLines.commandLine(
        new Console(nowhere, nowhere, Display.PLAIN, Display.PLAIN, Map.of(), "plumbline"));
  }

  /** Every command about reproducers, by its name. */
  private static Map<String, CommandLine> commands() {
    return Objects.requireNonNull(commandLine().getSubcommands().get("repro")).getSubcommands();
  }

  /** Everything that is typed in the page, without its remarks. */
  private static List<String> typed(String page) {
    return page.lines()
        .filter(line -> line.startsWith(PROGRAM))
        .map(line -> line.substring(PROGRAM.length()).replaceFirst("\\s#.*", "").strip())
        .toList();
  }

  private static void understood(String line) {
    commandLine()
        .parseArgs(
            WORD.matcher(line)
                .results()
                .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
                .toArray(String[]::new));
  }

  private static void known(String page) {
    Set<String> options =
        commands().values().stream()
            .flatMap(command -> command.getCommandSpec().optionsMap().keySet().stream())
            .collect(Collectors.toSet());
    List<String> named =
        SPAN.matcher(page)
            .results()
            .map(span -> span.group(1))
            .filter(span -> span.startsWith("--"))
            .toList();
    assertThat(named).isNotEmpty();
    for (String option : named) {
      assertThat(options).contains(option.replaceFirst(" .*", ""));
      if (option.matches(".* [a-z]+")) {
        understood("repro run 0001 " + option);
      }
    }
  }

  @Test
  void everyCommandIsUnderstood() {
    List<String> lines = typed(page);
    assertThat(lines).hasSizeGreaterThan(5).allMatch(line -> line.startsWith("repro "));
    lines.forEach(ReproducersPageTest::understood);
    assertThat(lines.stream().map(line -> line.replaceFirst("repro (\\w+).*", "$1")))
        .as("every command is shown")
        .containsAll(commands().keySet());
  }

  @Test
  void everyOptionIsOne() {
    known(page);
  }

  @Test
  void everyGateIsOne() {
    assertThat(Pattern.compile("G-\\d+").matcher(page).results().map(MatchResult::group).distinct())
        .isNotEmpty()
        .isSubsetOf(Gates.ids());
  }

  @Test
  void whatIsMadeUpIsNoticed() {
    for (String line : List.of("repro mend 0001", "repro run 0001 --gently", "repro accept 0001")) {
      assertThatThrownBy(() -> understood(line)).isInstanceOf(ParameterException.class);
    }
    assertThatThrownBy(() -> known("`--gently`")).isInstanceOf(AssertionError.class);
  }
}
