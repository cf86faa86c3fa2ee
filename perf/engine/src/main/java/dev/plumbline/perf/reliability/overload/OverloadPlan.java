package dev.plumbline.perf.reliability.overload;

import java.util.List;

/**
 * What an experiment is told by whoever starts it: {@code plan.json} in its folder. Without a
 * factor there is no overload: messages of several sizes are counted instead.
 *
 * @param schema the version of this form, {@link #SCHEMA}
 * @param part the part it belongs to
 * @param server the command that starts the server
 * @param words what is asked of the server, for people
 * @param tool the tool that is called
 * @param arguments its arguments as JSON
 * @param connections keep-alive connections of the load
 * @param sessions sessions of the handshake era; half of the connections belong to one of them, the
 *     other half speaks the stateless era
 * @param warmUpSeconds how long the server is kept busy before anything is measured
 * @param stepSeconds how long each step of the capacity search lasts
 * @param steps at most so many steps
 * @param p99Millis the latency that 99 of 100 answers keep at the capacity (C3); the work itself is
 *     part of it
 * @param factor the overload as a multiple of the capacity
 * @param overtureSeconds how long an overload lasts before anything is measured of it, so that what
 *     a server fills once is full
 * @param seconds how long the overload lasts, or the messages of each size
 * @param sustainedSeconds how long the load at 0.8 of the capacity lasts; 0 to leave it out
 * @param healthPerSecond health checks a second
 * @param drainsPerSecond drains a second
 * @param cancelsPerSecond cancellations a second
 * @param sessionStock sessions kept in stock for the drains
 * @param taskStock tasks kept in stock for the cancellations
 * @param tokenFile the file with the control port's token
 * @param gatling the command that starts Gatling; empty when the lean generator floods
 */
public record OverloadPlan(
    String schema,
    String part,
    List<String> server,
    String words,
    String tool,
    String arguments,
    int connections,
    int sessions,
    double warmUpSeconds,
    double stepSeconds,
    int steps,
    double p99Millis,
    double factor,
    double overtureSeconds,
    double seconds,
    double sustainedSeconds,
    double healthPerSecond,
    double drainsPerSecond,
    double cancelsPerSecond,
    int sessionStock,
    int taskStock,
    String tokenFile,
    List<String> gatling) {
  /** The current version of the form. */
  public static final String SCHEMA = "plumbline/overload-plan/v1";

  /** The file's name. */
  public static final String FILE = "plan.json";

  /** So many times the server is kept busy at most, until it gets no faster. */
  public static final int WARM_UPS = 5;

  /**
   * @throws IllegalArgumentException when the form is unknown
   */
  public OverloadPlan {
    server = List.copyOf(server);
    gatling = List.copyOf(gatling);
    if (!SCHEMA.equals(schema)) {
      throw new IllegalArgumentException("unknown form " + schema);
    }
  }
}
