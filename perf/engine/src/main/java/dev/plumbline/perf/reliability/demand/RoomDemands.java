package dev.plumbline.perf.reliability.demand;

import dev.plumbline.evidence.model.Measurement.Relation;
import dev.plumbline.perf.reliability.raw.Part;
import java.util.List;

/** What is demanded where there is much to hold, or little room for it. */
final class RoomDemands {
  private static final String ISSUE = "reliability.txt";
  private static final String LIMIT = "memory limit, a control group";
  private static final String TOLD = "memory limit, -XX:MaxRAM alone";
  private static final String SHORT_OF_FILES = "connections not attempted for want of descriptors";
  private static final double MANY = 100_000;
  private static final String FOREIGN =
      "its standard error says which; compare what was refused with the limits in the settings";

  private RoomDemands() {}

  static List<Demand> all() {
    return List.of(
        demand(
                171,
                Part.CONNECTIONS,
                "10,000 connections with a session each are held at once",
                "connections held at once",
                Relation.AT_LEAST,
                10_000,
                "raise the limit of file descriptors (ulimit -n)")
            .with("all connections opened after", SHORT_OF_FILES),
        demand(
                172,
                Part.CONNECTIONS,
                "Each of many sessions takes 12 KB of the heap at most",
                "heap of a session with its connection",
                Relation.AT_MOST,
                12_288,
                "compare class histograms before and after connections are opened")
            .with("memory of the process for a session with its connection"),
        demand(
                173,
                Part.CONNECTIONS,
                "The collector pauses for less than 50 ms while there are many connections",
                "longest pause of the collector with all connections",
                Relation.AT_MOST,
                50,
                "look at what grows with connections and is walked through in a pause")
            .with("ping with all connections, p99"),
        demand(
                174,
                Part.CONNECTIONS,
                "Every one of many connections is served",
                "pings failed with all connections",
                Relation.AT_MOST,
                0,
                FOREIGN)
            .with("pings answered with all connections"),
        demand(
                175,
                Part.CONNECTIONS,
                "100,000 connections with a session each are held within 4 GiB",
                "connections held within the memory limit",
                Relation.AT_LEAST,
                MANY,
                "its standard error says why the next one failed; look at what is held outside of"
                    + " the heap, and at dmesg for a server that was ended")
            .with("server of many connections, most memory over the limit", LIMIT, TOLD)
            .given(
                new Premise(
                    "connections attempted",
                    Relation.AT_LEAST,
                    MANY,
                    "fewer than 100,000 connections were attempted: profile nightly does, where"
                        + " 112,000 files may be open (ulimit -n)")),
        demand(
                211,
                Part.CONTAINER,
                "The registry holds 100,000 entries in a container of 256 MiB",
                "entries within the memory limit",
                Relation.AT_LEAST,
                100_000,
                "compare class histograms; an entry may not take what a container cannot give")
            .with(LIMIT, TOLD, "registry, most memory over the limit"),
        demand(
                212,
                Part.CONTAINER,
                "No call and no session fails in a container of 256 MiB",
                "calls and sessions failed within the memory limit",
                Relation.AT_MOST,
                0,
                FOREIGN)
            .with(
                "sessions within the memory limit",
                "calls answered within the memory limit",
                LIMIT,
                TOLD),
        demand(
                213,
                Part.CONTAINER,
                "A loaded server is not ended by the memory limit of a container of 256 MiB",
                "servers ended by the memory limit",
                Relation.AT_MOST,
                0,
                "look at what is held outside of the heap: buffers, threads, code")
            .with("server, most memory over the limit", LIMIT, TOLD));
  }

  private static Demand demand(
      int number,
      Part part,
      String title,
      String figure,
      Relation relation,
      double limit,
      String fix) {
    return new Demand("RC-" + number, part, title, figure, relation, limit, ISSUE, List.of(), fix);
  }
}
