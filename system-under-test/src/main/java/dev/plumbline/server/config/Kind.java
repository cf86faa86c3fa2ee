package dev.plumbline.server.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How the values of one type are written and compared. */
sealed interface Kind {
  /** The kind of a type; empty when settings cannot have it. */
  static Optional<Kind> of(Class<?> type) {
    if (type == int.class) {
      return Optional.of(new Whole(Integer.MAX_VALUE));
    }
    if (type == long.class) {
      return Optional.of(new Whole(Long.MAX_VALUE));
    }
    if (type == double.class) {
      return Optional.of(new Fraction());
    }
    if (type == boolean.class) {
      return Optional.of(new Truth());
    }
    if (type == String.class) {
      return Optional.of(new Text());
    }
    if (type == Duration.class) {
      return Optional.of(new Time());
    }
    return type.isEnum() ? Optional.of(new Choice(type)) : Optional.empty();
  }

  /** What a value must look like. */
  String form();

  /** The value a scalar stands for; empty when it stands for none. */
  Optional<Object> parse(Scalar scalar);

  /** The value as in a file. */
  String format(Object value);

  /** What is compared with the bounds; empty when the kind has no order. */
  default Optional<BigDecimal> size(Object value) {
    return Optional.empty();
  }

  /** A number without fractions. */
  record Whole(long greatest) implements Kind {
    @Override
    public String form() {
      return "a whole number";
    }

    @Override
    public Optional<Object> parse(Scalar scalar) {
      if (scalar.type() == Scalar.Type.TEXT || !scalar.text().matches("-?\\d{1,18}")) {
        return Optional.empty();
      }
      long value = Long.parseLong(scalar.text());
      if (value > greatest || value < -greatest) {
        return Optional.empty();
      }
      return Optional.of(greatest == Integer.MAX_VALUE ? (Object) (int) value : (Object) value);
    }

    @Override
    public String format(Object value) {
      return value.toString();
    }

    @Override
    public Optional<BigDecimal> size(Object value) {
      return Optional.of(new BigDecimal(value.toString()));
    }
  }

  /** A number. */
  record Fraction() implements Kind {
    @Override
    public String form() {
      return "a number";
    }

    @Override
    public Optional<Object> parse(Scalar scalar) {
      return scalar.type() != Scalar.Type.TEXT
              && scalar.text().matches("-?\\d{1,15}(\\.\\d{1,15})?")
          ? Optional.of(Double.valueOf(scalar.text()))
          : Optional.empty();
    }

    @Override
    public String format(Object value) {
      return new BigDecimal(value.toString()).toPlainString();
    }

    @Override
    public Optional<BigDecimal> size(Object value) {
      return Optional.of(new BigDecimal(value.toString()));
    }
  }

  /** Yes or no. */
  record Truth() implements Kind {
    @Override
    public String form() {
      return "true or false";
    }

    @Override
    public Optional<Object> parse(Scalar scalar) {
      return scalar.type() == Scalar.Type.TEXT
          ? Optional.empty()
          : switch (scalar.text()) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
          };
    }

    @Override
    public String format(Object value) {
      return value.toString();
    }
  }

  /** Any text that is not empty. */
  record Text() implements Kind {
    private static final int LONGEST = 1_024;

    @Override
    public String form() {
      return "a text of at most " + LONGEST + " characters";
    }

    @Override
    public Optional<Object> parse(Scalar scalar) {
      String text = scalar.text();
      boolean fits = !text.isBlank() && text.length() <= LONGEST;
      return fits && text.chars().noneMatch(Character::isISOControl)
          ? Optional.of(text)
          : Optional.empty();
    }

    @Override
    public String format(Object value) {
      return value.toString();
    }
  }

  /** A length of time. */
  record Time() implements Kind {
    @Override
    public String form() {
      return Durations.FORM;
    }

    @Override
    public Optional<Object> parse(Scalar scalar) {
      return Durations.parse(scalar.text()).map(length -> length);
    }

    @Override
    public String format(Object value) {
      return Durations.format((Duration) value);
    }

    @Override
    public Optional<BigDecimal> size(Object value) {
      Duration length = (Duration) value;
      return Optional.of(
          BigDecimal.valueOf(length.toSeconds()).add(BigDecimal.valueOf(length.toNanosPart(), 9)));
    }
  }

  /** One of a few words. */
  record Choice(Class<?> type) implements Kind {
    @Override
    public String form() {
      return Arrays.stream(type.getEnumConstants())
          .map(this::format)
          .collect(Collectors.joining(", ", "one of ", ""));
    }

    @Override
    public Optional<Object> parse(Scalar scalar) {
      return Arrays.stream(type.getEnumConstants())
          .filter(constant -> format(constant).equals(scalar.text()))
          .findFirst()
          .map(constant -> constant);
    }

    @Override
    public String format(Object value) {
      return ((Enum<?>) value).name().toLowerCase(Locale.ROOT);
    }
  }
}
