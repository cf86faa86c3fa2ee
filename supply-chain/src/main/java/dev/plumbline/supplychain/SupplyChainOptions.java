package dev.plumbline.supplychain;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the suite is given beside the installation; all of it was read, and can be used. */
public final class SupplyChainOptions {
  /** Nothing: what needs it is not observed. */
  public static final SupplyChainOptions NONE = new SupplyChainOptions(null, null, Map.of());

  private final @Nullable Rebuild rebuild;
  private final @Nullable Advisories advisories;
  private final Map<Given, Path> sources;

  /** What can be given. */
  public enum Given {
    REBUILD,
    ADVISORIES
  }

  private SupplyChainOptions(
      @Nullable Rebuild rebuild, @Nullable Advisories advisories, Map<Given, Path> sources) {
    this.rebuild = rebuild;
    this.advisories = advisories;
    this.sources = Collections.unmodifiableMap(new TreeMap<>(sources));
  }

  /**
   * With two builds that were compared.
   *
   * @param file what {@code .ci/reproducible} left
   * @throws IOException when it cannot be used; one line that names it
   */
  public SupplyChainOptions withRebuild(Path file) throws IOException {
    return new SupplyChainOptions(Rebuild.read(file), advisories, with(Given.REBUILD, file));
  }

  /**
   * With what is known about what ships.
   *
   * @param source a folder or a zip of advisories in the OSV format
   * @param home the installation, whose bill of materials says which packages matter
   * @param day today (UTC), which decides whether waivers have expired
   * @param waivers what the owner lives with for a while
   * @throws IOException when a document is not of the form, or there are too many; one line
   */
  public SupplyChainOptions withAdvisories(
      Path source, Path home, LocalDate day, List<Waiver> waivers) throws IOException {
    AdvisorySource read =
        new AdvisorySource(SupplyChainSuite.packages(home), AdvisorySource.Limits.STANDARD);
    return new SupplyChainOptions(
        rebuild, read.read(source, day, waivers), with(Given.ADVISORIES, source));
  }

  /** Where what was given was read from. */
  public Map<Given, Path> sources() {
    return sources;
  }

  private Map<Given, Path> with(Given given, Path source) {
    Map<Given, Path> more = new TreeMap<>(sources);
    more.put(given, source);
    return more;
  }

  @Nullable Rebuild rebuild() {
    return rebuild;
  }

  @Nullable Advisories advisories() {
    return advisories;
  }
}
