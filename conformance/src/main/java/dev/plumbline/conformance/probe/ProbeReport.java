package dev.plumbline.conformance.probe;

import dev.plumbline.conformance.target.Target;
import dev.plumbline.evidence.model.Consent;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.TargetIdentity;
import dev.plumbline.evidence.model.Transport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the probe found out; {@code raw/probe.json}.
 *
 * @param schema the version of this form, {@link #SCHEMA}
 * @param name what the server calls itself, or {@code unknown}
 * @param version the version it states, or {@code unknown}
 * @param eras one entry for each era and transport it speaks; at least one
 * @param silences eras that were asked for and not answered; files before this field have none
 * @param count how many eras there are; written last, so that a truncated file is refused
 */
public record ProbeReport(
    String schema,
    String name,
    String version,
    List<EraProbe> eras,
    @Nullable List<Silence> silences,
    int count) {
  /** The current version of the form. */
  public static final String SCHEMA = "plumbline/probe/v1";

  /** No deadline is shorter. */
  public static final Duration MIN_DEADLINE = Duration.ofSeconds(2);

  /** No deadline is longer. */
  public static final Duration MAX_DEADLINE = Duration.ofSeconds(15);

  /** How many times slower than the slowest lawful answer is still waited for. */
  public static final int PATIENCE = 10;

  /**
   * @throws IllegalArgumentException when the count does not match or the form is unknown
   */
  public ProbeReport {
    eras = List.copyOf(eras);
    silences = silences == null ? List.of() : List.copyOf(silences);
    if (!SCHEMA.equals(schema)) {
      throw new IllegalArgumentException("unknown form " + schema);
    }
    if (count != eras.size()) {
      throw new IllegalArgumentException("sealed with " + count + " eras, found " + eras.size());
    }
  }

  /** A report in the current form. */
  public ProbeReport(String name, String version, List<EraProbe> eras, List<Silence> silences) {
    this(SCHEMA, name, version, eras, silences, eras.size());
  }

  /** A report of a server that answered everything. */
  public ProbeReport(String name, String version, List<EraProbe> eras) {
    this(name, version, eras, List.of());
  }

  /** That the era was asked for over one of these transports, in vain. */
  public Optional<Silence> silence(Era era, List<Transport> over) {
    return silences().stream()
        .filter(silence -> silence.era() == era && over.contains(silence.transport()))
        .findFirst();
  }

  @Override
  public List<Silence> silences() {
    return Objects.requireNonNull(silences);
  }

  /** The entry for one era over one transport. */
  public Optional<EraProbe> era(Era era, Transport transport) {
    return eras.stream().filter(e -> e.era() == era && e.transport() == transport).findFirst();
  }

  /** A tool to call over the given transport, in the newest era spoken there that has one. */
  public Optional<CallableTool> callableTool(Consent consent) {
    return eras.stream().flatMap(e -> e.callableTool(consent).stream()).findFirst();
  }

  /** How long to wait for an answer: {@code 10 ×} the slowest lawful one, between the bounds. */
  public Duration deadline() {
    long slowest = eras.stream().mapToLong(EraProbe::slowestNanos).max().orElse(0);
    Duration patient = Duration.ofNanos(slowest).multipliedBy(PATIENCE);
    if (patient.compareTo(MIN_DEADLINE) < 0) {
      return MIN_DEADLINE;
    }
    return patient.compareTo(MAX_DEADLINE) > 0 ? MAX_DEADLINE : patient;
  }

  /** Who was judged. */
  public TargetIdentity identity(Target target) {
    return new TargetIdentity(
        target.kind(),
        target.address(),
        name,
        version,
        eras.stream()
            .flatMap(e -> e.revisions().stream())
            .distinct()
            .sorted(Comparator.reverseOrder())
            .toList(),
        eras.stream().map(EraProbe::transport).distinct().sorted().toList(),
        target.digests());
  }

  /**
   * Reads a sealed file.
   *
   * @throws IOException when it is missing, truncated or malformed; the message names it
   */
  public static ProbeReport read(Path file) throws IOException {
    return Json.read(file, ProbeReport.class);
  }
}
