package dev.plumbline.ci.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.ci.cli.config.UsageException;
import dev.plumbline.conformance.run.Selection;
import dev.plumbline.evidence.model.Era;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SelectionsTest {
  @Test
  void commasMeanEitherAndASecondTagMeansBoth() throws Exception {
    Selection selection = Selections.of(List.of(), List.of("tools, prompts", "must"), null);

    assertThat(selection.tags()).containsExactly(Set.of("tools", "prompts"), Set.of("must"));
  }

  @Test
  void anEraIsNamedByWordOrRevision() throws Exception {
    assertThat(Selections.of(List.of(), List.of(), "stateless").era()).contains(Era.STATELESS);
    assertThat(Selections.of(List.of(), List.of(), "2025-11-25").era()).contains(Era.HANDSHAKE);
    assertThat(Selections.of(List.of(), List.of(), "2025-11-25").revision()).isEmpty();
    assertThat(Selections.of(List.of(), List.of(), "2025-06-18").revision()).contains("2025-06-18");
  }

  @Test
  void unknownWordsAreAnsweredWithTheNearest() {
    assertThatThrownBy(() -> Selections.of(List.of(), List.of("tols"), null))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("--tag: there is no 'tols'; did you mean tools?; choose from ");
    assertThatThrownBy(() -> Selections.of(List.of("PINGG-001"), List.of(), null))
        .hasMessageStartingWith("--only: no rule judges 'PINGG-001'; did you mean PING-001?");
    assertThatThrownBy(() -> Selections.of(List.of(), List.of(), "2025-01-01"))
        .hasMessageStartingWith(
            "--era: there is no '2025-01-01'; choose from handshake, stateless, 2024-11-05");
  }

  @Test
  void aSelectionOfNothingIsRefused() {
    assertThatThrownBy(() -> Selections.of(List.of("PING-001"), List.of("tools"), null))
        .hasMessage("no rule is left by PING-001 and tag tools; ask for less");
  }
}
