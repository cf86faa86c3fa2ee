package dev.plumbline.server.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plumbline.server.HttpServer;
import dev.plumbline.server.ServerContext;
import dev.plumbline.server.ServerCore;
import dev.plumbline.server.api.McpServer;
import dev.plumbline.server.config.Roles;
import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.config.Sources;
import dev.plumbline.server.feature.ServerCard;
import dev.plumbline.server.fixture.DemoCatalog;
import dev.plumbline.server.observe.monitor.GcWatch;
import dev.plumbline.server.support.RawConnection;
import dev.plumbline.server.support.Requests;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/**
 * The dashboard in a real browser. Without Chromium and its driver these tests are skipped, and the
 * report of the build says so. Pictures are left in {@code target/dashboard}.
 */
class DashboardIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Path PICTURES = Path.of("target", "dashboard");
  private static final int TOOLS = 10;
  private static final int DESK = 1_360;
  private static final int PHONE = 390;

  /** What the tool of this test takes. */
  record Word(String word) {}

  private final CountDownLatch released = new CountDownLatch(1);
  private Browser browser;
  private ServerCore core;
  private HttpServer server;
  private GcWatch watch;

  @BeforeEach
  void open() throws IOException {
    Optional<Browser> found = Browser.open();
    assumeTrue(found.isPresent(), "not run: chromium and chromedriver are not on the PATH");
    browser = found.orElseThrow();
    start(0);
  }

  private void start(int controlPort) throws IOException {
    ServerConfig config = ServerConfig.standard().withCap(Roles.TOOL_EXECUTOR, TOOLS);
    ServerCard card = new ServerCard("watched", "Watched", "1.2.3", "For tests.");
    McpServer offered =
        DemoCatalog.server(card)
            .tool(
                "hold",
                "Waits until the test lets go",
                Word.class,
                (given, call) -> {
                  released.await();
                  return given.word();
                });
    core = new ServerCore(offered, ServerContext.of(config), UnaryOperator.identity());
    server = new HttpServer(core, 0, controlPort);
    watch = core.resources().watchCollector();
  }

  @AfterEach
  void close() {
    if (browser != null) {
      browser.close();
      watch.close();
      server.close();
    }
  }

  private void openPage() {
    browser.screen(DESK, "light");
    browser.go(server.control() + "/#token=" + server.controlToken().secret());
    await().atMost(PATIENCE).until(() -> browser.text("#link-text").equals("live"));
  }

  private RawConnection hold() throws IOException {
    String params = "\"name\":\"hold\",\"arguments\":{\"word\":\"x\"}";
    return new RawConnection(server.endpoint().getPort())
        .send(
            Requests.post(
                Requests.modern("1", "tools/call", params),
                Requests.mirrored("tools/call", params)));
  }

  private List<RawConnection> hold(int count) throws IOException {
    List<RawConnection> running = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      running.add(hold());
    }
    return running;
  }

  private Thread load(AtomicBoolean on) {
    return Thread.ofVirtual()
        .start(
            () -> {
              try (RawConnection connection = new RawConnection(server.endpoint().getPort())) {
                String params = "\"name\":\"echo\",\"arguments\":{\"text\":\"hi\"}";
                while (on.get()) {
                  connection
                      .send(
                          Requests.post(
                              Requests.modern("1", "tools/call", params),
                              Requests.mirrored("tools/call", params)))
                      .read();
                }
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
  }

  /** How many messages the page says there were. */
  private long shown() {
    String note = browser.text("#figures .figure:nth-child(3) .note").replaceAll("[^0-9]", "");
    return note.isEmpty() ? 0 : Long.parseLong(note);
  }

  @Test
  void movesWhenLoadRuns() throws Exception {
    openPage();
    AtomicBoolean on = new AtomicBoolean(true);
    Thread load = load(on);
    await().atMost(PATIENCE).until(() -> shown() > 0);
    long before = shown();
    await().atMost(PATIENCE).until(() -> shown() > before);
    await()
        .atMost(PATIENCE)
        .until(() -> !browser.text("#figures .figure:nth-child(4) .value").equals("–"));
    assertThat(browser.text("#server")).contains("watched 1.2.3");
    assertThat(browser.text("#health")).isEqualTo("healthy");
    on.set(false);
    load.join();

    assertThat(browser.console()).isEmpty();
  }

  @Test
  void saysSoWhenAQueueCrossesEightyPercentAndWhenItIsBack() throws Exception {
    openPage();
    assertThat(browser.text("#conditions")).contains("Nothing needs attention");
    List<RawConnection> busy = hold(TOOLS * 8 / 10);

    await().atMost(PATIENCE).until(() -> browser.text("#conditions").contains("tool_executor"));
    assertThat(browser.text("#say")).contains("tool_executor");
    assertThat(browser.run("return document.title")).asString().startsWith("(1)");
    assertThat(browser.attribute(".bar[aria-label=tool_executor]", "aria-valuenow"))
        .isEqualTo("80");
    assertThat(browser.attribute(".bar[aria-label=tool_executor]", "data-level"))
        .isEqualTo("warning");
    // The overload monitor looks every few seconds and leaves a notice.
    await().atMost(PATIENCE).until(() -> browser.text("#notices").contains("tool_executor"));
    browser.picture(PICTURES.resolve("alert-light.png"), DESK);
    browser.screen(DESK, "dark");
    browser.picture(PICTURES.resolve("alert-dark.png"), DESK);
    browser.screen(PHONE, "light");
    browser.picture(PICTURES.resolve("alert-phone.png"), PHONE);
    assertThat(browser.run("return document.documentElement.scrollWidth")).isEqualTo("" + PHONE);

    released.countDown();
    for (RawConnection connection : busy) {
      assertThat(connection.read().status()).isEqualTo(200);
      connection.close();
    }
    await()
        .atMost(PATIENCE)
        .until(() -> browser.text("#conditions").contains("Nothing needs attention"));
    assertThat(browser.console()).isEmpty();
  }

  @Test
  void holdsQueuesAgainstTheLevelsThatAreSet() throws Exception {
    List<String> levels =
        List.of("overload.warning=30", "overload.critical=40", "overload.full=95");
    core.context().config().set(Sources.of(Map.of(), Optional.empty(), levels).read());
    core.restraint().breakers().shared("role:tool_executor").forceOpen();
    openPage();

    await().atMost(PATIENCE).until(() -> browser.text("#queues-note").contains("at 40 %"));
    assertThat(browser.text("#queues-note")).contains("alert at 30 %").contains("breaker at 95 %");
    assertThat(
            browser.run(
                "return document.querySelector('#breakers [data-level=critical]').textContent"))
        .asString()
        .contains("forced open");
    assertThat(browser.text("#conditions")).contains("role:tool_executor is forced open");
    assertThat(browser.console()).isEmpty();
  }

  @Test
  void asksNobodyButTheServer() {
    openPage();
    await().atMost(PATIENCE).until(() -> !browser.text("#queues").isBlank());

    assertThat(browser.requests())
        .filteredOn(url -> !url.startsWith("data:"))
        .isNotEmpty()
        .allMatch(url -> url.startsWith(server.control().toString()))
        .noneMatch(url -> url.contains(server.controlToken().secret()));
    assertThat(browser.run("return location.href")).asString().doesNotContain("token");
    assertThat(browser.console()).isEmpty();
  }

  @Test
  void asksForTheTokenAndAgainWhenItIsWrong() {
    browser.screen(DESK, "light");
    browser.go(server.control() + "/");
    WebElement field = browser.find("#token");
    field.sendKeys("certainly-not-the-token", Keys.ENTER);
    await().atMost(PATIENCE).until(() -> browser.text("#door-wrong").contains("does not know"));
    field.sendKeys(server.controlToken().secret(), Keys.ENTER);

    await().atMost(PATIENCE).until(() -> browser.text("#link-text").equals("live"));
    assertThat(browser.find("#door").isDisplayed()).isFalse();
  }

  @Test
  void explainsANumberOnTheKeyboard() {
    openPage();
    await().atMost(PATIENCE).until(() -> !browser.text("#queues").isBlank());
    WebElement body = browser.find("body");
    for (int i = 0; i < 12 && browser.text("#tip").isBlank(); i++) {
      body.sendKeys(Keys.TAB);
    }
    assertThat(browser.text("#tip").toLowerCase(Locale.ROOT)).isNotBlank();
    body.sendKeys(Keys.ESCAPE);
    assertThat(browser.find("#tip").isDisplayed()).isFalse();
  }

  @Test
  void saysThatTheConnectionIsLostAndComesBack() throws IOException {
    openPage();
    int port = server.control().getPort();
    String token = server.controlToken().secret();
    server.close();
    watch.close();
    await().atMost(PATIENCE).until(() -> browser.find("#lost").isDisplayed());
    assertThat(browser.text("#lost-text")).contains("Connection lost");
    browser.picture(PICTURES.resolve("lost.png"), DESK);

    start(port);
    browser.run("sessionStorage.setItem('plumbline-control-token', '" + token + "')");
    // Another process has another token: the page asks for it.
    await().atMost(PATIENCE).until(() -> browser.find("#door").isDisplayed());
    browser.find("#token").sendKeys(server.controlToken().secret(), Keys.ENTER);
    await().atMost(PATIENCE).until(() -> browser.text("#link-text").equals("live"));
    assertThat(browser.find("#lost").isDisplayed()).isFalse();
  }
}
