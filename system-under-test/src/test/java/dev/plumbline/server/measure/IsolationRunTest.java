package dev.plumbline.server.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

class IsolationRunTest {
  @Test
  @Timeout(120)
  void nobodyElseNoticesWhenSomethingIsKilled() throws Exception {
    JsonNode run =
        IsolationRun.run(
            new IsolationRun.Settings(100, Duration.ofMillis(100), Duration.ofMillis(700)));
    assertThat(run.path("failedElsewhere").asInt()).as(run.toPrettyString()).isZero();
    assertThat(run.path("killed")).hasSize(7);
    for (JsonNode kill : run.path("killed")) {
      String what = kill.path("what").asString();
      if (what.startsWith("handler")) {
        assertThat(kill.path("failedInside").asInt()).as(what).isOne();
      } else if (what.equals("tcp") || what.equals("websocket") || what.equals("http")) {
        // Each connection that was open breaks at least once; that it was so is the witness.
        assertThat(kill.path("failedInside").asInt())
            .as(what)
            .isGreaterThanOrEqualTo(kill.path("sessionsInside").asInt());
        assertThat(kill.path("restartMs").asDouble()).as(what).isPositive();
      }
    }
  }
}
