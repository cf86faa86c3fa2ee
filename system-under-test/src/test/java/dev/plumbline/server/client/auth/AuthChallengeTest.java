package dev.plumbline.server.client.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuthChallengeTest {
  private static List<AuthChallenge> parse(String field) {
    return AuthChallenge.parse(Map.of("www-authenticate", List.of(field)));
  }

  @Test
  void readsQuotedAndPlainParameters() {
    assertThat(parse("bearer Scope=\"a b\" , error = insufficient_scope"))
        .containsExactly(
            new AuthChallenge("bearer", Map.of("scope", "a b", "error", "insufficient_scope")));
  }

  @Test
  void tellsChallengesOfOneFieldApart() {
    assertThat(parse("Negotiate YII==, Basic realm=\"x, DPoP y=z\", DPoP algs=\"ES256\""))
        .containsExactly(
            new AuthChallenge("negotiate", Map.of()),
            new AuthChallenge("basic", Map.of("realm", "x, DPoP y=z")),
            new AuthChallenge("dpop", Map.of("algs", "ES256")));
  }

  @Test
  void readsASchemeWithoutParameters() {
    assertThat(parse("Negotiate, Bearer"))
        .extracting(AuthChallenge::scheme)
        .containsExactly("negotiate", "bearer");
  }

  @Test
  void undoesEscapes() {
    assertThat(parse("Bearer realm=\"a \\\"b\\\" \\\\c\"").getFirst().parameter("realm"))
        .hasValue("a \"b\" \\c");
  }

  @Test
  void keepsTheFirstOfARepeatedParameter() {
    assertThat(parse("Bearer scope=\"a\", scope=\"b\"").getFirst().parameter("scope"))
        .hasValue("a");
  }

  @Test
  void choosesTheChallengeThatNamesTheMetadata() {
    Map<String, List<String>> headers =
        Map.of(
            "WWW-Authenticate",
            List.of("Basic realm=r", "Bearer realm=r", "DPoP resource_metadata=\"https://a/b\""));
    assertThat(AuthChallenge.forTokens(headers)).map(AuthChallenge::scheme).hasValue("dpop");
  }

  @Test
  void endsWithoutStackOrTimeOnRubbish() {
    for (String rubbish :
        List.of("", ",,,,", "=", "\"", "Bearer =", "Bearer scope=\"open", "Bearer \u0000", "é")) {
      assertThat(parse(rubbish)).hasSizeLessThanOrEqualTo(1);
    }
    assertThat(parse("Bearer a=\"" + "\\\\".repeat(4_000) + "\"")).hasSize(1);
    assertThat(parse("Bearer ".repeat(1_000))).hasSizeLessThanOrEqualTo(16);
    assertThat(parse("B ,".repeat(9_000))).isEmpty();
  }
}
