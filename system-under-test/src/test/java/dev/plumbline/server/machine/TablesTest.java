package dev.plumbline.server.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.config.SessionSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is true of every table, explored exhaustively. */
class TablesTest {
  /** C11, and C8 for the breaker: exactly these are reported. */
  private static final Map<String, List<String>> PUBLISHED =
      Map.of(
          "client",
          List.of("disconnected", "connecting", "initializing", "ready", "disconnecting"),
          "server",
          List.of("listening", "handshaking", "active", "draining", "closed"),
          "session",
          List.of("initializing", "active", "suspended", "terminating", "dead"),
          "task",
          List.of(
              "submitted",
              "running",
              "cancelling",
              "result_ready",
              "cancelled",
              "failed",
              "timed_out"),
          "stream",
          List.of("opening", "active", "paused", "resuming", "closing", "closed"),
          "breaker",
          List.of("closed", "open", "half_open"));

  static Stream<TransitionTable<?, ?>> tables() {
    return Tables.all().stream();
  }

  @Test
  void theTablesOfTheDesignAreThere() {
    assertThat(Tables.all()).extracting(TransitionTable::name).containsAll(PUBLISHED.keySet());
  }

  @ParameterizedTest
  @MethodSource("tables")
  <S extends Enum<S> & State, E extends Enum<E> & Event> void everyPairDoesWhatTheModelSays(
      TransitionTable<S, E> table) {
    for (S state : table.states()) {
      for (E event : table.events()) {
        String expected = Models.word(table, state, event);
        String found =
            switch (table.rule(state, event)) {
              case Rule.To<S>(var target) -> target.name();
              case Rule.Ignore<S> _ -> "same";
              case Rule.Refuse<S> _ -> "no";
            };
        assertThat(found).as("%s: %s x %s", table.name(), state, event).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("tables")
  <S extends Enum<S> & State, E extends Enum<E> & Event>
      void everyPairThatIsIllegalIsRefusedWithAReasonAndChangesNothing(
          TransitionTable<S, E> table) {
    Explorer<S, E> explorer = new Explorer<>(table);
    for (S state : table.states()) {
      List<E> way = explorer.path(table.initial(), at -> at == state).orElseThrow();
      for (E event : table.events()) {
        StateMachine<S, E> machine = new StateMachine<>(table);
        way.forEach(machine::fire);
        var before = machine.position();
        switch (machine.fire(event)) {
          case Outcome.Moved<S, E>(var from, var by, var to) -> {
            assertThat(List.of(from, by)).isEqualTo(List.of(state, event));
            assertThat(machine.position().state()).isEqualTo(to);
            assertThat(machine.position().epoch()).isEqualTo(before.epoch() + 1);
          }
          case Outcome.Ignored<S, E>(var at, var by, var reason) -> {
            assertThat(List.of(at, by)).isEqualTo(List.of(state, event));
            assertThat(reason).isNotBlank();
            assertThat(machine.position()).isEqualTo(before);
          }
          case Outcome.Refused<S, E>(var at, var by, var reason) -> {
            assertThat(List.of(at, by)).isEqualTo(List.of(state, event));
            assertThat(reason).isNotBlank();
            assertThat(machine.position()).isEqualTo(before);
          }
          case Outcome.Stale<S, E> stale -> throw new AssertionError("nothing was armed: " + stale);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("tables")
  <S extends Enum<S> & State, E extends Enum<E> & Event> void everyStateIsReachedAndNoneIsDead(
      TransitionTable<S, E> table) {
    Explorer.Pairs pairs = new Explorer<>(table).pairs();
    assertThat(pairs.pairs()).isEqualTo(table.states().size() * table.events().size());
    assertThat(pairs.unreachable()).isZero();
    assertThat(pairs.deadStates()).isZero();
    assertThat(pairs.illegalAccepted()).isZero();
  }

  /** Where a lifecycle rests it stays, or it begins another round. */
  @ParameterizedTest
  @MethodSource("tables")
  <S extends Enum<S> & State, E extends Enum<E> & Event>
      void nothingLeadsOutOfALastStateButToAnotherRound(TransitionTable<S, E> table) {
    List<S> last = table.states().stream().filter(State::terminal).toList();
    assertThat(last).isNotEmpty();
    boolean round = last.equals(List.of(table.initial()));
    for (S state : round ? List.<S>of() : last) {
      for (E event : table.events()) {
        assertThat(table.rule(state, event)).isNotInstanceOf(Rule.To.class);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("tables")
  <S extends Enum<S> & State, E extends Enum<E> & Event> void everyTimeoutHappensWhenItIsDue(
      TransitionTable<S, E> table) {
    for (S state : table.states()) {
      for (Timeout<S, E> timeout : table.timeouts(state)) {
        TimedWalk<S, E> walk = new TimedWalk<>(table, timeout);
        assertThat(walk.firesJustBefore()).as("%s early", timeout).isFalse();
        assertThat(walk.firesAtItsTime()).as("%s", timeout).isTrue();
      }
    }
  }

  @Test
  void exactlyTheNamedStatesAreReported() {
    for (TransitionTable<?, ?> table : Tables.all()) {
      List<String> expected = PUBLISHED.get(table.name());
      if (expected != null) {
        assertThat(table.states().stream().map(State::published).collect(Collectors.toSet()))
            .as(table.name())
            .isEqualTo(new TreeSet<>(expected));
      }
    }
  }

  @Test
  void everySubStateIsReportedAsTheStateItBelongsTo() {
    Map<String, String> map =
        Tables.all().stream()
            .flatMap(table -> table.states().stream())
            .filter(state -> !state.published().equals(state.label()))
            .collect(Collectors.toMap(State::label, State::published));
    assertThat(map)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "resuming", "suspended",
                "paused", "suspended",
                "upgrading", "suspended",
                "expiring", "terminating",
                "input_required", "running",
                "forced_open", "open"));
  }

  /** C10, written down where it can be set and where it is the default. */
  @Test
  void theStandardSettingsAreWhatTheTableSays() {
    SessionSettings standard = ServerConfig.standard().sessions();
    assertThat(List.of(standard.handshake(), standard.suspend(), standard.idle()))
        .containsExactly(
            SessionLifecycle.HANDSHAKE, SessionLifecycle.UNUSED, SessionLifecycle.IDLE);
  }

  @Test
  void theDiagramShowsMovesAndTimeouts() {
    assertThat(TableText.mermaid(SessionLifecycle.SESSION))
        .startsWith("stateDiagram-v2")
        .contains(
            "[*] --> initializing\n",
            "initializing --> expiring : handshake_timeout after 30 s\n",
            "suspended --> active : request\n",
            "dead --> [*]\n")
        .doesNotContain("dead --> t");
  }

  @Test
  void theTextSaysWhyAnEventIsRefusedOrIgnored() {
    assertThat(TableText.text(TaskLifecycle.TASK))
        .contains(
            "input_required, reported as running, on exit: withdraw",
            "refused: the last questions are still open",
            "ignored: the work was asked to stop already");
  }

  @Test
  void thePageOfTheDocumentationIsWhatTheTablesSay() throws Exception {
    Path page =
        Path.of(Objects.requireNonNullElse(System.getProperty("plumbline.home"), ".."))
            .resolve("docs/state-machines.md");
    assertThat(Files.readString(page, StandardCharsets.UTF_8))
        .as("stale; make it anew: ./plumbline machines markdown > docs/state-machines.md")
        .isEqualTo(Printing.MARKDOWN.all());
  }
}
