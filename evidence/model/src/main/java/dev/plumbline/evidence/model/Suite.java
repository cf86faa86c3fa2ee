package dev.plumbline.evidence.model;

/** The parts of a run; each writes its own folder below {@code raw/}. */
public enum Suite {
  CONFORMANCE,
  CHAOS,
  PERF,
  /** The reliability core of the bundled server. */
  RELIABILITY,
  SUPPLY_CHAIN,
  /** The official conformance suite on the bundled server and client. */
  REFEREE,
  /** SDKs made by others, in both directions. */
  INTEROP,
  /** The rules themselves: which planted defect is noticed by which. */
  MUTANTS,
  /** What the bundled server's parts cost, beside what they cost before. */
  BENCHMARKS;

  /** The name in files, folders and on the command line, for example {@code supply-chain}. */
  public String id() {
    return Names.toId(this);
  }
}
