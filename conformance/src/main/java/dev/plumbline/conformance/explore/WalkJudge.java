package dev.plumbline.conformance.explore;

import dev.plumbline.conformance.model.Breach;
import dev.plumbline.conformance.model.Choices;
import dev.plumbline.conformance.model.Command;
import dev.plumbline.conformance.model.Model;
import dev.plumbline.conformance.model.Models;
import dev.plumbline.conformance.model.Offer;
import dev.plumbline.conformance.model.Walk;
import dev.plumbline.conformance.model.Walker;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Finding;
import dev.plumbline.evidence.model.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Walks a recorded walk again, against what was recorded; pure. */
public final class WalkJudge {
  private WalkJudge() {}

  /** What follows from the recording of a walk. */
  public static Verdict judge(Recording recording) {
    Optional<String> obstacle = recording.fact(WalkRecording.OBSTACLE);
    if (obstacle.isPresent()) {
      return new Verdict.NotObserved(obstacle.get());
    }
    Optional<String> stopped = recording.fact(Recording.STOPPED);
    if (stopped.isPresent()) {
      return new Verdict.NotObserved(stopped.get());
    }
    Walk walk = walked(recording);
    if (walk.breach().isPresent()) {
      return new Verdict.Fail(List.of(finding(recording, walk, walk.breach().get())));
    }
    long finished =
        WalkRecording.number(recording, WalkRecording.WALKS)
            - WalkRecording.number(recording, WalkRecording.UNCLEAR);
    return walk.unclear().isEmpty() && finished > 0
        ? new Verdict.Pass(finished)
        : new Verdict.NotObserved("no walk could be finished; " + walk.unclear());
  }

  /** The walk of a recording. */
  public static Walk walked(Recording recording) {
    String name = recording.fact(WalkRecording.MODEL).orElse("");
    Model<?, ?> model =
        Models.named(name).orElseThrow(() -> new IllegalArgumentException("no model " + name));
    Offer offer = Offer.read(recording.fact(WalkRecording.OFFER).orElse(""));
    return again(model, offer, choices(recording), recording);
  }

  private static List<Integer> choices(Recording recording) {
    String text = recording.fact(WalkRecording.CHOICES).orElse("");
    try {
      return Arrays.stream(text.split(",", -1)).map(Integer::valueOf).toList();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(WalkRecording.CHOICES + " are no numbers", e);
    }
  }

  private static <S, C extends Command> Walk again(
      Model<S, C> model, Offer offer, List<Integer> choices, Recording recording) {
    try {
      return new Walker<>(model, offer)
          .walk(
              Choices.of(choices),
              (ask, id, label) -> Hearing.of(ask, id, label, recording::exchange));
    } catch (InterruptedException e) {
      throw new IllegalStateException("nothing waits here", e);
    }
  }

  private static Finding finding(Recording recording, Walk walk, Breach breach) {
    String file = "raw/conformance/" + recording.id() + "." + recording.transport().id() + ".json";
    Optional<Exchange> last = last(recording, walk);
    String steps =
        walk.labels().stream()
            .limit(brokenAt(walk))
            .map(label -> label.substring(label.indexOf('-') + 1))
            .collect(Collectors.joining(" → "));
    return new Finding(
        breach.summary() + " (" + breach.clause() + ")",
        steps + last.map(e -> "\n\n" + e.sentText()).orElse(""),
        last.map(Exchange::receivedText).orElse("(nothing)"),
        breach.expected(),
        "After " + steps + ": " + breach.actual(),
        breach.fix(),
        last.map(e -> List.of(file + "#" + e.label())).orElse(List.of(file)));
  }

  /** How many steps it took; what was put away after a failure does not count. */
  private static int brokenAt(Walk walk) {
    return Math.min(walk.labels().size(), Math.max(1, walk.choices().size()));
  }

  private static Optional<Exchange> last(Recording recording, Walk walk) {
    for (int at = brokenAt(walk) - 1; at >= 0; at--) {
      Optional<Exchange> exchange = recording.exchange(walk.labels().get(at));
      if (exchange.isPresent()) {
        return exchange;
      }
    }
    return recording.exchanges().stream().findFirst();
  }
}
