package dev.plumbline.server;

import java.util.Optional;

/**
 * Ends this process with the one that started it for its own purposes: a command line that was
 * killed leaves no server behind, which would hold its port and its store. Who starts a server that
 * is to outlive it does not name itself.
 */
final class Parent {
  /** System property: the process id of who started this one. */
  static final String PROPERTY = "plumbline.parent";

  private Parent() {}

  /** Begins to watch, if there is one to watch. The end is as orderly as that of SIGTERM. */
  static void watch() {
    String pid = System.getProperty(PROPERTY);
    if (pid == null) {
      return;
    }
    Optional<ProcessHandle> parent = ProcessHandle.of(Long.parseLong(pid));
    if (parent.isEmpty()) {
      end();
    } else {
      var _ = parent.get().onExit().thenRun(Parent::end);
    }
  }

  private static void end() {
    System.err.println("the process that started this server has ended, and so does the server");
    // Not on this thread: it belongs to the JDK, and hooks of the shutdown may wait for it.
    Thread.ofPlatform().name("orphan").start(() -> System.exit(0));
  }
}
