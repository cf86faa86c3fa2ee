package dev.plumbline.conformance.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.conformance.target.Credentials.Kind;
import dev.plumbline.conformance.wire.Redactor;
import dev.plumbline.evidence.model.TargetException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CredentialsTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("T", "secret-token-one", "SPACED", "Bearer x", "EMPTY", "");

  @Test
  void areTakenFromTheEnvironmentAndNeverShown() throws TargetException {
    Credentials given = Credentials.of(Map.of(Kind.NARROW, "${T}"), ENVIRONMENT);
    assertThat(given.token(Kind.NARROW)).hasValue("secret-token-one");
    assertThat(given.token(Kind.OTHER)).isEmpty();
    assertThat(given).hasToString("[NARROW]");
    Redactor redactor =
        Targets.url(URI.create("http://127.0.0.1:1/mcp"), List.of(), given).redactor();
    assertThat(redactor.text("it is secret-token-one")).isEqualTo("it is [redacted]");
  }

  @Test
  void whatAHeaderHoldsIsBlottedWithoutItsSchemeToo() throws TargetException {
    String jwt = "eyJhbGciOiJub25lIn0.e30." + "A".repeat(20);
    HeaderTemplate header = HeaderTemplate.parse("Authorization: Bearer " + jwt);
    Redactor redactor =
        Targets.url(URI.create("http://127.0.0.1:1/mcp"), List.of(header)).redactor();
    assertThat(redactor.text("/mcp?access_token=" + jwt)).doesNotContain("eyJ");
    String changed = dev.plumbline.conformance.wire.ForgedTokens.changed(jwt).orElseThrow();
    assertThat(redactor.text(changed)).isEqualTo(Redactor.BLOT);
  }

  @Test
  void aMistakeIsOneLine() {
    assertThatThrownBy(() -> Credentials.of(Map.of(Kind.AUDIENCE, "${NONE}"), ENVIRONMENT))
        .isInstanceOf(TargetException.class)
        .hasMessageStartingWith("credentials.audience: the environment variable NONE is not set");
    assertThatThrownBy(() -> Credentials.of(Map.of(Kind.OTHER, "${SPACED}"), ENVIRONMENT))
        .hasMessage("credentials.other: this is no token; give it alone, without the word Bearer");
  }
}
