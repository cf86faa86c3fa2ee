package dev.plumbline.conformance.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.conformance.model.Offer;
import dev.plumbline.conformance.wire.Bytes;
import dev.plumbline.conformance.wire.End;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Inbound;
import dev.plumbline.conformance.wire.Line;
import dev.plumbline.conformance.wire.Outbound;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.Finding;
import dev.plumbline.evidence.model.Transport;
import dev.plumbline.evidence.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Walks of the lifecycle on stdio, as a server might have answered them. */
class WalkJudgeTest {
  private static final String REVISION = "2025-11-25";
  private static final Offer OFFER =
      new Offer(
          false,
          REVISION,
          List.of(REVISION),
          false,
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of());

  private final Map<String, String> facts =
      new TreeMap<>(
          Map.of(
              WalkRecording.MODEL, "lifecycle",
              WalkRecording.OFFER, OFFER.json(),
              WalkRecording.CHOICES, "0,0,0",
              WalkRecording.WALKS, "5",
              WalkRecording.UNCLEAR, "2"));
  private final List<Exchange> exchanges = new ArrayList<>();

  private Recording recording() {
    return new Recording("WALK-001", Era.HANDSHAKE, Transport.STDIO, exchanges, facts);
  }

  private Verdict judged() {
    return WalkJudge.judge(recording());
  }

  /** The walk as far as the labels go: initialize, initialized, ping. */
  private List<String> labels() {
    return WalkJudge.walked(recording()).labels();
  }

  private void heard(String label, String... lines) {
    List<Line> all = new ArrayList<>();
    for (String line : lines) {
      all.add(new Line(Bytes.text(line), 0));
    }
    exchanges.add(
        new Exchange(
            label,
            Transport.STDIO,
            new Outbound.Line(Bytes.text("{\"sent\":\"" + label + "\"}")),
            new Inbound.Lines(all, Bytes.EMPTY),
            End.COMPLETE,
            0,
            1,
            2));
  }

  private void opened() {
    String first = labels().getFirst();
    String revision = first.substring("001-initialize-".length());
    heard(
        first,
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"protocolVersion\":\""
            + revision
            + "\",\"capabilities\":{},\"serverInfo\":{\"name\":\"s\",\"version\":\"1\"}}}");
    heard("002-initialized");
  }

  private void pinged(String result) {
    heard("003-ping", "{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":" + result + "}");
  }

  @Test
  void everyWalkThatWasFinishedIsASubject() {
    opened();
    pinged("{}");
    assertThat(labels()).hasSize(3).element(2).isEqualTo("003-ping");
    assertThat(judged()).isEqualTo(new Verdict.Pass(3));
    facts.put(WalkRecording.UNCLEAR, "4");
    assertThat(judged()).isEqualTo(new Verdict.Pass(1));
    facts.remove(WalkRecording.UNCLEAR);
    assertThat(judged()).isEqualTo(new Verdict.Pass(5));
  }

  @Test
  void noneIsJudgedWhenNoneCouldBeFinished() {
    opened();
    pinged("{}");
    facts.put(WalkRecording.UNCLEAR, "5");
    assertThat(judged()).isEqualTo(new Verdict.NotObserved("no walk could be finished; "));
    exchanges.removeLast();
    exchanges.removeLast();
    exchanges.removeLast();
    facts.put(WalkRecording.UNCLEAR, "0");
    assertThat(judged())
        .isInstanceOfSatisfying(
            Verdict.NotObserved.class,
            unseen ->
                assertThat(unseen.missing())
                    .startsWith("no walk could be finished; ")
                    .contains("initialize"));
  }

  @Test
  void aStepThatIsBrokenIsToldWithTheStepsBeforeIt() {
    opened();
    pinged("{\"pong\":true}");
    assertThat(judged()).isInstanceOf(Verdict.Fail.class);
    Finding finding = ((Verdict.Fail) judged()).findings().getFirst();
    String steps = labels().getFirst().substring("001-".length()) + " → initialized → ping";
    assertThat(finding.summary()).endsWith(" (PING-001)");
    assertThat(finding.sent()).isEqualTo(steps + "\n\n{\"sent\":\"003-ping\"}");
    assertThat(finding.received()).contains("pong");
    assertThat(finding.actual()).startsWith("After " + steps + ": ");
    assertThat(finding.expected()).isNotBlank();
    assertThat(finding.fix()).isNotBlank();
    assertThat(finding.evidence()).containsExactly("raw/conformance/WALK-001.stdio.json#003-ping");
  }

  @Test
  void whatKeptItFromWalkingIsWhatIsMissing() {
    facts.put(Recording.STOPPED, "it was refused");
    assertThat(judged()).isEqualTo(new Verdict.NotObserved("it was refused"));
    facts.put(WalkRecording.OBSTACLE, "no tools");
    assertThat(judged()).isEqualTo(new Verdict.NotObserved("no tools"));
  }

  @Test
  void aRecordingThatIsNoWalkIsRefused() {
    facts.put(WalkRecording.CHOICES, "0,x");
    assertThatThrownBy(this::judged)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("walk.choices are no numbers");
    facts.put(WalkRecording.MODEL, "nothing");
    assertThatThrownBy(this::judged).hasMessage("no model nothing");
    facts.remove(WalkRecording.MODEL);
    assertThatThrownBy(this::judged).hasMessage("no model ");
  }

  @Test
  void aNumberThatIsNoneIsRefused() {
    opened();
    pinged("{}");
    facts.put(WalkRecording.WALKS, "many");
    assertThatThrownBy(this::judged).hasMessage("walk.walks is no number");
  }
}
