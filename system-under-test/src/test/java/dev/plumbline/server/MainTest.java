package dev.plumbline.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plumbline.server.mutant.Mutant;
import dev.plumbline.server.support.RawConnection;
import dev.plumbline.server.support.Requests;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server as the process it is. */
class MainTest {
  private static final long WAIT_SECONDS = 30;

  private final List<Process> started = new ArrayList<>();

  private Process start(String... arguments) throws IOException {
    return start(Map.of(), arguments);
  }

  private Process start(Map<String, String> environment, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    Process process = builder.start();
    started.add(process);
    return process;
  }

  @AfterEach
  void endProcesses() {
    started.forEach(Process::destroyForcibly);
  }

  private static int exit(Process process) throws InterruptedException {
    assertThat(process.waitFor(WAIT_SECONDS, TimeUnit.SECONDS)).as("ended").isTrue();
    return process.exitValue();
  }

  private static List<String> lines(java.io.InputStream stream) throws IOException {
    return new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
  }

  private static Path tokenIn(String line) {
    assertThat(line).startsWith("control-token ");
    return Path.of(line.substring("control-token ".length()));
  }

  private static int portIn(String line) {
    return java.net.URI.create(line.substring(line.indexOf(' ') + 1)).getPort();
  }

  @Test
  void printsWhereItListensAndStopsCleanlyOnSigterm() throws Exception {
    Process process = start("--port", "0", "--control-port", "0");
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String listening = out.readLine();
    String control = out.readLine();
    assertThat(listening).matches("listening http://127\\.0\\.0\\.1:\\d+/mcp");
    assertThat(control).matches("control http://127\\.0\\.0\\.1:\\d+");
    Path token = tokenIn(out.readLine());
    assertThat(Files.getPosixFilePermissions(token))
        .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    try (RawConnection connection = new RawConnection(portIn(listening))) {
      connection.send(Requests.post(Requests.initialize("2025-11-25")));
      assertThat(connection.read().status()).isEqualTo(200);
      process.toHandle().destroy();
      assertThat(exit(process)).isZero();
      assertThat(connection.ended()).isTrue();
    }
    assertThat(out.readLine()).isNull();
    assertThat(token).doesNotExist();
    assertThat(lines(process.getErrorStream())).isEmpty();
  }

  @Test
  void speaksNothingButMcpOnStandardOutputAndEndsWithItsInput() throws Exception {
    Process process = start("--stdio", "--control-port", "0");
    process
        .getOutputStream()
        .write((Requests.initialize("2025-11-25") + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    assertThat(lines(process.getInputStream())).singleElement().asString().contains("\"result\"");
    assertThat(lines(process.getErrorStream()))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("control "),
            line -> assertThat(line).startsWith("control-token "));
    assertThat(exit(process)).isZero();
  }

  @Test
  void listsItsMutants() throws Exception {
    Process process = start("--list-mutants");
    assertThat(lines(process.getInputStream()))
        .containsExactlyElementsOf(Mutant.all().stream().map(Mutant::name).toList())
        .contains("tools-rotate");
    assertThat(exit(process)).isZero();
  }

  @Test
  void printsItsStateMachines() throws Exception {
    Process process = start("--machines", "text");
    assertThat(lines(process.getInputStream()))
        .contains("CLIENT", "SERVER", "SESSION", "TASK", "STREAM", "BREAKER")
        .contains("  request             -> active");
    assertThat(exit(process)).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--nope",
        "--port",
        "--port x",
        "--port 65536",
        "--control-port -1",
        "--mutant none",
        "--machines",
        "--machines dot",
        "--set nope=1",
        "--set rate.burst",
        "--config /nowhere/at/all.yaml",
        "--control-host 0.0.0.0",
        "--host no.address",
        "--host 0.0.0.0",
        "--host :: --tls --check-config",
        "--set security.requireTls=false",
        "--set security.override=true",
        "--control-host no.address",
        "--control-token-file /nowhere/token",
        "--check-config --set queues.caps.session=-1"
      })
  void answersBadOptionsWithOneLineAndExitTwo(String arguments) throws Exception {
    Process process = start(arguments.split(" ", -1));
    assertThat(lines(process.getErrorStream())).hasSize(1);
    assertThat(exit(process)).isEqualTo(2);
  }

