package dev.plumbline.supplychain;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the suite is given beside the installation; all of it was read, and can be used. */
public final class SupplyChainOptions {
  /** Nothing: what needs it is not observed. */
  public static final SupplyChainOptions NONE = new SupplyChainOptions(null, null);

  private final @Nullable Rebuild rebuild;
  private final @Nullable Advisories advisories;

  private SupplyChainOptions(@Nullable Rebuild rebuild, @Nullable Advisories advisories) {
    this.rebuild = rebuild;
    this.advisories = advisories;
  }

  /**
   * With two builds that were compared.
   *
   * @param file what {@code .ci/reproducible} left
   * @throws IOException when it cannot be used; one line that names it
   */
  public SupplyChainOptions withRebuild(Path file) throws IOException {
    return new SupplyChainOptions(Rebuild.read(file), advisories);
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
    return new SupplyChainOptions(rebuild, read.read(source, day, waivers));
  }

  @Nullable Rebuild rebuild() {
    return rebuild;
  }

  @Nullable Advisories advisories() {
    return advisories;
  }
}
