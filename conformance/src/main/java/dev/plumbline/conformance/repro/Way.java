package dev.plumbline.conformance.repro;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.plumbline.conformance.wire.Recording;
import java.util.List;

/** How a failure is made to happen again. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Way.Replay.class, name = "replay"),
  @JsonSubTypes.Type(value = Way.Command.class, name = "command")
})
public sealed interface Way {

  /**
   * The same bytes are sent again, and the rule judges what comes back.
   *
   * @param recording what was sent and what came back, reduced
   * @param carried values that the target made up and got back, so that fresh ones take their place
   * @param sign how the failure is recognized without the rule
   * @param reduction how the recording became as small as it is
   */
  record Replay(Recording recording, List<Carried> carried, Sign sign, Reduction reduction)
      implements Way {
    /** Copies the list. */
    public Replay {
      carried = List.copyOf(carried);
    }
  }

  /**
   * A command of ours is run again with the same seed: what took minutes of faults or load, or a
   * rule whose script does more than its bytes tell.
   *
   * @param words the command and its options, without those that name the target
   */
  record Command(List<String> words) implements Way {
    /**
     * @throws IllegalArgumentException when there is no command
     */
    public Command {
      words = List.copyOf(words);
      if (words.isEmpty()) {
        throw new IllegalArgumentException("a command needs at least one word");
      }
    }
  }

  /**
   * How a recording was reduced.
   *
   * @param how by what it was shown that the rest does not matter
   * @param from how many exchanges there were
   * @param to how many are left
   * @param replays how often something was replayed for it
   */
  record Reduction(How how, int from, int to, int replays) {
    /** By what it was shown that what was removed does not matter. */
    public enum How {
      /** The target, asked only what is left, failed in the same way. */
      LIVE,
      /** The rule, shown only what is left, concludes the same; the target was not asked again. */
      RECORDING
    }
  }
}
