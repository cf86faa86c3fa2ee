package dev.plumbline.conformance.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.Transport;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EraProbeTest {
  private static final String CAPABILITIES =
      """
      {"tools": {"listChanged": false}, "resources": {"subscribe": true},
       "extensions": {"io.modelcontextprotocol/tasks": {}}}
      """;

  private static EraProbe probe() throws IOException {
    return new EraProbe(
        Era.STATELESS,
        Transport.STDIO,
        List.of("2026-07-28"),
        "2026-07-28",
        Json.parse(CAPABILITIES),
        Json.mapper().createObjectNode(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Map.of(),
        false,
        1,
        List.of());
  }

  @Test
  void aDotLeadsIntoACapability() throws IOException {
    assertThat(probe().declares("resources.subscribe")).isTrue();
    assertThat(probe().declares("tools.listChanged")).isFalse();
    assertThat(probe().declares("prompts.listChanged")).isFalse();
  }

  @Test
  void theNameOfAnExtensionHasDotsOfItsOwn() throws IOException {
    assertThat(probe().declares("extensions.io.modelcontextprotocol/tasks")).isTrue();
    assertThat(probe().declares("extensions.io.modelcontextprotocol/ui")).isFalse();
  }
}
