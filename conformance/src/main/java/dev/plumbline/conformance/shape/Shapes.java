package dev.plumbline.conformance.shape;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The building blocks of shapes. */
final class Shapes {
  /** Whatever is there; but something has to be. */
  static final Shape ANYTHING = spot -> spot.expect(!spot.value().isMissingNode(), "some value");

  static final Shape TEXT = spot -> spot.expect(spot.value().isString(), "text");
  static final Shape BOOLEAN = spot -> spot.expect(spot.value().isBoolean(), "true or false");
  static final Shape NUMBER = spot -> spot.expect(spot.value().isNumber(), "a number");
  static final Shape INTEGER =
      spot -> spot.expect(spot.value().canConvertToExactIntegral(), "an integer");
  static final Shape NOT_NEGATIVE =
      spot ->
          spot.expect(
              spot.value().canConvertToExactIntegral() && spot.value().decimalValue().signum() >= 0,
              "an integer of at least 0");

  /** An id or a progress token. */
  static final Shape ID =
      spot ->
          spot.expect(
              spot.value().isString() || spot.value().canConvertToExactIntegral(),
              "text or an integer");

  /** A share between nothing and all. */
  static final Shape SHARE =
      spot ->
          spot.expect(
              spot.value().isNumber()
                  && spot.value().doubleValue() >= 0
                  && spot.value().doubleValue() <= 1,
              "a number from 0 to 1");

  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*");

  static final Shape URI =
      spot ->
          spot.expect(
              spot.value().isString() && SCHEME.matcher(spot.value().stringValue()).matches(),
              "a URI with its scheme");

  static final Shape BASE64 = spot -> spot.expect(isBase64(spot.value()), "text in Base64");

  /** An object, whatever its members. */
  static final Shape OBJECT = object();

  private Shapes() {}

  private static boolean isBase64(JsonNode value) {
    if (!value.isString()) {
      return false;
    }
    try {
      var _ = Base64.getDecoder().decode(value.stringValue());
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** An object with these members. */
  static Shape object(Member... members) {
    return spot -> {
      if (!spot.value().isObject()) {
        spot.wrong("an object");
        return;
      }
      for (Member member : members) {
        member.check(spot);
      }
    };
  }

  /** Both at once. */
  static Shape both(Shape one, Shape other) {
    return spot -> {
      int before = spot.mismatches().size();
      one.check(spot);
      if (spot.mismatches().size() == before) {
        other.check(spot);
      }
    };
  }

  /** A list of values of one shape. */
  static Shape list(Shape element) {
    return spot -> {
      if (!spot.value().isArray()) {
        spot.wrong("a list");
        return;
      }
      for (int i = 0; i < spot.value().size(); i++) {
        element.check(spot.element(i));
      }
    };
  }

  /** An object whose members all have one shape, whatever their names. */
  static Shape map(Shape value) {
    return spot -> {
      if (!spot.value().isObject()) {
        spot.wrong("an object");
        return;
      }
      spot.value().propertyNames().forEach(name -> value.check(spot.member(name)));
    };
  }

  /** One of these texts. */
  static Shape word(String... words) {
    List<String> known = Arrays.asList(words);
    return spot ->
        spot.expect(
            spot.value().isString() && known.contains(spot.value().stringValue()),
            "one of " + String.join(", ", known));
  }

  /**
   * One kind of an object.
   *
   * @param tag the value of the member that tells the kind
   * @param since the first revision that knows the kind
   */
  record Kind(String tag, String since, Shape shape) {}

  /** An object whose member tells which of these kinds it is; no revision leaves others open. */
  static Shape kinds(String member, Kind... kinds) {
    return spot -> {
      if (!spot.value().isObject()) {
        spot.wrong("an object");
        return;
      }
      List<Kind> known =
          Arrays.stream(kinds).filter(k -> spot.isBetween(k.since(), Revision.LAST)).toList();
      String tag = spot.value().path(member).asString("");
      known.stream()
          .filter(kind -> kind.tag().equals(tag))
          .findFirst()
          .ifPresentOrElse(
              kind -> kind.shape().check(spot),
              () ->
                  spot.member(member)
                      .wrong(
                          "one of " + String.join(", ", known.stream().map(Kind::tag).toList())));
    };
  }

  /** The first shape when the member is there, else the second. */
  static Shape having(String member, Shape with, Shape without) {
    return spot -> (spot.value().has(member) ? with : without).check(spot);
  }
}
