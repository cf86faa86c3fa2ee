package dev.plumbline.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.plumbline.server.config.Configuration;
import dev.plumbline.server.config.Roles;
import dev.plumbline.server.config.SecuritySettings;
import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.feature.ServerCard;
import dev.plumbline.server.fixture.DemoCatalog;
import dev.plumbline.server.observe.Pseudonym;
import dev.plumbline.server.support.RawConnection.Response;
import dev.plumbline.server.support.Requests;
import dev.plumbline.server.support.TestServer;
import dev.plumbline.server.transport.HttpSetup;
import dev.plumbline.server.transport.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Everything that {@code docs/operating.md} tells operators to ask or to set, on a real server. */
class OperatingPageTest {
  private static final String CONTROL = "http://127.0.0.1:8932";
  private static final Pattern FENCE = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
  private static final Pattern ASKED =
      Pattern.compile("\\$ (?:ask|curl -s) ?(.*?) ?" + CONTROL + "(/\\S+)(?: +#.*)?");
  private static final Pattern NAMED =
      Pattern.compile("`(GET|PUT|POST|DELETE) (/[^`\\s]+)`(?:\\s+with `(\\{[^`]+})`)?");
  private static final Pattern SPAN = Pattern.compile("`([^`\\n]+)`");
  private static final Pattern MEMBER =
      Pattern.compile("\"([\\w:-]+)\":\\s*(\"[^\"]*\"|-?\\d+|true|false)?");
  private static final String SETTINGS = "rate: {burst: 7}\n";
  private static final long JVM_SECONDS = 60;
  private static final int REQUESTS = 8;

  private final String page;

  OperatingPageTest() throws IOException {
    page =
        Files.readString(Path.of(System.getProperty("plumbline.home", ".."), "docs/operating.md"));
  }

  /** A server with a session, a task and a tool that was called, on which an example is tried. */
  private static final class Tried implements AutoCloseable {
    private static final String META =
        "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{\"elicitation\":{},"
            + "\"extensions\":{\"io.modelcontextprotocol/tasks\":{}}}}";

    private final TestServer server;
    private final String session;
    private final String task;

    Tried() {
      this(ServerContext.withRequests(REQUESTS));
    }

    Tried(ServerContext context) {
      server =
          new TestServer(
              new ServerCore(
                  DemoCatalog.withFixture(new ServerCard("test", "Test", "1", "For tests.")),
                  context,
                  UnaryOperator.identity()),
              new Network.Listeners(0, HttpSetup.PLAIN, OptionalInt.empty()));
      session = Pseudonym.of(server.session().substring("MCP-Session-Id: ".length()));
      task = Pseudonym.of(task());
      assertThat(echo().status()).isEqualTo(200);
    }

    Response echo() {
      return server.modern("tools/call", "\"name\":\"echo\",\"arguments\":{\"text\":\"x\"}");
    }

    private String task() {
      String call =
          Requests.legacy(
              "1",
              "tools/call",
              "\"name\":\"slow_compute\",\"arguments\":{\"seconds\":30,\"label\":\"x\"}," + META);
      return server
          .post(
              call,
              "MCP-Protocol-Version: 2026-07-28",
              "Mcp-Method: tools/call",
              "Mcp-Name: slow_compute")
          .json()
          .at("/result/taskId")
          .asString();
    }

    Response ask(String method, String path, String body) {
      if (path.equals("/security")) {
        server.raw("GET /mcp HTTP/1.1\r\nHost: evil.example\r\n\r\n");
      }
      String real =
          path.replaceFirst("^/NAME", "/sessions")
              .replaceFirst("^/(sessions|streams)/(KEY|SESSION|[0-9a-f]{12})", "/$1/" + session)
              .replaceFirst("^/tasks/(KEY|[0-9a-f]{12})", "/tasks/" + task)
              .replaceFirst("^/domains/NAME", "/domains/http")
              .replaceFirst("^/breakers/NAME", "/breakers/role:transport")
              .replace("tool:NAME", "tool:echo")
              .replace("ROLE", "transport");
      return server.controlClient().ask(method, real, body);
    }

    @Override
    public void close() {
      server.close();
    }
  }

  /** A server whose operator let go of a guard. */
  private static ServerContext unguarded() {
    return ServerContext.of(
        ServerConfig.standard()
            .withCap(Roles.TRANSPORT, REQUESTS)
            .withSecurity(new SecuritySettings(false, true, true, SecuritySettings.NONE)));
  }

  /** Makes sure that there is such a thing, whatever its state; gives what was answered. */
  private static String tried(String method, String path, String body) {
    try (Tried server = new Tried()) {
      Response response = server.ask(method, path, body);
      assertThat(response.status())
          .as("%s %s is in the page: %s", method, path, response.body())
          .isIn(200, 202, 409);
      return response.body();
    }
  }

  /** Every member that the page shows has to be there, with its value unless that is left out. */
  private static void answers(String shown, String answered) {
    String dense = answered.replaceAll("\\s", "");
    for (MatchResult member : MEMBER.matcher(shown).results().toList()) {
      String value =
          member.group(2) == null || member.group(2).contains("…") ? "" : member.group(2);
      assertThat(dense)
          .as(shown)
          .contains("\"" + member.group(1) + "\":" + value.replaceAll("\\s", ""));
    }
    if (!shown.startsWith("{")) {
      assertThat(answered.lines()).as(shown).containsAll(shown.lines().toList());
    }
  }

