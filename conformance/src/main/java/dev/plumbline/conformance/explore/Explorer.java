package dev.plumbline.conformance.explore;

import dev.plumbline.conformance.model.Choices;
import dev.plumbline.conformance.model.Command;
import dev.plumbline.conformance.model.Model;
import dev.plumbline.conformance.model.Offer;
import dev.plumbline.conformance.model.Shrinker;
import dev.plumbline.conformance.model.Walk;
import dev.plumbline.conformance.model.Walker;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Walks one model on one target until a walk fails, and makes that walk small. */
public final class Explorer {
  /** Makes a fresh conversation that keeps nothing. */
  @FunctionalInterface
  public interface Dialer {
    /** Not opened; closed by whoever asked for it. */
    Conversation dial() throws TargetException, HarnessException;
  }

  /** Is told how far it has come. */
  @FunctionalInterface
  public interface Listener {
    /** Hears nothing. */
    Listener NONE = (walks, shrinking) -> {};

    /**
     * A walk has ended.
     *
     * @param walks how many walks there were
     * @param shrinking whether a failing walk is being made smaller
     */
    void walked(int walks, boolean shrinking);
  }

  private final Course<?, ?> course;

  /** Explores that model on a target that offers this. */
  public Explorer(Model<?, ?> model, Offer offer, Dialer dialer) {
    this.course = new Course<>(model, offer, dialer);
  }

  /** Walks until a walk fails or the budget is spent. */
  public Exploration explore(long seed, Budget budget, Listener listener)
      throws HarnessException, InterruptedException {
    Crew.Attempt attempt =
        walk -> {
          long own = Choices.seed(seed, course.model.name(), walk);
          return course.take(Choices.random(own, budget.steps()));
        };
    Crew.Made made = new Crew(budget, attempt, walks -> listener.walked(walks, false)).work();
    Taken shown = made.shown();
    Taken small =
        shown.walk().failed() ? shrunk(shown, budget.shrinking(), made.walks(), listener) : shown;
    return new Exploration(
        made.walks(),
        budget.walks(),
        made.steps(),
        made.unclear(),
        made.why(),
        small.walk(),
        shown.walk(),
        small.exchanges());
  }

  /** Walks exactly these choices. */
  public Exploration replay(List<Integer> choices) throws HarnessException, InterruptedException {
    Taken taken = course.take(Choices.of(choices));
    Walk walk = taken.walk();
    int unclear = walk.unclear().isEmpty() ? 0 : 1;
    return new Exploration(
        1, 1, walk.labels().size(), unclear, walk.unclear(), walk, walk, taken.exchanges());
  }

  private Taken shrunk(Taken failing, Duration time, int walks, Listener listener)
      throws HarnessException, InterruptedException {
    long until = System.nanoTime() + time.toNanos();
    Map<List<Integer>, Taken> failed = new HashMap<>();
    failed.put(failing.walk().choices(), failing);
    Walk out = new Walk(List.of(), List.of(), Optional.empty(), "out of time");
    Walk small =
        Shrinker.shrink(
            failing.walk(),
            choices -> {
              if (System.nanoTime() > until) {
                return out;
              }
              Taken again = course.take(Choices.of(choices));
              listener.walked(walks, true);
              if (again.walk().failed()) {
                failed.put(again.walk().choices(), again);
              }
              return again.walk();
            });
    return failed.getOrDefault(small.choices(), failing);
  }

  /** A walk and what was exchanged on it. */
  record Taken(Walk walk, List<Exchange> exchanges) {}

  /** Walks on fresh conversations. */
  private static final class Course<S, C extends Command> {
    private final Model<S, C> model;
    private final Offer offer;
    private final Dialer dialer;

    private Course(Model<S, C> model, Offer offer, Dialer dialer) {
      this.model = model;
      this.offer = offer;
      this.dialer = dialer;
    }

    private Taken take(Choices choices) throws HarnessException, InterruptedException {
      try (WirePort port = new WirePort(dialer)) {
        Walk walk = new Walker<>(model, offer).walk(choices, port);
        return new Taken(walk, port.exchanges());
      }
    }
  }
}
