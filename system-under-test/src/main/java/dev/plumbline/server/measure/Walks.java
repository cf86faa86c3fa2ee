package dev.plumbline.server.measure;

import dev.plumbline.server.machine.Event;
import dev.plumbline.server.machine.Explorer;
import dev.plumbline.server.machine.State;
import dev.plumbline.server.machine.Tables;
import dev.plumbline.server.machine.TransitionTable;
import java.util.List;
import java.util.SplittableRandom;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Explores every table: all pairs of state and event, and seeded random walks. {@code Walks [WALKS
 * [SEED]]}; one JSON line per table; exit code 1 when something illegal was accepted, a state is
 * dead or unreachable, or a walk could not be ended.
 */
public final class Walks {
  private static final int WALKS = 10_000;
  private static final int STEPS = 32;
  private static final int EXIT_BROKEN = 1;
  private static final int EXIT_USAGE = 2;

  private Walks() {}

  /** Runs the exploration. */
  public static void main(String[] arguments) {
    int walks = WALKS;
    long seed = System.nanoTime();
    try {
      List<String> given = List.of(arguments);
      walks = given.isEmpty() ? walks : Integer.parseInt(given.getFirst());
      seed = given.size() < 2 ? seed : Long.parseLong(given.get(1));
    } catch (NumberFormatException e) {
      System.err.println("usage: Walks [WALKS [SEED]], both whole numbers");
      System.exit(EXIT_USAGE);
    }
    boolean sound = true;
    for (TransitionTable<?, ?> table : Tables.all()) {
      ObjectNode line = explored(table, walks, seed);
      System.out.println(line);
      sound &= isSound(line);
    }
    if (!sound) {
      System.exit(EXIT_BROKEN);
    }
  }

  static <S extends Enum<S> & State, E extends Enum<E> & Event> ObjectNode explored(
      TransitionTable<S, E> table, int walks, long seed) {
    Explorer<S, E> explorer = new Explorer<>(table);
    Explorer.Pairs pairs = explorer.pairs();
    Explorer.Walks walked = explorer.walks(walks, STEPS, new SplittableRandom(seed));
    return JsonNodeFactory.instance
        .objectNode()
        .put("table", table.name())
        .put("states", pairs.states())
        .put("events", pairs.events())
        .put("pairs", pairs.pairs())
        .put("transitions", pairs.transitions())
        .put("ignores", pairs.ignores())
        .put("rejections", pairs.rejections())
        .put("timeouts", pairs.timeouts())
        .put("unreachable", pairs.unreachable())
        .put("deadStates", pairs.deadStates())
        .put("walks", walked.walks())
        .put("steps", walked.steps())
        .put("timeoutsFired", walked.fired())
        .put("staleDropped", walked.stale())
        .put("illegalAccepted", pairs.illegalAccepted() + walked.illegalAccepted())
        .put("stuck", walked.stuck())
        .put("seed", seed);
  }

  static boolean isSound(ObjectNode line) {
    return List.of("unreachable", "deadStates", "illegalAccepted", "stuck").stream()
        .allMatch(name -> line.path(name).asLong() == 0);
  }
}
