package dev.plumbline.ci.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user gets wrong ends in one line that says what to do, and leaves nothing behind. */
final class BadInputIT {
  private static final int USAGE = 2;

  @TempDir Path folder;

  private Cli.Ended run(String... arguments) throws IOException {
    return Cli.start(folder, arguments).end();
  }

  private void assertNothingLeft() throws IOException {
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(Path::getFileName).map(Path::toString).toList())
          .doesNotContain("plumbline-out");
    }
  }

  @Test
  void unknownOption() throws IOException {
    run("verify", "--profil", "quick").complains(USAGE, "--profil", "plumbline verify --help");
  }

  @Test
  void unknownCommand() throws IOException {
    run("verfy").complains(USAGE, "verfy");
  }

  @Test
  void valuesThatDoNotExist() throws IOException {
    run("verify", "--profile", "fast").complains(USAGE, "--profile", "quick, standard, nightly");
    run("verify", "--seed", "green").complains(USAGE, "--seed", "hexadecimal");
    run("verify", "--consent", "all").complains(USAGE, "--consent", "read-only");
    run("conformance", "--only", "TOOL-9999").complains(USAGE, "--only", "TOOL-003");
    run("conformance", "--only", "TOOL-499").complains(USAGE, "TOOL-499", "ledger");
    run("chaos", "--modes", "FM-99").complains(USAGE, "FM-99");
    run("verify", "--mutant", "no-such-defect").complains(USAGE, "no-such-defect");
  }

  @Test
  void twoTargetsAtOnce() throws IOException {
    run("verify", "--url", "http://127.0.0.1:1/", "--", "cat").complains(USAGE, "--url", "--");
    run("verify", "cat").complains(USAGE, "'cat'", "after --");
    run("verify", "--").complains(USAGE, "nothing follows --");
  }

  @Test
  void unreachableUrl() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    run("verify", "--url", "http://127.0.0.1:" + port + "/mcp")
        .complains(USAGE, "127.0.0.1:" + port);
    assertNothingLeft();
  }

  @Test
  void urlThatIsNotMcp() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] page = "<html>hello</html>".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, page.length);
          try (var body = exchange.getResponseBody()) {
            body.write(page);
          }
        });
    server.start();
    try {
      run("verify", "--url", "http://127.0.0.1:" + server.getAddress().getPort() + "/")
          .complains(USAGE, "MCP");
      assertNothingLeft();
    } finally {
      server.stop(0);
    }
  }

  @Test
  void commandThatDoesNotExist() throws IOException {
    run("verify", "--", "no-such-command-here").complains(USAGE, "no-such-command-here");
    assertNothingLeft();
  }

  @Test
  void commandThatPrintsGarbageAndStays() throws IOException {
    run("verify", "--", "sh", "-c", "while echo garbage; do sleep 0.1; done")
        .complains(USAGE, "MCP");
    assertNothingLeft();
  }

  @Test
  void commandThatEndsAtOnce() throws IOException {
    run("verify", "--", "sh", "-c", "echo oh dear >&2; exit 3").complains(USAGE, "oh dear");
    assertNothingLeft();
  }

  @Test
  void brokenSettingsFile() throws IOException {
    Files.writeString(folder.resolve("plumbline.yaml"), "profile: quick\nconsnet: read-only\n");
    run("verify").complains(USAGE, "plumbline.yaml:2:", "consnet", "consent");
    run("verify", "--config", "none.yaml").complains(USAGE, "none.yaml", "no such file");
  }

  @Test
  void brokenBaseline() throws IOException {
    Files.writeString(
        folder.resolve("base.yaml"), "accepted:\n  - clause: TOOL-003\n    expires: tomorrow\n");
    run("verify", "--baseline", "base.yaml").complains(USAGE, "base.yaml:2:", "reason");
  }

  @Test
  void brokenFilesAboutWhatShips() throws IOException {
    run("verify", "--rebuild", "none.json").complains(USAGE, "--rebuild", "none.json");
    Files.writeString(folder.resolve("rebuild.json"), "{}");
    run("verify", "--rebuild", "rebuild.json").complains(USAGE, "--rebuild", "rebuild.json");
    run("verify", "--advisories", "none").complains(USAGE, "--advisories", "none");
    Path advisories = Files.createDirectory(folder.resolve("advisories"));
    Files.writeString(advisories.resolve("GHSA-1.json"), "{\"id\": \"GHSA-1\"}");
    run("verify", "--advisories", "advisories")
        .complains(USAGE, "--advisories", "GHSA-1.json", "modified");
    run("conformance", "--advisories", "advisories").complains(USAGE, "plumbline verify");
    assertNothingLeft();
  }

  @Test
  void unusableSigningKey() throws IOException {
    Files.writeString(folder.resolve("key.pem"), "not a key");
    run("verify", "--signing-key", "key.pem").complains(USAGE, "key.pem");
    run("verify", "--signing-key", "missing.pem").complains(USAGE, "missing.pem");
  }

  @Test
  void unwritableOutputFolder() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    run("verify", "--out", file.toString()).complains(USAGE, "--out");
    run("verify", "--out", file.resolve("below").toString()).complains(USAGE, "--out");
  }

  @Test
  void evidenceThatIsNoBundle() throws IOException {
    assertThat(run("keygen", "mine").code()).isZero();
    Cli.Ended ended = run("evidence", "verify", folder.toString(), "--key", "mine.pub.pem");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.out()).contains("REJECTED");
    run("evidence", "verify", folder.toString()).complains(USAGE, "--key");
    run("keygen", "mine").complains(USAGE, "mine.pem", "exists");
  }

  @Test
  void headersWithoutTheirVariable() throws IOException {
    run("verify", "--url", "http://127.0.0.1:9/", "--header", "Authorization: ${NO_SUCH_VARIABLE}")
        .complains(USAGE, "NO_SUCH_VARIABLE");
    assertNothingLeft();
  }

  @Test
  void nothingToDoShowsHelp() throws IOException {
    Cli.Ended ended = Cli.start(folder, new String[0]).end();
    assertThat(ended.code()).isEqualTo(USAGE);
    assertThat(ended.out().lines().toList()).anyMatch(line -> line.contains("First steps"));
    assertThat(List.of(ended.err())).containsExactly("");
  }
}
