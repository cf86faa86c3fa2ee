package dev.plumbline.ci.cli.config;

import dev.plumbline.evidence.model.Profile;
import dev.plumbline.supplychain.Waiver;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code plumbline.yaml} says; everything in it may be left out, and the command line wins
 * over all of it. Relative paths are resolved against the folder of the file.
 *
 * @param target which server, or null when the command line decides
 * @param profile how long a run may take, or null
 * @param seed the source of random choices, or null for a new one each run
 * @param out where run folders are made, or null
 * @param consent what may be done to the target, or null
 * @param baseline accepted findings, or null
 * @param signingKey the private key that signs, or null
 * @param toxiproxy {@code HOST:PORT} of a running Toxiproxy, or null
 * @param modes failure modes to inject; empty for all
 * @param only clauses to judge; empty for all
 * @param tags groups of words, each {@code a,b}; empty for all
 * @param era the era or revision to judge, or null for both
 * @param readOnlyTools tools that the owner knows to be read-only though they do not say so
 * @param waivers known vulnerabilities of what ships that are lived with for a while
 */
public record Configuration(
    @Nullable TargetChoice target,
    @Nullable Profile profile,
    @Nullable Long seed,
    @Nullable Path out,
    @Nullable ConsentGrant consent,
    @Nullable Path baseline,
    @Nullable Path signingKey,
    @Nullable String toxiproxy,
    List<String> modes,
    List<String> only,
    List<String> tags,
    @Nullable String era,
    List<String> readOnlyTools,
    List<Waiver> waivers) {

  /** What an absent file says: nothing. */
  public static final Configuration EMPTY =
      new Configuration(
          null, null, null, null, null, null, null, null, List.of(), List.of(), List.of(), null,
          List.of(), List.of());

  /** Copies the lists. */
  public Configuration {
    modes = List.copyOf(modes);
    only = List.copyOf(only);
    tags = List.copyOf(tags);
    readOnlyTools = List.copyOf(readOnlyTools);
    waivers = List.copyOf(waivers);
  }
}
