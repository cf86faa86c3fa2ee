package dev.plumbline.ci.cli.top;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.ci.cli.terminal.Display;
import dev.plumbline.ci.cli.terminal.Glyphs;
import dev.plumbline.ci.cli.terminal.Line;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

final class FrameTest {
  private static final JsonMapper JSON = new JsonMapper();

  private static JsonNode busy() throws IOException {
    try (InputStream in = FrameTest.class.getResourceAsStream("snapshot.json")) {
      return JSON.readTree(Objects.requireNonNull(in));
    }
  }

  private static JsonNode notice() {
    return JSON.readTree(
        """
        {"at":"2026-11-21T10:13:01.5Z","severity":"critical","source":"queues",
         "subject":"tool_executor","text":"465 of 500 are held\u001b[2J","facts":{}}
        """
            .replace("\u001b", "\\u001b"));
  }

  private static List<String> lines(Display display) throws IOException {
    return Frame.of(display, busy(), List.of(notice()), 8).stream()
        .map(line -> line.render(display))
        .toList();
  }

  @Test
  void tellsWhatTheServerIsAndHowItIs() throws IOException {
    List<String> lines = lines(Display.PLAIN);

    assertThat(lines.getFirst())
        .isEqualTo(" plumbline-bundled-server 0.1.0 · active · up 1 h 8 min · degraded");
    assertThat(lines.get(1)).contains("3,104 sessions", "3,271 connections", "messages/s");
    assertThat(lines.get(2)).contains("p50", "p99", "412 refused", "0 failed");
  }

  @Test
  void putsTheWorstFirst() throws IOException {
    List<String> attention =
        lines(Display.PLAIN).stream().filter(line -> line.contains("attention")).toList();

    assertThat(attention.getFirst()).contains("critical", "breaker role:tool_executor is open");
    assertThat(attention)
        .hasSize(6)
        .anyMatch(line -> line.contains("queue:tool_executor"))
        .anyMatch(line -> line.contains("queue transport: 1,640 of 2,000 are held"))
        .anyMatch(line -> line.contains("memory: 78.2 % in use"));
  }

  @Test
  void holdsQueuesAgainstTheLevelsThatAreSet() throws IOException {
    JsonNode sections = busy().path("sections");
    ((ObjectNode) sections.path("queues")).putArray("marks").add(25).add(30).add(100);
    ((ObjectNode) sections.at("/breakers/breakers/0")).put("state", "forced_open");

    assertThat(Attention.of(sections))
        .anyMatch(one -> one.critical() && one.text().startsWith("queue session: 3,100 of 10,000"))
        .anyMatch(one -> one.critical() && one.text().endsWith("is forced open"));
  }

  @Test
  void onlyTheHealthOfAQueueItselfSpeaksForIt() throws IOException {
    JsonNode sections = busy().path("sections");
    ((ArrayNode) sections.at("/status/last_checks"))
        .addObject()
        .put("component", "domain:transport-http")
        .put("status", "degraded")
        .put("reason", "restarts");

    assertThat(Attention.of(sections)).anyMatch(one -> one.text().startsWith("queue transport:"));
  }

  @Test
  void drawsQueuesAgainstTheirCaps() throws IOException {
    List<String> lines = lines(Display.PLAIN);

    assertThat(lines)
        .anyMatch(line -> line.matches(" tool_executor {3}█{34}░{2} +465 +500 +500 +412"))
        .anyMatch(line -> line.matches(" connection {6}█{12}░{24} +3,271 +10,000 +3,880 +0"))
        .anyMatch(line -> line.matches(" default {9}░{36} +0 +1,000 +0 +0"));
  }

  @Test
  void namesWhatIsUnusualAndCountsTheRest() throws IOException {
    assertThat(lines(Display.PLAIN))
        .contains(
            " breakers    role:tool_executor open · store half open · 7 closed",
            " domains     session-3 restarting · 11 running");
  }

  @Test
  void comparesControlLatencyWithItsObjective() throws IOException {
    assertThat(lines(Display.PLAIN))
        .anyMatch(line -> line.matches(" health( +[0-9.]+ µs){3} +100 ms +8,121 +3"))
        .anyMatch(line -> line.matches(" circuit breaker( +-){3} +10 ms +4 +0"));
  }

  @Test
  void letsNoTextOfTheServerMoveTheCursor() throws IOException {
    assertThat(String.join("\n", lines(Display.PLAIN)))
        .contains("465 of 500 are held?[2J")
        .doesNotContain("\u001b");
  }

  @Test
  void coloursOnlyWhatMeansSomething() throws IOException {
    Display colour = new Display(true, true, Glyphs.UNICODE, 120);
    List<String> lines = lines(colour);

    assertThat(lines.getFirst()).contains("\u001b[33mdegraded\u001b[0m");
    assertThat(lines)
        .anyMatch(line -> line.contains("transport") && line.contains("\u001b[33m█"))
        .anyMatch(line -> line.contains("tool_executor") && line.contains("\u001b[31m█"))
        .anyMatch(line -> line.startsWith(" session ") && !line.contains("\u001b[3"));
  }

  @Test
  void fitsTheWindow() throws IOException {
    for (int columns : new int[] {40, 80, 120, 300}) {
      Display narrow = new Display(true, false, Glyphs.ASCII, columns);
      assertThat(Frame.of(narrow, busy(), List.of(), 0))
          .extracting(line -> line.render(narrow).length())
          .allMatch(length -> length < columns);
    }
  }

  @Test
  void needsNothingOfTheSnapshot() {
    JsonNode empty = JSON.createObjectNode();
    List<Line> lines = Frame.of(Display.PLAIN, empty, List.of(empty), 8);

    assertThat(lines).isNotEmpty();
    assertThat(lines.stream().map(line -> line.render(Display.PLAIN)))
        .anyMatch(line -> line.contains("nothing"));
  }
}
