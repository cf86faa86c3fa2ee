package dev.plumbline.conformance.repro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.conformance.target.Target;
import dev.plumbline.conformance.target.Targets;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.RawServer;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Consent;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.Finding;
import dev.plumbline.evidence.model.Level;
import dev.plumbline.evidence.model.Profile;
import dev.plumbline.evidence.model.RunFolder;
import dev.plumbline.evidence.model.RunManifest;
import dev.plumbline.evidence.model.RunSettings;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.TargetIdentity;
import dev.plumbline.evidence.model.Transport;
import dev.plumbline.evidence.model.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A server whose ping answers are not empty until it is fixed, reproduced in every form. */
class ReproducerTest {
  private static final String SUMMARY = "The answer to ping is not empty.";

  @TempDir Path folder;
  private final AtomicBoolean fixed = new AtomicBoolean();
  private final Set<String> sessions = ConcurrentHashMap.newKeySet();
  private RawServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = RawServer.start(this::serve);
  }

  @AfterEach
  void stopServer() throws IOException {
    server.close();
  }

  /** Every session has another id, and nothing is answered without one. */
  private void serve(RawServer.Peer peer) throws IOException {
    String request;
    while ((request = peer.readRequest()) != null) {
      JsonNode message =
          Messages.parse(request.substring(request.indexOf("\r\n\r\n") + 4))
              .orElseGet(Messages::object);
      String seen = request;
      if (message.path("method").asString("").equals("initialize")) {
        String session = "session-" + java.util.UUID.randomUUID();
        sessions.add(session);
        String opened =
            RawServer.json(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"protocolVersion\":\"2025-11-25\","
                    + "\"capabilities\":{},\"serverInfo\":{\"name\":\"s\",\"version\":\"1\"}}}");
        peer.write(opened.replaceFirst("\r\n", "\r\nMcp-Session-Id: " + session + "\r\n"));
      } else if (sessions.stream().noneMatch(seen::contains)) {
        peer.write(RawServer.response("400 Bad Request", "text/plain", "no session"));
      } else if (message.has("id")) {
        String result = fixed.get() ? "{}" : "{\"said\":\"it's $(odd) `here` \\\\ \\\"é\"}";
        peer.write(
            RawServer.json(
                "{\"jsonrpc\":\"2.0\",\"id\":"
                    + message.path("id")
                    + ",\"result\":"
                    + result
                    + "}"));
      } else {
        peer.write("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n");
      }
    }
  }

  private Reproducer made() throws Exception {
    try (Target target = Targets.url(server.url(), List.of())) {
      Recording recording;
      try (Conversation talk = target.converse(Era.HANDSHAKE, Transport.HTTP)) {
        talk.open();
        talk.send("before", talk.draft("logging/odd"));
        talk.send("lawful", talk.draft("ping"));
        talk.send("after", talk.draft("logging/odd"));
        recording = talk.recording("PING-001", Map.of());
      }
      Files.createDirectories(folder.resolve("raw/conformance"));
      recording.write(folder.resolve("raw/conformance/PING-001.http.json"));
      return new ReproducerMaker(
              new RunFolder(folder),
              run(target),
              Start.url(server.url(), List.of()),
              target,
              Duration.ofSeconds(5),
              Duration.ofSeconds(10))
          .of(1, Suite.CONFORMANCE, check(), List.of("conformance", "--only", "PING-001"));
    }
  }

  private static RunManifest run(Target target) {
    TargetIdentity identity =
        new TargetIdentity(
            target.kind(), target.address(), "s", "1", List.of(), target.transports(), Map.of());
    Instant begun = Instant.parse("2026-11-21T10:12:03Z");
    RunSettings settings = new RunSettings(Profile.QUICK, 7, Consent.READ_ONLY, false);
    return new RunManifest(
        RunManifest.SCHEMA,
        "2026-11-21T10-12-03",
        "test",
        begun,
        begun,
        true,
        settings,
        identity,
        List.of(Suite.CONFORMANCE),
        Map.of(),
        Map.of("os", "x"));
  }

  private static CheckResult check() {
    Finding finding =
        new Finding(SUMMARY, "", "", "e", "a", "f", List.of("raw/conformance/x.json#lawful"));
    return new CheckResult(
        "PING-001",
        "A ping is answered with an empty result.",
        Level.MUST,
        Era.HANDSHAKE,
        Transport.HTTP,
        "2025-11-25/basic/utilities/ping",
        new Verdict.Fail(finding),
        List.of(),
        List.of("raw/conformance/PING-001.http.json"));
  }

  @Test
  void keepsOnlyWhatMattersAndReplaysItWithFreshValues() throws Exception {
    Reproducer made = made();
    made.write(folder);
    Reproducer read = Reproducer.read(folder.resolve("20261121_101203_001.json"));
    assertThat(read).isEqualTo(made);
    assertThat(read.finding().summary()).isEqualTo(SUMMARY);
    Way.Replay way = (Way.Replay) read.way();
    assertThat(way.recording().exchanges())
        .extracting(e -> e.label())
        .containsExactly("initialize", "lawful");
    assertThat(way.reduction().how()).isEqualTo(Way.Reduction.How.LIVE);
    assertThat(way.reduction().from()).isEqualTo(5);
    assertThat(way.carried()).extracting(Carried::name).containsExactly("Mcp-Session-Id");
    assertThat(way.sign().tells()).isTrue();
    sessions.clear();
    try (Target target = Targets.url(server.url(), List.of())) {
      assertThat(Rerun.replay(read, way, target).outcome()).isEqualTo(Rerun.Outcome.REPRODUCED);
      fixed.set(true);
      assertThat(Rerun.replay(read, way, target).outcome()).isEqualTo(Rerun.Outcome.GONE);
    }
  }

  @Test
  void reducesByTheJudgeAloneWhenTheTargetIsGone() throws Exception {
    Reproducer alive = made();
    Recording whole = Recording.read(folder.resolve("raw/conformance/PING-001.http.json"));
    Failing failing = new Failing(ReproducerMaker.rule("PING-001").get().judge(), SUMMARY);
    Reducer.Reduced reduced =
        new Reducer(failing, java.util.Optional.empty(), Duration.ofSeconds(1)).reduce(whole);
    assertThat(reduced.reduction().how()).isEqualTo(Way.Reduction.How.RECORDING);
    assertThat(reduced.recording().exchanges())
        .extracting(e -> e.label())
        .containsExactly("initialize", "initialized", "lawful");
    assertThat(alive.way()).isInstanceOf(Way.Replay.class);
  }

  @Test
  void tellsItByAShellScriptThatEndsWithOneUntilItIsFixed() throws Exception {
    made().write(folder);
    Path script = folder.resolve("20261121_101203_001.sh");
    Shown broken = shell(script);
    assertThat(broken.code()).as(broken.out()).isEqualTo(1);
    assertThat(broken.out()).contains("it fails: " + SUMMARY);
    fixed.set(true);
    assertThat(shell(script).code()).isZero();
    server.close();
    assertThat(shell(script).code()).isEqualTo(4);
  }

  @Test
  void tellsItByATestThatFailsUntilItIsFixed() throws Throwable {
    made().write(folder);
    Path source = folder.resolve("Reproducer_20261121_101203_001_Test.java");
    assertThat(compile(source)).isEmpty();
    assertThatThrownBy(() -> runTest("noLongerFails"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(SUMMARY)
        .hasMessageContaining("$(odd)");
    fixed.set(true);
    runTest("noLongerFails");
  }

  @Test
  void startsAServerBehindPipesInScriptAndTest() throws Throwable {
    Path odd = folder.resolve("server.sh");
    Files.writeString(odd, STDIO.replace("RESULT", "{\"pong\":true}"));
    Reproducer made;
    List<String> command = List.of("sh", odd.toString());
    try (Target target = Targets.command(command)) {
      Recording recording;
      try (Conversation talk = target.converse(Era.HANDSHAKE, Transport.STDIO)) {
        talk.open();
        talk.send("lawful", talk.draft("ping"));
        recording = talk.recording("PING-001", Map.of());
      }
      Files.createDirectories(folder.resolve("raw/conformance"));
      recording.write(folder.resolve("raw/conformance/PING-001.http.json"));
      made =
          new ReproducerMaker(
                  new RunFolder(folder),
                  run(target),
                  Start.command(command),
                  target,
                  Duration.ofSeconds(5),
                  Duration.ZERO)
              .of(1, Suite.CONFORMANCE, check(), List.of("conformance"));
    }
    made.write(folder);
    Path script = folder.resolve("20261121_101203_001.sh");
    Shown broken = shell(script);
    assertThat(broken.code()).as(broken.out()).isEqualTo(1);
    assertThat(compile(folder.resolve("Reproducer_20261121_101203_001_Test.java"))).isEmpty();
    assertThatThrownBy(() -> runTest("noLongerFails")).hasMessageContaining(SUMMARY);
    Files.writeString(odd, STDIO.replace("RESULT", "{}"));
    assertThat(shell(script).code()).isZero();
    runTest("noLongerFails");
  }

  private static final String STDIO =
      """
      while IFS= read -r line; do
        id=$(printf '%s' "$line" | sed -n 's/.*"id":\\([0-9]*\\).*/\\1/p')
        case $line in
          *initialize\\"*) printf '{"jsonrpc":"2.0","id":%s,"result":{"protocolVersion":"2025-11-25","capabilities":{},"serverInfo":{"name":"s","version":"1"}}}\\n' "$id" ;;
          *ping*) printf '{"jsonrpc":"2.0","id":%s,"result":RESULT}\\n' "$id" ;;
        esac
      done
      """;

  @Test
  void printsEveryByteExactly() throws Exception {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < 256; i++) {
      all.write(i);
    }
    for (byte[] bytes :
        List.of(
            all.toByteArray(),
            "it's $(touch x) `y` \\ \n \"é\" %s -n !".getBytes(StandardCharsets.UTF_8))) {
      String command =
          Shell.print(
              List.of(new Story.Segment(dev.plumbline.conformance.wire.Bytes.of(bytes), -1)));
      Process process = new ProcessBuilder("sh", "-c", command).start();
      assertThat(process.getInputStream().readAllBytes()).isEqualTo(bytes);
    }
  }

  @Test
  void refusesWhatIsNoReproducer() throws Exception {
    made().write(folder);
    Path file = folder.resolve("20261121_101203_001.json");
    String whole = Files.readString(file);
    for (String other :
        List.of(
            whole.replace("reproducer/v1", "reproducer/v9"),
            whole.substring(0, whole.length() / 2),
            whole.replaceFirst("\\{", "{\"more\":1,"),
            whole.replace("20261121_101203_001", "20261121_101203_002"),
            whole.replace("\"others\" : 0,", ""))) {
      Files.writeString(file, other);
      assertThatThrownBy(() -> Reproducer.read(file))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("20261121_101203_001.json");
    }
  }

  @Test
  void writesNoSecretOfAnAddressOrAHeader() {
    Start start =
        Start.url(
            URI.create("https://h/mcp?key=s3cret"),
            List.of("Authorization: Bearer s3cret", "X-Key: ${KEY}"));
    assertThat(start.toString()).doesNotContain("s3cret").contains("${KEY}");
    assertThat(start.headers()).contains("Authorization: ${MCP_AUTHORIZATION}");
  }

  private record Shown(int code, String out) {}

  private static Shown shell(Path script) throws Exception {
    Process process = new ProcessBuilder("sh", script.toString()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return new Shown(process.exitValue(), out);
  }

  private String compile(Path source) {
    ByteArrayOutputStream complaints = new ByteArrayOutputStream();
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                complaints,
                complaints,
                "-proc:none",
                "-d",
                folder.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                source.toString());
    return code == 0 ? "" : complaints.toString(StandardCharsets.UTF_8);
  }

  private void runTest(String method) throws Throwable {
    try (URLClassLoader loader =
        new URLClassLoader(
            new java.net.URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
      Class<?> type = loader.loadClass("Reproducer_20261121_101203_001_Test");
      var constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      Object test = constructor.newInstance();
      var run = type.getDeclaredMethod(method);
      var stop = type.getDeclaredMethod("stop");
      run.setAccessible(true);
      stop.setAccessible(true);
      try {
        run.invoke(test);
      } finally {
        stop.invoke(test);
      }
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
