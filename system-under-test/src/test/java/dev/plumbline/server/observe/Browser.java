package dev.plumbline.server.observe;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A headless Chromium of the machine; nothing is downloaded for it. */
final class Browser implements AutoCloseable {
  private static final int HEIGHT = 900;
  private static final JsonMapper JSON = new JsonMapper();

  /** Held, or the level would be forgotten with it. */
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

  private final ChromeDriver driver;

  private Browser(File chromium, File chromedriver) {
    // Commands are sent by name: that no generated classes match this Chromium is no news.
    SELENIUM.setLevel(Level.SEVERE);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium);
    options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars");
    options.setCapability("goog:loggingPrefs", logs);
    this.driver =
        new ChromeDriver(
            new ChromeDriverService.Builder().usingDriverExecutable(chromedriver).build(), options);
  }

  /** A browser; empty where Chromium or its driver is not installed. */
  static Optional<Browser> open() {
    return onPath("chromium")
        .flatMap(chromium -> onPath("chromedriver").map(driver -> new Browser(chromium, driver)));
  }

  private static Optional<File> onPath(String program) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(path.split(File.pathSeparator, -1))
        .map(folder -> new File(folder, program))
        .filter(File::canExecute)
        .findFirst();
  }

  void go(String url) {
    driver.get(url);
  }

  /** Lays the page out as on a screen of this width. */
  void screen(int width, String colors) {
    size(width, HEIGHT);
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colors))));
  }

  private void size(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  WebElement find(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  /** The text of an element; empty when it is not there or not shown. */
  String text(String selector) {
    Object text =
        driver.executeScript(
            "const e = document.querySelector(arguments[0]); return e ? e.innerText : ''",
            selector);
    return String.valueOf(text);
  }

  /** The value of an attribute of the first such element; empty when there is none. */
  String attribute(String selector, String name) {
    Object value =
        driver.executeScript(
            "return document.querySelector(arguments[0])?.getAttribute(arguments[1]) ?? ''",
            selector,
            name);
    return String.valueOf(value);
  }

  Object run(String script) {
    return String.valueOf(driver.executeScript(script));
  }

  /** The whole page as a picture. */
  void picture(Path file, int width) {
    Object height = driver.executeScript("return document.documentElement.scrollHeight");
    size(width, ((Number) java.util.Objects.requireNonNull(height)).intValue());
    try {
      Files.createDirectories(java.util.Objects.requireNonNull(file.getParent()));
      Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    size(width, HEIGHT);
  }

  /** What the console has said since it was asked last. */
  List<String> console() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::getMessage)
        .toList();
  }

  /** Where requests have gone since it was asked last. */
  List<String> requests() {
    return StreamSupport.stream(
            driver.manage().logs().get(LogType.PERFORMANCE).spliterator(), false)
        .map(entry -> JSON.readTree(entry.getMessage()).path("message"))
        .filter(message -> message.path("method").asString("").equals("Network.requestWillBeSent"))
        .map(message -> message.at("/params/request/url"))
        .map(JsonNode::stringValue)
        .toList();
  }

  @Override
  public void close() {
    driver.quit();
  }
}
