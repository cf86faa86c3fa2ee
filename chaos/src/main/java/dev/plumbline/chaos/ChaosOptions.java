package dev.plumbline.chaos;

import dev.plumbline.chaos.mode.FailureMode;
import dev.plumbline.chaos.mode.FailureModes;
import dev.plumbline.chaos.proxy.ProxyChoice;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the user decides about the chaos suite.
 *
 * @param modes the failure modes to run, in the catalogue's order
 * @param proxy which fault proxy to use
 */
public record ChaosOptions(List<FailureMode> modes, ProxyChoice proxy) {
  /** Copies the list. */
  public ChaosOptions {
    modes = List.copyOf(modes);
  }

  /**
   * Reads what was typed and what the environment says.
   *
   * @param modes ids of failure modes, in any case; empty for all
   * @param proxy {@code auto}, {@code embedded}, {@code path}, {@code container} or the address of
   *     a running Toxiproxy; empty for what the environment says, then {@code auto}
   * @param environment the environment variables
   * @throws IllegalArgumentException when there is no such failure mode; one line
   */
  public static ChaosOptions of(List<String> modes, String proxy, Map<String, String> environment) {
    for (String id : modes) {
      if (FailureModes.of(id).isEmpty()) {
        throw new IllegalArgumentException(
            "there is no failure mode "
                + id
                + "; choose from "
                + FailureModes.all().stream()
                    .map(FailureMode::id)
                    .collect(Collectors.joining(", ")));
      }
    }
    List<FailureMode> chosen =
        FailureModes.all().stream()
            .filter(
                mode ->
                    modes.isEmpty()
                        || modes.stream().anyMatch(id -> id.equalsIgnoreCase(mode.id())))
            .toList();
    return new ChaosOptions(chosen, ProxyChoice.of(proxy, environment));
  }

  /** Everything, with the best fault proxy there is. */
  public static ChaosOptions all() {
    return of(List.of(), "", System.getenv());
  }
}
