package dev.plumbline.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ForgedTokensTest {
  private static final String LAWFUL =
      encoded("{\"alg\":\"RS256\",\"kid\":\"k\"}")
          + "."
          + encoded("{\"sub\":\"me\",\"aud\":\"here\"}")
          + "."
          + "A".repeat(40);

  private static String encoded(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String part(String token, int number) {
    return new String(
        Base64.getUrlDecoder().decode(token.split("\\.", -1)[number]), StandardCharsets.UTF_8);
  }

  @Test
  void sayWhatTheLawfulOneSaysAndAreSignedByNobody() throws Exception {
    Map<String, String> forged = ForgedTokens.all(Optional.of(LAWFUL), "x", 1);
    assertThat(forged).containsOnlyKeys("random", "unsigned", "own", "expired", "changed");
    assertThat(part(forged.getOrDefault("unsigned", ""), 0)).contains("\"none\"").contains("\"k\"");
    assertThat(forged.getOrDefault("unsigned", "")).endsWith(".");
    assertThat(part(forged.getOrDefault("own", ""), 1)).contains("\"aud\":\"here\"");
    assertThat(part(forged.getOrDefault("expired", ""), 1)).contains("\"exp\":");
    assertThat(forged.getOrDefault("changed", "")).isNotEqualTo(LAWFUL).hasSameSizeAs(LAWFUL);
  }

  @Test
  void doWithoutALawfulOne() throws Exception {
    assertThat(ForgedTokens.all(Optional.of("opaque"), "http://h/mcp", 1))
        .containsOnlyKeys("random", "unsigned", "own", "expired");
    String own = ForgedTokens.all(Optional.empty(), "http://h/mcp", 1).getOrDefault("own", "");
    assertThat(part(own, 1)).contains("http://h/mcp");
  }
}
