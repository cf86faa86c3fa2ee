package dev.plumbline.perf.slo;

import dev.plumbline.evidence.model.Profile;
import dev.plumbline.evidence.model.TargetIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The file of objectives, read strictly. */
public final class SloFile {
  /** What a user may set in the configuration for the calls. */
  public static final Set<String> OVERRIDABLE =
      Set.of("rate", "measured", "connections", "deadline", "p50", "p95", "p99", "p999", "errors");

  private static final String RESOURCE = "slos.txt";
  private static final String BUNDLED = "bundled";
  private static final String ANY = "any";

  private final List<SloLine> lines;

  private SloFile(List<SloLine> lines) {
    this.lines = lines;
  }

  /**
   * A line of the file for one target and profile.
   *
   * @param id the objective's id
   * @param title the objective in one sentence
   * @param scenario what is done
   * @param slo the objective; empty when it does not run in the profile
   */
  public record Row(String id, String title, Slo.Scenario scenario, Optional<Slo> slo) {}

  /** The file that comes with Plumbline. */
  public static SloFile standard() {
    try (InputStream in = SloFile.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing from the jar");
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a file's text.
   *
   * @throws IllegalArgumentException when a line is not of the form or an objective is told twice;
   *     the message names the line
   */
  public static SloFile parse(String text) {
    List<SloLine> lines = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      try {
        lines.add(checked(SloLine.parse(line), seen));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("line " + number + ": " + e.getMessage(), e);
      }
    }
    return new SloFile(List.copyOf(lines));
  }

  private static SloLine checked(SloLine line, Set<String> seen) {
    String target = line.text("target");
    if (!target.equals(BUNDLED) && !target.equals(ANY)) {
      throw new IllegalArgumentException("a target is bundled or any, not " + target);
    }
    if (!seen.add(line.text("id") + " " + target)) {
      throw new IllegalArgumentException(line.text("id") + " is told twice for " + target);
    }
    line.scenario();
    for (Profile profile : Profile.values()) {
      line.slo(profile);
    }
    return line;
  }

  /**
   * The objectives for a target of that kind, in the order of the file.
   *
   * @param overrides columns that the user sets for the calls, see {@link #OVERRIDABLE}
   * @throws IllegalArgumentException when an override is unknown or unreadable; one line
   */
  public List<Row> rows(TargetIdentity.Kind kind, Profile profile, Map<String, String> overrides) {
    checkOverrides(overrides);
    Map<String, Row> rows = new java.util.LinkedHashMap<>();
    for (SloLine line : lines) {
      boolean bundled = line.text("target").equals(BUNDLED);
      String id = line.text("id");
      if (kind == TargetIdentity.Kind.BUNDLED ? bundled : !bundled) {
        rows.put(id, row(line, profile, overrides));
      } else if (bundled) {
        // A place in the order of the plan for what only the bundled server has.
        rows.putIfAbsent(id, new Row(id, line.text("title"), line.scenario(), Optional.empty()));
      }
    }
    return List.copyOf(rows.values());
  }

  private static Row row(SloLine line, Profile profile, Map<String, String> overrides) {
    boolean isCall =
        switch (line.scenario()) {
          case CALL_HANDSHAKE, CALL_STATELESS -> true;
          case HEALTH, JOURNEY -> false;
        };
    SloLine effective = isCall ? line.with(new TreeMap<>(overrides)) : line;
    return new Row(line.text("id"), line.text("title"), line.scenario(), effective.slo(profile));
  }

  /**
   * Checks what a user wrote without running anything.
   *
   * @throws IllegalArgumentException when a name is unknown or a value unreadable; one line
   */
  public static void checkOverrides(Map<String, String> overrides) {
    for (Map.Entry<String, String> override : new TreeMap<>(overrides).entrySet()) {
      String name = override.getKey();
      if (!OVERRIDABLE.contains(name)) {
        throw new IllegalArgumentException(
            "perf: unknown setting "
                + name
                + ", known are "
                + String.join(", ", OVERRIDABLE.stream().sorted().toList()));
      }
      try {
        SloFile.standard()
            .lines
            .getFirst()
            .with(Map.of(name, override.getValue()))
            .slo(Profile.QUICK);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("perf: " + name + ": " + e.getMessage(), e);
      }
    }
  }
}