  private static int status(int port, String method, String path, String token, String body)
      throws IOException {
    try (RawConnection connection = new RawConnection(port)) {
      return connection
          .send(
              method
                  + " "
                  + path
                  + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                  + token
                  + "\r\nContent-Length: "
                  + body.length()
                  + "\r\n\r\n"
                  + body)
          .read()
          .status();
    }
  }

  @Test
  void readsItsSettingsAgainAtAHangup(@TempDir Path folder) throws Exception {
    // Whoever starts a build with nohup hands the ignored signal on to every child.
    assumeTrue(hangupsArrive(), "SIGHUP is ignored here, as below nohup");
    Path file = folder.resolve("server.yaml");
    Files.writeString(file, "rate: {burst: 7}\n");
    String secret = "a-token-of-the-operator";
    Process process = start(Map.of("PLUMBLINE_CONTROL_TOKEN", secret), "--config", file.toString());
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    out.readLine();
    int control = portIn(out.readLine());
    assertThat(status(control, "GET", "/config", "some-other-token", "")).isEqualTo(401);
    Files.writeString(file, "rate: {burst: -1}\n");
    hangUp(process);
    try (BufferedReader err = process.errorReader(StandardCharsets.UTF_8)) {
      assertThat(err.readLine()).contains("rate.burst: -1 is out of range").doesNotContain(secret);
    }
    Files.writeString(file, "rate: {burst: 8}\n");
    hangUp(process);
    await().until(() -> status(control, "POST", "/config/rollback", secret, "") == 200);
  }

  /** Whether a hangup reaches this process and what it starts; where nobody can say, it does. */
  private static boolean hangupsArrive() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return true;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .allMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 1) == 0);
  }

  private static void hangUp(Process process) throws Exception {
    exit(new ProcessBuilder("kill", "-HUP", Long.toString(process.pid())).start());
  }

  @Test
  void looksAtItsSettingsAndLeaves() throws Exception {
    String sample =
        Path.of(System.getProperty("plumbline.home", ".."), "samples/config/plumbline-server.yaml")
            .toString();
    Process process = start("--config", sample, "--set", "queues.caps.mine=5000", "--check-config");
    assertThat(lines(process.getInputStream())).containsExactly("settings can be used");
    assertThat(exit(process)).isZero();
  }

  @Test
  void answersABusyPortWithOneLineAndExitTwo() throws Exception {
    Process first = start("--port", "0");
    int port = portIn(first.inputReader(StandardCharsets.UTF_8).readLine());
    for (String option : new String[] {"--port", "--control-port"}) {
      Process second = start(option, String.valueOf(port));
      assertThat(lines(second.getErrorStream()))
          .singleElement()
          .asString()
          .contains("port " + port);
      assertThat(exit(second)).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @CsvSource({"wrong,cannot be used", "right,holds no key"})
  void answersAKeyStoreItCannotUseWithOneLineAndExitTwo(
      String password, String reason, @TempDir Path folder) throws Exception {
    Path file = folder.resolve("keys.p12");
    KeyStore empty = KeyStore.getInstance("PKCS12");
    empty.load(null, null);
    try (OutputStream out = Files.newOutputStream(file)) {
      empty.store(out, "right".toCharArray());
    }
    Process process =
        start(Map.of("PLUMBLINE_TLS_PASSWORD", password), "--tls-keystore", file.toString());
    assertThat(lines(process.getErrorStream())).singleElement().asString().contains(reason);
    assertThat(exit(process)).isEqualTo(2);
  }

  @Test
  void saysAtItsStartThatItsGuardIsDown() throws Exception {
    Process process =
        start(
            "--host",
            "0.0.0.0",
            "--set",
            "security.requireTls=false",
            "--set",
            "security.requireAuthentication=false",
            "--set",
            "security.override=true");
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String listening = out.readLine();
    assertThat(listening).matches("listening http://127\\.0\\.0\\.1:\\d+/mcp");
    try (RawConnection connection = new RawConnection(portIn(listening))) {
      connection.send(Requests.post(Requests.initialize("2025-11-25"), "Host: 192.0.2.9:8931"));
      assertThat(connection.read().status()).isEqualTo(200);
    }
    process.toHandle().destroy();
    assertThat(lines(process.getErrorStream()))
        .containsExactly(
            "warning: security.requireTls is switched off",
            "warning: security.requireAuthentication is switched off");
    assertThat(exit(process)).isZero();
  }
}
