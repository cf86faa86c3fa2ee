package dev.plumbline.server.mutant;

import dev.plumbline.server.support.TestServer;
import java.util.function.Function;

/**
 * What one mutant's defect is seen by.
 *
 * @param mutant the mutant's name
 * @param look what to look at
 * @param correct what the correct server shows
 * @param defective what the mutant shows
 */
record Observation(
    String mutant, Function<Observation.Subject, String> look, String correct, String defective) {
  /**
   * The server that is looked at.
   *
   * @param server over HTTP
   * @param kind the same server, to be started on stdio
   */
  record Subject(TestServer server, Mutant kind) {}
}
