package dev.plumbline.ci.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.ci.cli.config.ConsentGrant;
import dev.plumbline.ci.cli.config.TargetChoice;
import dev.plumbline.ci.cli.config.UsageException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SidesTest {
  private final Sides sides = new Sides(null, ConsentGrant.DEFAULT);

  @Test
  void blanksDivideACommandAndQuotesKeepTogether() throws Exception {
    assertThat(Sides.words(" node  'my server.js' --name=\"a b\" '' "))
        .containsExactly("node", "my server.js", "--name=a b", "");
    assertThatThrownBy(() -> Sides.words("node 'x")).hasMessageContaining("not closed");
    assertThatThrownBy(() -> Sides.words("  ")).isInstanceOf(UsageException.class);
  }

  @Test
  void aSideIsAUrlOrTheBundledServerOrOneOfItsMutants() throws Exception {
    assertThat(target("http://h/mcp")).isInstanceOf(TargetChoice.Url.class);
    assertThat(target("bundled")).isEqualTo(new TargetChoice.Bundled(null));
    assertThat(target("mutant:x")).isEqualTo(new TargetChoice.Bundled("x"));
    assertThat(((Sides.Side.Live) sides.command("B", "node a.js")).server().target())
        .isEqualTo(new TargetChoice.Command(List.of("node", "a.js")));
  }

  @Test
  void whatIsNothingOfThatIsRefusedWithWhatToDo() {
    assertThatThrownBy(() -> sides.word("A", "no-such"))
        .hasMessage(
            "A: 'no-such' is no URL, no run's folder and no server of --servers; a command goes to"
                + " --a-command 'node server.js'");
  }

  private TargetChoice target(String word) throws UsageException {
    return ((Sides.Side.Live) sides.word("A", word)).server().target();
  }
}
