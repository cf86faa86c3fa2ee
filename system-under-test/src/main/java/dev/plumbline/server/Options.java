package dev.plumbline.server;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The command line.
 *
 * @param port HTTP port; 0 picks one
 * @param controlPort control port; absent means none (stdio only)
 * @param stdio true to speak stdio instead of HTTP
 * @param fixture true to offer what the official suite asks for, too
 * @param mutant name of the planted defect
 * @param listMutants true to print the names and leave
 */
record Options(
    int port,
    OptionalInt controlPort,
    boolean stdio,
    boolean fixture,
    Optional<String> mutant,
    boolean listMutants) {
  private static final int MAX_PORT = 65_535;

  /** A command line nobody can follow; the message is one line. */
  static final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
      super(message);
    }
  }

  static Options parse(List<String> arguments) throws UsageException {
    int port = 0;
    OptionalInt controlPort = OptionalInt.empty();
    boolean stdio = false;
    boolean fixture = false;
    Optional<String> mutant = Optional.empty();
    boolean listMutants = false;
    var rest = arguments.iterator();
    while (rest.hasNext()) {
      String option = rest.next();
      switch (option) {
        case "--port" -> port = port(option, value(option, rest));
        case "--control-port" -> controlPort = OptionalInt.of(port(option, value(option, rest)));
        case "--stdio" -> stdio = true;
        case "--fixture" -> fixture = true;
        case "--mutant" -> mutant = Optional.of(value(option, rest));
        case "--list-mutants" -> listMutants = true;
        default ->
            throw new UsageException(
                "unknown option "
                    + option
                    + "; known: --port --control-port --stdio --fixture --mutant --list-mutants");
      }
    }
    return new Options(port, controlPort, stdio, fixture, mutant, listMutants);
  }

  private static String value(String option, Iterator<String> rest) throws UsageException {
    if (!rest.hasNext()) {
      throw new UsageException(option + " needs a value");
    }
    return rest.next();
  }

  private static int port(String option, String text) throws UsageException {
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= MAX_PORT) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Same answer as a number out of range.
    }
    throw new UsageException(option + " needs a port between 0 and " + MAX_PORT + ", not " + text);
  }
}
