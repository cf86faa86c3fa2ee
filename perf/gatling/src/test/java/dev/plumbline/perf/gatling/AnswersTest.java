package dev.plumbline.perf.gatling;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class AnswersTest {
  private static final String RESULT = "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{}}";
  private static final String ERROR = "{\"jsonrpc\":\"2.0\",\"id\":7,\"error\":{\"code\":-32000}}";

  @Test
  void aResultWithTheIdIsAnAnswer() {
    assertThat(Answers.fate(200, false, RESULT, 7)).isEqualTo(Fate.ANSWERED);
    assertThat(Answers.fate(200, false, "data: " + RESULT + "\n\n", 7)).isEqualTo(Fate.ANSWERED);
  }

  @Test
  void aRefusalHasItsStatusItsTimeToWaitAndTheId() {
    assertThat(Answers.fate(429, true, ERROR, 7)).isEqualTo(Fate.REFUSED);
    assertThat(Answers.fate(429, false, ERROR, 7)).isEqualTo(Fate.WRONG);
    assertThat(Answers.fate(429, true, ERROR, 8)).isEqualTo(Fate.WRONG);
    assertThat(Answers.fate(429, true, "", 7)).isEqualTo(Fate.WRONG);
    assertThat(Answers.fate(503, true, ERROR, 7)).isEqualTo(Fate.WRONG);
    assertThat(Answers.fate(200, true, ERROR, 7)).isEqualTo(Fate.WRONG);
  }

  @Test
  void everythingElseIsWrong() {
    assertThat(Answers.fate(200, false, RESULT, 8)).isEqualTo(Fate.WRONG);
    assertThat(Answers.fate(500, false, RESULT, 7)).isEqualTo(Fate.WRONG);
    assertThat(Answers.fate(200, false, "not json", 7)).isEqualTo(Fate.WRONG);
    assertThat(Answers.fate(200, false, "{\"id\":7,\"result\":{\"isError\":true}}", 7))
        .isEqualTo(Fate.WRONG);
  }
}
