package dev.plumbline.conformance.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.conformance.wire.Header;
import dev.plumbline.evidence.model.TargetException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderTemplateTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("TOKEN", "s3cret$1", "BROKEN", "a\nb");

  @Test
  void resolvesVariablesAndShowsOnlyTheName() throws TargetException {
    HeaderTemplate template = HeaderTemplate.parse("Authorization: Bearer ${TOKEN}", ENVIRONMENT);
    assertThat(template.header()).isEqualTo(new Header("Authorization", "Bearer s3cret$1"));
    assertThat(template.toString()).isEqualTo("Authorization: [redacted]");
  }

  @Test
  void namesTheVariableThatIsMissing() {
    assertThatThrownBy(() -> HeaderTemplate.parse("X-Key: ${NOPE}", ENVIRONMENT))
        .isInstanceOf(TargetException.class)
        .hasMessage(
            "--header X-Key: the environment variable NOPE is not set; export it and run again");
  }

  @ParameterizedTest
  @ValueSource(strings = {"no colon", ": empty", "Na me: x", "X: ${BROKEN}"})
  void refusesWhatIsNoHeaderWithoutShowingValues(String template) {
    assertThatThrownBy(() -> HeaderTemplate.parse(template, ENVIRONMENT))
        .isInstanceOf(TargetException.class)
        .hasMessageStartingWith("--header")
        .hasMessageNotContaining("a\nb");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://x/", "mcp", "http:///x", "http://user:pw@127.0.0.1/mcp", "tcp://127.0.0.1"})
  void refusesUrlsThatCannotBeATarget(String url) {
    assertThatThrownBy(() -> Targets.url(URI.create(url), List.of()))
        .isInstanceOf(TargetException.class)
        .hasMessageStartingWith("--url")
        .hasMessageNotContaining("pw");
  }
}
