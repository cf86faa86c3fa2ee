package dev.plumbline.perf.reliability.raw;

import dev.plumbline.evidence.model.Names;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The parts of the evidence; each has a folder below {@code raw/reliability}. */
public enum Part {
  /** Every state table explored: all pairs, random walks. */
  TABLES("Walks", true),
  /** Request ids: no two alike. */
  IDS("IdMeasurement", false),
  /** The registry under concurrent use, at several sizes. */
  REGISTRY("RegistryMeasurement", false),
  /** How soon control messages reach their handlers when nothing else happens. */
  CONTROL("ControlCost", false),
  /** What permits, breakers, the monitor and tracing cost, and how often a client tries again. */
  COSTS("CostRun", false),
  /** What messages as large as they may be do to small ones, and to the collector. */
  LARGE("LargeMessageRun", false),
  /** Ten thousand connections and more: what one takes, and how long the collector pauses. */
  CONNECTIONS("ConnectionRun", false),
  /** The registry and a loaded server within the memory of a container. */
  CONTAINER("ContainerRun", false),
  /** How long a server waits for the end of a handshake, on the real clock. */
  HANDSHAKE("HandshakeClock", false),
  /** Kills of a domain, a transport, a handler and a session while others ping. */
  ISOLATION("IsolationRun", false),
  /** Kills of a process that writes to the session file. */
  CRASH("StoreCrash", false),
  /** Attacks on the server over the wire, and random input for its parser of URIs. */
  ATTACKS("AttackRun", true),
  /** A new process takes over while requests run. */
  HANDOVER("HandoverRun", false),
  /** Messages a second by their size, and their latency at 0.8 of the capacity. */
  THROUGHPUT("", false),
  /** Twice the capacity of a cheap tool, by the lean generator. */
  OVERLOAD_CHEAP("", false),
  /** Twice the capacity of a tool with 20 ms of work, by Gatling. */
  OVERLOAD_WORK("", false);

  private static final String MAINS = "dev.plumbline.server.measure.";

  private final String program;
  private final boolean brief;

  Part(String program, boolean brief) {
    this.program = program;
    this.brief = brief;
  }

  /** The name in folders and on the command line, for example {@code overload-cheap}. */
  public String id() {
    return Names.toId(this);
  }

  /** The main class of the server's own measurement; empty where the load generator does it. */
  public Optional<String> main() {
    return program.isEmpty() ? Optional.empty() : Optional.of(MAINS + program);
  }

  /** Whether it takes so little time that every run has it. */
  public boolean isBrief() {
    return brief;
  }

  /** The parts that take so little time that every run has them. */
  public static List<Part> brief() {
    return Arrays.stream(values()).filter(Part::isBrief).toList();
  }

  /** The part of that name; empty when there is none. */
  public static Optional<Part> named(String id) {
    return Arrays.stream(values()).filter(part -> part.id().equals(id)).findFirst();
  }

  /** All names, for people. */
  public static String names() {
    return Arrays.stream(values()).map(Part::id).collect(Collectors.joining(", "));
  }
}
