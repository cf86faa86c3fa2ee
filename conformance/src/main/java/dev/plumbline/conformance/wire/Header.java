package dev.plumbline.conformance.wire;

/**
 * One header field as it stood on the wire.
 *
 * @param name the field name, spelled as sent
 * @param value the field value without surrounding whitespace
 */
public record Header(String name, String value) {

  /** Whether this is the field {@code other}, ignoring case: RFC 9110 §5.1. */
  public boolean isNamed(String other) {
    return name.equalsIgnoreCase(other);
  }
}
