package dev.plumbline.server.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {
  @Test
  void readsACallWithEverythingSet() throws Exception {
    CommandLine line =
        CommandLine.parse(
            List.of(
                "call",
                "https://h:8/mcp",
                "echo",
                "{\"text\":\"x\"}",
                "--era",
                "handshake",
                "--header",
                "X-A: b c",
                "--timeout",
                "1.5",
                "--json"));
    assertThat(line.target()).isEqualTo(Target.of("https://h:8/mcp"));
    assertThat(line.tool()).isEqualTo("echo");
    assertThat(line.arguments().path("text").asString()).isEqualTo("x");
    assertThat(line.options().era()).isEqualTo(EraPreference.HANDSHAKE);
    assertThat(line.options().headers()).containsEntry("X-A", "b c");
    assertThat(line.options().timeouts().request()).hasMillis(1_500);
    assertThat(line.json()).isTrue();
  }

  @Test
  void takesACommandInsteadOfAnAddress() throws Exception {
    CommandLine line =
        CommandLine.parse(List.of("inspect", "--json", "--", "server", "--header", "x"));
    assertThat(line.target())
        .isEqualTo(new Target.Child(List.of("server", "--header", "x"), java.util.Map.of()));
    assertThat(CommandLine.parse(List.of("call", "about", "--", "server")).tool())
        .isEqualTo("about");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          call http://h/mcp                        | call needs a tool's name
          call http://h/mcp echo [1]               | not a JSON object
          call http://h/mcp echo {                 | not a JSON object
          call http://h/mcp echo {} more           | call needs a tool's name
          inspect                                  | no server named
          inspect h                                | is no address of a server
          inspect ftp://h/x                        | is no address of a server
          inspect tcp://h                          | is no address of a server
          inspect http://h --era old               | --era is auto, handshake or stateless
          inspect http://h --timeout 0             | --timeout is a number of seconds
          inspect http://h --timeout               | --timeout needs a value
          inspect http://h --header nocolon        | --header is 'Name: value'
          inspect http://h --header Host:x         | --header is 'Name: value'
          inspect http://h --loud                  | unknown option --loud
          inspect --                               | nothing follows --
          dance http://h                           | unknown command 'dance'
          """)
  void saysWhatToDoAboutACommandNobodyCanFollow(String words, String said) {
    assertThatThrownBy(() -> CommandLine.parse(List.of(words.split(" ", -1))))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(said)
        .satisfies(usage -> assertThat(usage.getMessage()).doesNotContain("\n"));
  }

  @Test
  void knowsTheSchemes() {
    assertThat(Target.of("tcp://h:1")).isEqualTo(new Target.Tcp("h", 1));
    assertThat(Target.of("ws://h/x")).isInstanceOf(Target.Ws.class);
    assertThat(Target.of("wss://h/x")).isInstanceOf(Target.Ws.class);
  }
}
