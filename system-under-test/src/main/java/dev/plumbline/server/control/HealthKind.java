package dev.plumbline.server.control;

/** How thoroughly a component is to look at itself. */
public enum HealthKind {
  /** Does it respond at all? */
  LIVENESS,
  /** Can it take work? */
  READINESS,
  /** Everything it can say. */
  FULL
}
