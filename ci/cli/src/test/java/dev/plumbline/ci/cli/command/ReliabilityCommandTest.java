package dev.plumbline.ci.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.perf.reliability.raw.Part;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

final class ReliabilityCommandTest {
  @Test
  void theHelpNamesEveryPart() {
    Command command = ReliabilityCommand.class.getAnnotation(Command.class);
    String footer = String.join(" ", List.of(command.footer()));
    assertThat(footer).contains(Part.names());
  }
}
