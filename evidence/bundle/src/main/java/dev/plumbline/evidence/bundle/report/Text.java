package dev.plumbline.evidence.bundle.report;

import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Measurement;
import dev.plumbline.evidence.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How values are written for people, the same in every report and every locale. */
final class Text {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** Smaller numbers are written with an exponent. */
  private static final double SMALLEST_PLAIN = 1e-5;

  private Text() {}

  static String time(Instant instant) {
    return MINUTE.format(instant);
  }

  static String duration(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 60) {
      return number(duration.toMillis() / 1000.0) + " s";
    }
    return seconds < 3600
        ? seconds / 60 + " min " + seconds % 60 + " s"
        : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
  }

  /** Three significant digits or all integer digits, with thin grouping and no trailing zeros. */
  static String number(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return "–";
    }
    double magnitude = Math.abs(value);
    if (magnitude != 0 && magnitude < SMALLEST_PLAIN) {
      return String.format(Locale.ROOT, "%.1e", value);
    }
    int decimals =
        magnitude != 0 && magnitude < 0.01
            ? 6
            : magnitude >= 100 ? 0 : magnitude >= 10 ? 1 : magnitude >= 1 ? 2 : 3;
    String text = String.format(Locale.ROOT, "%,." + decimals + "f", value).replace(',', '\u202f');
    return text.indexOf('.') < 0 ? text : text.replaceAll("0+$", "").replaceAll("\\.$", "");
  }

  /** All digits in thin groups. */
  static String whole(long value) {
    return String.format(Locale.ROOT, "%,d", value).replace(',', '\u202f');
  }

  static String quantity(double value, String unit) {
    return unit.equals("1") || unit.isEmpty() ? number(value) : number(value) + " " + unit;
  }

  /** {@code ≤ 5 s}; empty without a limit. */
  static String limit(Measurement measurement) {
    if (measurement.limit() == null || measurement.relation() == null) {
      return "";
    }
    String sign =
        switch (measurement.relation()) {
          case AT_MOST -> "≤ ";
          case AT_LEAST -> "≥ ";
        };
    return sign + quantity(measurement.limit(), measurement.unit());
  }

  /** Era and transport, as {@code 2025-11-25 · http}; empty when the check is bound to neither. */
  static String where(CheckResult check) {
    String era = check.era() == null ? "" : check.era().revision();
    String transport = check.transport() == null ? "" : check.transport().id();
    return era.isEmpty() || transport.isEmpty() ? era + transport : era + " · " + transport;
  }

  static String level(CheckResult check) {
    return check.level().name().replace('_', ' ');
  }

  static String verdict(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Pass _ -> "pass";
      case Verdict.Fail _ -> "fail";
      case Verdict.NotObserved _ -> "not observed";
      case Verdict.NotApplicable _ -> "not applicable";
      case Verdict.HarnessFault _ -> "harness fault";
    };
  }

  static String shorten(String text, int characters) {
    return text.codePointCount(0, text.length()) <= characters
        ? text
        : text.substring(0, text.offsetByCodePoints(0, characters - 1)) + "…";
  }
}