  private static int examples(String page) {
    int count = 0;
    for (MatchResult fence : FENCE.matcher(page).results().toList()) {
      String[] lines = fence.group(2).split("\\n(?=\\$ )", -1);
      for (String line : lines) {
        String[] parts = line.split("\\n", 2);
        var asked = ASKED.matcher(parts[0].strip());
        if (asked.matches()) {
          String options = asked.group(1);
          String body =
              options.contains("-d '")
                  ? options.replaceFirst(".*-d '([^']*)'.*", "$1")
                  : options.contains("--data-binary @new.yaml") ? SETTINGS : "";
          boolean post = !body.isEmpty() || options.contains("-X POST");
          String answer = tried(post ? "POST" : "GET", asked.group(2), body);
          answers(parts.length > 1 ? parts[1].strip() : "{}", answer);
          count++;
        }
      }
    }
    return count;
  }

  private static int named(String page) {
    List<MatchResult> found = NAMED.matcher(page).results().toList();
    for (MatchResult one : found) {
      String body =
          one.group(3) != null ? one.group(3) : one.group(1).equals("PUT") ? "{\"limit\":9}" : "";
      tried(one.group(1), one.group(2), body);
    }
    return found.size();
  }

  private List<String> cells(String heading) {
    return page.substring(page.indexOf(heading))
        .lines()
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .flatMap(row -> SPAN.matcher(row.split("\\|", -1)[1]).results())
        .map(span -> span.group(1))
        .toList();
  }

  private static void settings(String page) {
    List<String> paths =
        SPAN.matcher(page)
            .results()
            .map(span -> span.group(1))
            .filter(span -> span.matches("[a-z]+\\.[a-z][a-zA-Z]+"))
            .toList();
    assertThat(paths).isNotEmpty().allMatch(Configuration::knows);
  }

  @Test
  void everyExampleIsAnsweredAsItSays() {
    assertThat(examples(page)).isEqualTo(page.split(Pattern.quote(CONTROL), -1).length - 1);
  }

  @Test
  void everythingThatIsNamedCanBeAsked() {
    assertThat(named(page)).isGreaterThan(5);
  }

  @Test
  void everySectionIsThere() {
    List<String> sections = cells("| Section |");
    assertThat(sections).hasSizeGreaterThan(10);
    sections.forEach(section -> tried("GET", "/" + section, ""));
  }

  @Test
  void everyLevelIsReportedBySomebody() {
    try (Tried server = new Tried(unguarded())) {
      server.server.core().resources().check();
      server.ask("PUT", "/queues/session", "{\"limit\":1}");
      await().until(() -> server.ask("GET", "/health-check", "").body().contains("queue:session"));
      JsonNode checks = server.ask("GET", "/health-check", "").json().get("checks");
      for (String level : cells("| Level |")) {
        String name = level.split("[: ]", 2)[0];
        assertThat(checks.propertyNames())
            .as(level)
            .anyMatch(check -> check.split(":", 2)[0].equals(name));
      }
    }
  }

  @Test
  void everySettingCanBeSet() {
    settings(page);
    for (MatchResult fence : FENCE.matcher(page).results().toList()) {
      if (fence.group(1).equals("yaml")) {
        assertThat(tried("POST", "/config/validate", fence.group(2).replaceAll("#.*", "")))
            .contains("\"valid\":true");
      }
    }
    for (String store : cells("| `sessions.store` |")) {
      String said = "sessions: {store: '" + store.replace("…", "//127.0.0.1/x") + "'}";
      assertThat(tried("POST", "/config/validate", said)).contains("\"valid\":true");
    }
  }

  @Test
  void everyOptionIsOne() throws Exception {
    List<String> flags = Arrays.stream(Flag.values()).map(Flag::text).toList();
    assertThat(
            SPAN.matcher(page)
                .results()
                .map(span -> span.group(1).split(" ", 2)[0])
                .filter(span -> span.startsWith("--")))
        .isNotEmpty()
        .isSubsetOf(flags);
    List<String> jvms = page.lines().filter(line -> line.startsWith("java ")).toList();
    assertThat(jvms).isNotEmpty();
    for (String line : jvms) {
      Path java = Path.of(System.getProperty("java.home"), "bin", "java");
      Process jvm =
          new ProcessBuilder(
                  line.replaceFirst("java", java.toString())
                      .replace("…", "-version")
                      .split(" ", -1))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      assertThat(jvm.waitFor(JVM_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(jvm.exitValue()).as(line).isZero();
    }
  }

  @Test
  void aToolThatIsLeftAloneIsToldAsItSays() {
    MatchResult shown =
        FENCE
            .matcher(page)
            .results()
            .filter(f -> f.group(2).startsWith("HTTP 429"))
            .findFirst()
            .orElseThrow();
    try (Tried server = new Tried()) {
      Response opened = server.ask("POST", "/breakers/tool:echo", "{\"state\":\"open\"}");
      assertThat(opened.status()).as(opened.body()).isEqualTo(200);
      Response refused = server.echo();
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.headers()).containsKey("retry-after");
      answers(
          shown
              .group(2)
              .replaceFirst("HTTP.*\\n", "")
              .replaceAll(":(5|731)\\b", ":")
              .replace("NAME", "echo"),
          refused.body());
    }
  }

  @Test
  void whatIsMadeUpIsNoticed() {
    for (String path : List.of("/nonsense", "/sessions/KEY/explode", "/queues/nobody")) {
      assertThatThrownBy(() -> named("`POST " + path + "`")).isInstanceOf(AssertionError.class);
    }
    assertThatThrownBy(() -> examples("```\n$ ask " + CONTROL + "/nonsense\n```"))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(
            () -> examples("```\n$ ask " + CONTROL + "/health-check\n{\"wealthy\":true}\n```"))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> settings("`control.nonsense`")).isInstanceOf(AssertionError.class);
  }
}
