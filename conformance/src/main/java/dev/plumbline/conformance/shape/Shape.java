package dev.plumbline.conformance.shape;

/** What a value has to look like. */
@FunctionalInterface
interface Shape {
  /** Notes every difference. */
  void check(Spot spot);
}
