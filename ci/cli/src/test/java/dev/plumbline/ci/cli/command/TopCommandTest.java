package dev.plumbline.ci.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.plumbline.ci.cli.terminal.Display;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TopCommandTest {
  private static final String TOKEN = "sesame-sesame-sesame";
  private static final String STREAM =
      """
      event: notice
      data: {"at":"2026-11-21T10:13:01Z","severity":"info","text":"settings were read"}

      event: snapshot
      data: {"at":"2026-11-21T10:13:02Z","sections":{"server":{"name":"watched"}}}

      """;

  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private volatile int status = 200;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/events",
        exchange -> {
          boolean known =
              ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
          exchange.sendResponseHeaders(known ? status : 401, known ? 0 : -1);
          if (known) {
            exchange.getResponseBody().write(STREAM.getBytes(StandardCharsets.UTF_8));
          }
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private int top(Map<String, String> environment, String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "top";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return CommandLines.execute(
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Display.PLAIN,
            Display.PLAIN,
            environment,
            "plumbline"),
        all);
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private void refused(int code, String why) {
    assertThat(code).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .hasSize(1)
        .first()
        .asString()
        .contains(why);
    assertThat(printed()).isEmpty();
  }

  @Test
  void looksOnce() {
    int code = top(Map.of("PLUMBLINE_CONTROL_TOKEN", TOKEN), "--once", "--control", url());

    assertThat(code).isZero();
    assertThat(printed()).startsWith(" watched").contains("settings were read");
  }

  @Test
  void takesTheTokenFromItsFile() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), TOKEN + "\n");

    assertThat(top(Map.of(), "--once", "--control", url(), "--token-file", file.toString()))
        .isZero();
  }

  @Test
  void printsJsonForPrograms() {
    top(Map.of("PLUMBLINE_CONTROL_TOKEN", TOKEN), "--once", "--json", "--control", url());

    assertThat(printed())
        .isEqualTo(
            "{\"at\":\"2026-11-21T10:13:02Z\",\"sections\":{\"server\":{\"name\":\"watched\"}}}\n");
  }

  @Test
  void endsWithOneLineWhenTheServerGoes() {
    int code = top(Map.of("PLUMBLINE_CONTROL_TOKEN", TOKEN), "--control", url());

    assertThat(code).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("is lost");
  }

  @Test
  void saysWhatIsWrongWithTheToken() throws IOException {
    refused(top(Map.of(), "--once", "--control", url()), "--token-file FILE");
    err.reset();
    refused(
        top(Map.of("PLUMBLINE_CONTROL_TOKEN", "wrong-wrong-wrong"), "--once", "--control", url()),
        "does not accept this token");
    err.reset();
    Path file = Files.writeString(folder.resolve("token"), "two words");
    refused(
        top(Map.of(), "--once", "--control", url(), "--token-file", file.toString()),
        "does not hold a control token");
    err.reset();
    refused(
        top(Map.of(), "--once", "--control", url(), "--token-file", folder + "/missing"),
        "--token-file");
  }

  @Test
  void saysWhatIsWrongWithTheUrl() {
    Map<String, String> known = Map.of("PLUMBLINE_CONTROL_TOKEN", TOKEN);
    refused(top(known, "--once", "--control", "localhost:8932"), "not the URL of a control port");
    err.reset();
    status = 404;
    refused(top(known, "--once", "--control", url()), "is no control port");
    err.reset();
    server.stop(0);
    refused(top(known, "--once", "--control", url()), "nobody listens");
  }
}
