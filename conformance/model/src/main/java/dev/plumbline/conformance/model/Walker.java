package dev.plumbline.conformance.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Walks a model: picks a command, has it carried out, and asks the model what may come of it.
 *
 * @param <S> the model's states
 * @param <C> the model's commands
 */
public final class Walker<S, C extends Command> {
  /** No walk is longer. */
  public static final int MAX_STEPS = 200;

  private final Model<S, C> model;
  private final Offer offer;

  /** Walks that model with a peer that offers this. */
  public Walker(Model<S, C> model, Offer offer) {
    this.model = model;
    this.offer = offer;
  }

  /** Walks until the choices end, a step is broken or unclear, or {@link #MAX_STEPS}. */
  public <X extends Exception> Walk walk(Choices choices, Port<X> port)
      throws X, InterruptedException {
    return new Course<>(port).walk(choices);
  }

  /** One walk. */
  private final class Course<X extends Exception> {
    private final Port<X> port;
    private final List<Integer> taken = new ArrayList<>();
    private final List<String> labels = new ArrayList<>();
    private S state = model.start(offer);
    private Optional<Breach> breach = Optional.empty();
    private String unclear = "";

    private Course(Port<X> port) {
      this.port = port;
    }

    private Walk walk(Choices choices) throws X, InterruptedException {
      boolean going = true;
      while (going && taken.size() < MAX_STEPS) {
        List<C> commands = model.commands(state);
        OptionalInt choice =
            commands.isEmpty() ? OptionalInt.empty() : choices.next(commands.size());
        going = choice.isPresent();
        if (going) {
          taken.add(choice.getAsInt());
          going = take(commands.get(choice.getAsInt()));
        }
      }
      // What a walk leaves is put away even when it failed; only then it judges no more.
      for (C command : model.ending(state)) {
        if (breach.isEmpty() && unclear.isEmpty()) {
          take(command);
        } else {
          hear(command);
        }
      }
      return new Walk(taken, labels, breach, unclear);
    }

    private boolean take(C command) throws X, InterruptedException {
      Step<S> step = model.step(state, command, hear(command));
      return switch (step) {
        case Step.Allowed<S>(S next) -> {
          state = next;
          yield true;
        }
        case Step.Broken<S>(Breach found) -> {
          breach = Optional.of(found);
          yield false;
        }
        case Step.Unclear<S>(String why) -> {
          unclear = command.label() + ": " + why;
          yield false;
        }
      };
    }

    private Heard hear(C command) throws X, InterruptedException {
      int id = labels.size() + 1;
      String label = String.format("%03d-%s", id, command.label());
      labels.add(label);
      return port.hear(command.ask(), id, label);
    }
  }
}
