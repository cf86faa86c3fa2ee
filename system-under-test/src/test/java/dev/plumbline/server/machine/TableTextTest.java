package dev.plumbline.server.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableTextTest {
  private static TableBuilder<BreakerState, BreakerEvent> small() {
    return TransitionTable.of("small", BreakerState.class, BreakerEvent.class, BreakerState.CLOSED)
        .move(BreakerState.CLOSED, BreakerEvent.TRIP, BreakerState.OPEN)
        .refuse(BreakerState.CLOSED, BreakerEvent.WAIT_OVER, "it is not open")
        .refuseRest(BreakerState.CLOSED, "no")
        .move(BreakerState.OPEN, BreakerEvent.WAIT_OVER, BreakerState.OPEN)
        .ignore(BreakerState.OPEN, BreakerEvent.TRIP, "again")
        .move(BreakerState.OPEN, BreakerEvent.RESET, BreakerState.CLOSED)
        .refuseRest(BreakerState.OPEN, "no")
        .refuseRest(BreakerState.HALF_OPEN, "no")
        .refuseRest(BreakerState.FORCED_OPEN, "no")
        .onEntry(BreakerState.OPEN, "close the door")
        .onExit(BreakerState.OPEN, "open the door")
        .timeout(
            BreakerState.OPEN, BreakerEvent.WAIT_OVER, Timeout.Since.USED, Duration.ofMillis(1_500))
        .timeout(BreakerState.OPEN, BreakerEvent.TRIP, Timeout.Since.MADE, Duration.ofMinutes(90));
  }

  @Test
  void tellsEveryStateWithItsActionsAndEveryEventInColumns() {
    assertThat(TableText.text(small().build()))
        .startsWith(
            """
            SMALL

            closed, begins here, rests here
              trip                -> open
              wait_over           refused: it is not open
            """)
        .contains(
            """
            open, on entry: close the door, on exit: open the door
              trip                ignored: again after 90 min of life
              wait_over           -> open (anew) after 1500 ms unused
            """)
        .contains("\nforced_open, reported as open\n");
  }

  @ParameterizedTest
  @CsvSource({"PT0.999S,999 ms", "PT59S,59 s", "PT60S,1 min", "PT61S,61 s", "PT2H,2 h"})
  void saysALengthOfTimeInItsLargestWholeUnit(Duration after, String words) {
    var table =
        small()
            .timeout(BreakerState.OPEN, BreakerEvent.RESET, Timeout.Since.ENTERED, after)
            .build();
    assertThat(TableText.mermaid(table)).contains("open --> closed : reset after " + words + "\n");
  }

  @Test
  void aPageHasATableOfStatesAndOneOfEvents() {
    assertThat(TableText.markdown(small().build()))
        .startsWith("## small\n\n```mermaid\nstateDiagram-v2\n  %% small\n")
        .contains(
            "| closed | closed | yes |  |  |  |\n",
            "| open | open |  | close the door | open the door |"
                + " wait_over after 1500 ms unused, trip after 90 min of life |\n",
            "| open | trip | ignored: again after 90 min of life |\n");
  }

  @Test
  void aStateHasOneActionForEnteringAndOneForLeaving() {
    var entered = small();
    assertThatThrownBy(() -> entered.onEntry(BreakerState.OPEN, "once more"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("small: two actions for OPEN");
    var left = small();
    assertThatThrownBy(() -> left.onExit(BreakerState.OPEN, "once more"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aFormOfPrintingIsFoundByItsNameInAnyCase() {
    assertThat(Printing.named("mermaid")).contains(Printing.MERMAID);
    assertThat(Printing.named("Markdown")).contains(Printing.MARKDOWN);
    assertThat(Printing.named("html")).isEmpty();
    assertThat(Printing.TEXT.all()).startsWith("CLIENT\n").doesNotContain("# State machines");
    assertThat(Printing.MERMAID.all()).startsWith("stateDiagram-v2\n");
  }
}
