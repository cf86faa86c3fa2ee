package dev.plumbline.server.observe;

import java.util.List;

/**
 * What whoever watches is told again and again, unless they ask for other sections: those whose
 * size does not grow with what the server does. Lists of sessions, streams and tasks are asked for
 * one by one.
 */
public final class Snapshot {
  /** The names of the sections; those that do not exist are left out. */
  public static final List<String> SECTIONS =
      List.of(
          "server",
          "status",
          "traffic",
          "queues",
          "control",
          "breakers",
          "domains",
          "resources",
          "store");

  private Snapshot() {}
}
