package dev.plumbline.conformance.explore;

import dev.plumbline.conformance.model.Offer;
import dev.plumbline.conformance.wire.Recording;
import java.util.LinkedHashMap;
import java.util.Map;

/** The facts that a walk's recording carries, so that a judge, or anyone, can walk it again. */
public final class WalkRecording {
  /** The model that was walked. */
  public static final String MODEL = "walk.model";

  /** The seed, in hex. */
  public static final String SEED = "walk.seed";

  /** The choices, decimal, separated by commas. */
  public static final String CHOICES = "walk.choices";

  /** The choices of the walk as it was found, before it was made small. */
  public static final String FOUND = "walk.found";

  /** What the target offers, as JSON. */
  public static final String OFFER = "walk.offer";

  /** How many walks were made. */
  public static final String WALKS = "walk.walks";

  /** How many walks were asked for; fewer are made when one fails or time runs out. */
  public static final String ASKED = "walk.asked";

  /** How many steps they had. */
  public static final String STEPS = "walk.steps";

  /** How many of them could not be finished. */
  public static final String UNCLEAR = "walk.unclear";

  /** Why there was nothing to walk. */
  public static final String OBSTACLE = "walk.obstacle";

  private WalkRecording() {}

  /** What must be known besides the exchanges. */
  public static Map<String, String> facts(
      String model, long seed, Offer offer, Exploration exploration) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(MODEL, model);
    facts.put(SEED, Long.toHexString(seed));
    facts.put(CHOICES, exploration.found().choicesText());
    facts.put(FOUND, exploration.first().choicesText());
    facts.put(OFFER, offer.json());
    facts.put(WALKS, Integer.toString(exploration.walks()));
    facts.put(ASKED, Integer.toString(exploration.asked()));
    facts.put(STEPS, Long.toString(exploration.steps()));
    facts.put(UNCLEAR, Integer.toString(exploration.unclear()));
    return facts;
  }

  /** The number a fact holds; 0 when it is not there. */
  static long number(Recording recording, String fact) {
    try {
      return recording.fact(fact).map(Long::parseLong).orElse(0L);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(fact + " is no number", e);
    }
  }
}
