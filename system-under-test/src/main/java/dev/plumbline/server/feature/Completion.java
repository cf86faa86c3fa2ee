package dev.plumbline.server.feature;

import java.util.List;
import java.util.Map;

/** Suggests values for one argument of a prompt, or one variable of a resource template. */
@FunctionalInterface
public interface Completion {
  /**
   * All matches, best first; what is more than the protocol's hundred is only counted.
   *
   * @param typed what the user typed so far
   * @param resolved the other arguments, as far as they are known
   */
  List<String> complete(String typed, Map<String, String> resolved) throws InterruptedException;
}
