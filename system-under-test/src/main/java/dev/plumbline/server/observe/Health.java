package dev.plumbline.server.observe;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How well the server is, and why: every part reports about itself, the worst report counts. Safe
 * for any number of threads; reading and reporting never wait.
 */
public final class Health {
  /** How many parts may report; those beyond are not remembered. */
  public static final int MAX_COMPONENTS = 1_000;

  /** How well a part is, worst last. */
  public enum Level {
    /** Works as it should. */
    HEALTHY,
    /** Works, but somebody should look. */
    DEGRADED,
    /** Does not do what it is for. */
    CRITICAL;

    /** The name in JSON. */
    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What one part said last.
   *
   * @param component the part, for example {@code memory} or {@code queue:transport}
   * @param level how well it is
   * @param reason one sentence without secrets; empty when healthy
   * @param since when it came to this level
   * @param checked when it was last looked at
   */
  public record Check(
      String component, Level level, String reason, Instant since, Instant checked) {
    /** As JSON. */
    public ObjectNode toJson() {
      return JsonNodeFactory.instance
          .objectNode()
          .put("component", component)
          .put("status", level.wire())
          .put("reason", reason)
          .put("since", since.toString())
          .put("checked_at", checked.toString());
    }
  }

  /**
   * The whole.
   *
   * @param level the worst of all parts
   * @param checks every part, by name
   */
  public record Status(Level level, List<Check> checks) {
    /** Copies the list. */
    public Status {
      checks = List.copyOf(checks);
    }

    /** True when no part is worse than healthy. */
    public boolean healthy() {
      return level == Level.HEALTHY;
    }

    /** The checks that are worse than healthy. */
    public List<Check> complaints() {
      return checks.stream().filter(check -> check.level() != Level.HEALTHY).toList();
    }
  }

  private final InstantSource clock;
  private final Map<String, Check> checks = new ConcurrentSkipListMap<>();

  /** Nothing reported: healthy. */
  public Health(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * A part says how it is; call it at every look, so that the time of the last one is known.
   *
   * @param component a fixed name or one of few; never something a peer chose
   * @param reason one sentence without secrets; ignored when healthy
   */
  public void report(String component, Level level, String reason) {
    if (checks.size() >= MAX_COMPONENTS && !checks.containsKey(component)) {
      return;
    }
    Instant now = clock.instant();
    String why = level == Level.HEALTHY ? "" : reason;
    checks.compute(
        component,
        (_, before) ->
            new Check(
                component,
                level,
                why,
                before == null || before.level() != level ? now : before.since(),
                now));
  }

  /** The part is gone and says nothing more. */
  public void forget(String component) {
    checks.remove(component);
  }

  /** How well the server is now. */
  public Status status() {
    List<Check> all = List.copyOf(checks.values());
    Level worst = all.stream().map(Check::level).max(Level::compareTo).orElse(Level.HEALTHY);
    return new Status(worst, all);
  }
}
