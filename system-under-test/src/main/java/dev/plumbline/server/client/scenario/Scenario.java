package dev.plumbline.server.client.scenario;

import java.net.URI;
import tools.jackson.databind.JsonNode;

/** What the client does in one scenario of the official suite. */
@FunctionalInterface
public interface Scenario {
  /**
   * Plays the scenario.
   *
   * @param name the scenario's name, for families that share one class
   * @param server the suite's server
   * @param context what the suite says beside it; an empty object when it says nothing
   * @param protocolVersion the revision to speak, or an empty string when the suite leaves it open
   * @return the exit code of the process, 0 when the client is content
   */
  int run(String name, URI server, JsonNode context, String protocolVersion) throws Exception;
}
