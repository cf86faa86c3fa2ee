package dev.plumbline.ci.cli.config;

import dev.plumbline.evidence.model.Profile;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code servers.yaml} says.
 *
 * @param profile how long each run may take, or null for quick
 * @param seed the source of random choices, the same for all, or null for a new one
 * @param only clauses to judge; empty for all
 * @param tags groups of words, each {@code a,b}; empty for all
 * @param servers at least one, each with a name of its own
 */
public record Servers(
    @Nullable Profile profile,
    @Nullable Long seed,
    List<String> only,
    List<String> tags,
    List<Server> servers) {
  /** Copies the lists. */
  public Servers {
    only = List.copyOf(only);
    tags = List.copyOf(tags);
    servers = List.copyOf(servers);
  }

  /**
   * One server.
   *
   * @param name how it is called in the grid and on disk
   * @param target which it is
   * @param consent what may be done to it
   * @param era the era or revision to judge, or null for both
   * @param timeout how long its run may take
   * @param readOnlyTools tools that the owner knows to be read-only though they do not say so
   */
  public record Server(
      String name,
      TargetChoice target,
      ConsentGrant consent,
      @Nullable String era,
      Duration timeout,
      List<String> readOnlyTools) {
    /** Copies the list. */
    public Server {
      readOnlyTools = List.copyOf(readOnlyTools);
    }
  }

  /** The server of this name. */
  public Optional<Server> named(String name) {
    return servers.stream().filter(server -> server.name().equals(name)).findFirst();
  }
}
