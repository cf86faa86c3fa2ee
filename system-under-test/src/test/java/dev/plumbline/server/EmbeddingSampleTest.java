package dev.plumbline.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.support.RawConnection;
import dev.plumbline.server.support.Requests;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The sample of the manual, compiled and run as its reader would. */
class EmbeddingSampleTest {
  private static final Path SAMPLE =
      Path.of(System.getProperty("plumbline.home", ".."), "samples", "embedding", "Greeter.java");
  private static final int MAX_LINES = 40;

  @Test
  void staysShort() throws Exception {
    assertThat(Files.readAllLines(SAMPLE)).hasSizeLessThanOrEqualTo(MAX_LINES);
  }

  @Test
  void servesWhatItDeclares() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SAMPLE.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      String line = process.inputReader(StandardCharsets.UTF_8).readLine();
      assertThat(line).startsWith("listening http://127.0.0.1:");
      int port = URI.create(line.substring(line.indexOf(' ') + 1)).getPort();
      assertThat(asked(port, "tools/call", "\"name\":\"sum\",\"arguments\":{\"a\":2,\"b\":3}"))
          .contains("\"structuredContent\":{\"total\":5}");
      assertThat(asked(port, "resources/read", "\"uri\":\"notes://monday\""))
          .contains("Nothing happened on monday");
      assertThat(asked(port, "prompts/get", "\"name\":\"poem\",\"arguments\":{\"name\":\"Ada\"}"))
          .contains("Rhyme on Ada");
    } finally {
      process.destroyForcibly();
    }
  }

  private static String asked(int port, String method, String params) throws Exception {
    try (RawConnection connection = new RawConnection(port)) {
      String request =
          Requests.post(Requests.modern("1", method, params), Requests.mirrored(method, params));
      return connection.send(request).read().body();
    }
  }
}
