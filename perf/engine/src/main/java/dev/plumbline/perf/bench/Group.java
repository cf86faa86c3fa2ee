package dev.plumbline.perf.bench;

import dev.plumbline.evidence.model.Names;

/** What a benchmark is about (R223). */
public enum Group {
  THROUGHPUT,
  BACKPRESSURE,
  CIRCUIT_BREAKER,
  SCALING,
  SECURITY;

  /** For people. */
  String words() {
    return Names.toId(this).replace('-', ' ');
  }
}
