package dev.plumbline.supplychain;

import dev.plumbline.supplychain.Advisory.Affected;
import dev.plumbline.supplychain.Advisory.Score;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import us.springett.cvss.Cvss;

/** How grave a vulnerability is, in the words of CVSS; what is unknown may be grave. */
enum Severity {
  NONE(0.0),
  LOW(0.1),
  MEDIUM(4.0),
  UNKNOWN(Double.POSITIVE_INFINITY),
  HIGH(7.0),
  CRITICAL(9.0);

  /** Reports of malicious packages carry no score: the package itself is the attack. */
  private static final String MALICIOUS = "MAL-";

  /** What GitHub calls it. */
  private static final String MODERATE = "MODERATE";

  private static final Set<String> TYPES = Set.of("CVSS_V2", "CVSS_V3", "CVSS_V4");

  /** Metrics that belong to the base score of CVSS 4.0; others would change it. */
  private static final Set<String> BASE_OF_V4 =
      Set.of("CVSS", "AV", "AC", "AT", "PR", "UI", "VC", "VI", "VA", "SC", "SI", "SA");

  private final double from;

  Severity(double from) {
    this.from = from;
  }

  boolean isGrave() {
    return this == HIGH || this == CRITICAL;
  }

  /** The gravest that vector or word say; those of the package come before those of the whole. */
  static Severity of(Advisory advisory, Affected affected) {
    if (advisory.id().startsWith(MALICIOUS)) {
      return CRITICAL;
    }
    List<Score> scores = affected.scores().isEmpty() ? advisory.scores() : affected.scores();
    @Nullable String rating = affected.rating() == null ? advisory.rating() : affected.rating();
    return Stream.concat(
            scores.stream().flatMap(score -> ofVector(score).stream()), named(rating).stream())
        .max(Severity::compareTo)
        .orElse(UNKNOWN);
  }

  /**
   * The severity of a vector; empty when it is no CVSS vector.
   *
   * @throws IllegalArgumentException when it says it is one and cannot be read
   */
  static Optional<Severity> ofVector(Score score) {
    if (!TYPES.contains(score.type())) {
      return Optional.empty();
    }
    @Nullable Cvss cvss;
    try {
      cvss = Cvss.fromVector(base(score));
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "not a vector of " + score.type() + ": " + e.getMessage(), e);
    }
    if (cvss == null) {
      throw new IllegalArgumentException("not a vector of " + score.type());
    }
    double number = cvss.calculateScore().getBaseScore();
    return Stream.of(CRITICAL, HIGH, MEDIUM, LOW, NONE)
        .filter(severity -> number >= severity.from)
        .findFirst();
  }

  private static String base(Score score) {
    return score.type().equals("CVSS_V4")
        ? Arrays.stream(score.vector().split("/"))
            .filter(metric -> BASE_OF_V4.contains(metric.split(":", 2)[0]))
            .collect(Collectors.joining("/"))
        : score.vector();
  }

  private static Optional<Severity> named(@Nullable String rating) {
    if (rating == null) {
      return Optional.empty();
    }
    String word = rating.toUpperCase(Locale.ROOT);
    return word.equals(MODERATE)
        ? Optional.of(MEDIUM)
        : Arrays.stream(values())
            .filter(severity -> severity != UNKNOWN && severity.name().equals(word))
            .findFirst();
  }
}
