package dev.plumbline.perf.gatling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SettingsTest {
  private static final String PREFIX = "PLUMBLINE_JOURNEY_";

  private static Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    Map.of(
            "URL", "http://127.0.0.1:1/mcp",
            "REVISION", "2026-07-28",
            "HEADERS", "Mcp-Method: tools/call\nMcp-Name: pause",
            "CALL", "{\"name\":\"pause\"}",
            "RATE", "1903.5",
            "WARM_UP_SECONDS", "6",
            "SECONDS", "60",
            "DEADLINE_MILLIS", "5000",
            "P99_MILLIS", "5000",
            "FAILED_PERCENT", "100.0")
        .forEach((name, value) -> environment.put(PREFIX + name, value));
    return environment;
  }

  @Test
  void readsWhatAnOverloadIsTold() {
    Map<String, String> environment = environment();
    environment.put(PREFIX + "RECORD", "out");
    Settings settings = Settings.of(environment);

    assertThat(settings.perSecond()).isEqualTo(1_903.5);
    assertThat(settings.seconds()).isEqualTo(60);
    assertThat(settings.headers())
        .containsExactly(Map.entry("Mcp-Method", "tools/call"), Map.entry("Mcp-Name", "pause"));
    assertThat(settings.record()).isEqualTo("out");
  }

  @Test
  void aJourneyKeepsNoRecordOfItsOwn() {
    assertThat(Settings.of(environment()).record()).isEmpty();
  }

  @Test
  void namesWhatIsMissing() {
    for (String name : environment().keySet()) {
      Map<String, String> environment = environment();
      environment.remove(name);
      assertThatThrownBy(() -> Settings.of(environment))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(name);
    }
  }

  @Test
  void refusesALineThatIsNoHeader() {
    Map<String, String> environment = environment();
    environment.put(PREFIX + "HEADERS", "no header");
    assertThatThrownBy(() -> Settings.of(environment)).isInstanceOf(IllegalArgumentException.class);
  }
}
