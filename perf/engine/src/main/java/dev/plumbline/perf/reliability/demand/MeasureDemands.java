package dev.plumbline.perf.reliability.demand;

import dev.plumbline.evidence.model.Measurement.Relation;
import dev.plumbline.perf.reliability.raw.Part;
import java.util.ArrayList;
import java.util.List;

/** What is demanded of the figures that the server's own measurements print. */
final class MeasureDemands {
  private static final String ISSUE = "reliability.txt";
  private static final String C10 = "decisions.md#C10";

  private static final String TABLE =
      "plumbline machines prints the tables; figures.jsonl says which one it is";
  private static final String CRASHED =
      "repeat it with the seed in figures.jsonl; look at what is said before it is durable";
  private static final String CLOCK =
      "look at the timeout of the initializing state and at how often sessions are swept";

  private final List<Demand> demands = new ArrayList<>();

  private MeasureDemands() {}

  static List<Demand> all() {
    MeasureDemands all = new MeasureDemands();
    all.tables();
    all.control();
    all.costs();
    all.registry();
    all.ids();
    all.handshake();
    all.isolation();
    all.crash();
    all.handover();
    return all.demands;
  }

  private void tables() {
    Part part = Part.TABLES;
    none(
            101,
            part,
            "Every pair of state and event is decided in every table",
            "undecided pairs",
            TABLE)
        .beside("tables");
    none(
            102,
            part,
            "No table accepts an illegal event, and none changes its state for one",
            "illegal events accepted",
            TABLE)
        .beside("stale events dropped");
    none(
        103, part, "No table has a dead or unreachable state", "dead or unreachable states", TABLE);
    none(
            104,
            part,
            "Every walk through a table can reach a final state",
            "walks without an end",
            TABLE)
        .beside("timeouts fired");
    at(
        105,
        part,
        "Every table is walked through at least 10,000 times",
        "walks of a table, fewest",
        Relation.AT_LEAST,
        10_000,
        ISSUE,
        "raise the number of walks");
  }

  private void control() {
    String fix = "look at what runs on the control plane's threads, and at the collector's pauses";
    record Limit(int number, String share, String figure, double millis) {}
    for (Limit limit :
        List.of(
            new Limit(151, "Half", "dispatch p50 at rest", 1),
            new Limit(152, "95 %", "dispatch p95 at rest", 5),
            new Limit(153, "99 %", "dispatch p99 at rest", 10))) {
      at(
              limit.number(),
              Part.CONTROL,
              limit.share() + " of the control messages reach their handler in time at rest",
              limit.figure(),
              Relation.AT_MOST,
              limit.millis(),
              "decisions.md#C1",
              fix)
          .beside("whole p99 at rest", "messages a second");
    }
    at(
        154,
        Part.CONTROL,
        "The control plane takes less than 1 % of a processor while nothing is asked",
        "control plane at rest, share of a processor",
        Relation.AT_MOST,
        1,
        ISSUE,
        "look at what its threads wake up for");
    at(
        155,
        Part.CONTROL,
        "A component takes about 1 KB at most",
        "bytes a component",
        Relation.AT_MOST,
        1_024,
        ISSUE,
        "look at what is kept for every component");
  }

  private void costs() {
    Part part = Part.COSTS;
    String fix = "profile it: nothing on this way may take a lock or depend on how much there is";
    at(
            161,
            part,
            "An open breaker answers within 1 ms",
            "open breaker, 99.99 % of its answers",
            Relation.AT_MOST,
            1,
            "decisions.md#C8",
            fix)
        .beside("open breaker, median");
    at(
            162,
            part,
            "Looking at a capacity takes the same time whatever the capacity is",
            "permit at a cap of 1,000,000 over one of 500",
            Relation.AT_MOST,
            2,
            ISSUE,
            fix)
        .beside("permit, both ways");
    at(
            163,
            part,
            "A permit takes less than 0.5 % of the processor time of a request",
            "permit, share of a request",
            Relation.AT_MOST,
            0.5,
            ISSUE,
            fix)
        .beside(
            "permit, both ways",
            "request without tracing",
            "processor time of a request, every request is traced, over none",
            "processor time of a request, 10 % are traced, over none");
    at(
        164,
        part,
        "The overload monitor takes less than 0.1 % of a processor",
        "overload monitor, share of a processor with 1,000 connections",
        Relation.AT_MOST,
        0.1,
        ISSUE,
        fix);
    at(
            165,
            part,
            "An alert takes about 500 bytes at most",
            "bytes an alert",
            Relation.AT_MOST,
            500,
            ISSUE,
            "look at what an alert keeps")
        .beside("bytes a queue that is watched", "bytes of what waits for a connection");
    at(
            166,
            part,
            "A client connects again at most five times in 30 s, however many ask",
            "connections to a server that hangs up",
            Relation.AT_MOST,
            6,
            "decisions.md#C8",
            "look at who reaches for the server without asking the budget of all")
        .beside("requests for a server that hangs up");
    at(
            167,
            part,
            "A session with its connection takes 12 KB at most",
            "bytes a session with its connection",
            Relation.AT_MOST,
            12_288,
            ISSUE,
            "compare class histograms before and after connections are opened")
        .beside("connections a GiB of heap bears");
    at(
            169,
            part,
            "Watching a queue takes about 100 bytes at most",
            "bytes that watching a queue takes",
            Relation.AT_MOST,
            100,
            ISSUE,
            "look at what the monitor keeps for each")
        .beside("bytes a queue that is watched");
  }

  private void registry() {
    String fix = "look at contention and collector in figures.jsonl";
    at(
            201,
            Part.REGISTRY,
            "A lookup in the registry stays below 1 ms at every size",
            "lookup p99, slowest size",
            Relation.AT_MOST,
            1,
            ISSUE,
            fix)
        .beside("lookup p999, slowest size", "lookupP99 growth exponent");
    at(
            202,
            Part.REGISTRY,
            "The registry bears 500,000 operations a second at every size",
            "operations, slowest size",
            Relation.AT_LEAST,
            500_000,
            ISSUE,
            fix)
        .beside("bytes an entry");
    at(
        203,
        Part.REGISTRY,
        "The registry was measured with 100,000 entries",
        "entries, largest size",
        Relation.AT_LEAST,
        100_000,
        ISSUE,
        "give the measurement its sizes");
    at(
            204,
            Part.REGISTRY,
            "The registry's memory grows no faster than its entries",
            "memory growth exponent",
            Relation.AT_MOST,
            1.1,
            ISSUE,
            "compare class histograms at two sizes")
        .beside("bytes an entry");
    at(
            205,
            Part.REGISTRY,
            "Threads wait for each other less than 100 ms in the seconds of a size",
            "waited for locks, a size",
            Relation.AT_MOST,
            100,
            ISSUE,
            fix)
        .beside("longest wait of an owner for its lock", "collector, a size");
  }

  private void ids() {
    none(
            301,
            Part.IDS,
            "No id is given twice",
            "collisions",
            "figures.jsonl says of which kind; look at what its randomness is made of")
        .beside("kinds of ids");
    at(
        302,
        Part.IDS,
        "Ten million ids of every kind were compared",
        "ids of a kind, fewest",
        Relation.AT_LEAST,
        1e7,
        ISSUE,
        "give the measurement its count");
  }

  private void isolation() {
    String fix = "figures.jsonl says which kill reached others: look at what they share with it";
    none(
            401,
            Part.ISOLATION,
            "What is killed fails no ping elsewhere",
            "pings failed elsewhere",
            fix)
        .beside("sessions that ping", "kills", "outage inside, longest");
    at(
        402,
        Part.ISOLATION,
        "A domain is restarted within 2 s",
        "restart, slowest",
        Relation.AT_MOST,
        2_000,
        "decisions.md#C9",
        fix);
    at(
        403,
        Part.ISOLATION,
        "A thousand other sessions ping meanwhile",
        "sessions that ping",
        Relation.AT_LEAST,
        1_000,
        ISSUE,
        "give the measurement its sessions");
  }

  private void handover() {
    String fix = "figures.jsonl says which requests failed, and in which step of the handover";
    Part part = Part.HANDOVER;
    none(601, part, "A handover under load fails no request", "requests failed", fix)
        .beside("handovers", "slowest answer", "until the new process listens, slowest");
    none(602, part, "A handover loses no event of a resumable stream", "events lost", fix)
        .beside("streams resumed");
    none(603, part, "A handover tells no event twice", "events told twice", fix);
    none(604, part, "A handover leaves events in order", "events out of order", fix);
    none(605, part, "Every new process takes over, and every old one ends", "handovers failed", fix)
        .beside("handovers", "until the old process has ended, slowest");
    at(
        606,
        part,
        "Several processes take over in a row",
        "handovers",
        Relation.AT_LEAST,
        3,
        ISSUE,
        "give the measurement its number");
  }

  private void handshake() {
    Part part = Part.HANDSHAKE;
    at(
            311,
            part,
            "A handshake that is never finished is waited for 30 s - 5 % at least",
            "shortest over limit",
            Relation.AT_LEAST,
            0.95,
            C10,
            CLOCK)
        .beside("limit");
    at(
            312,
            part,
            "A handshake that is never finished is waited for 30 s + 5 % at most",
            "longest over limit",
            Relation.AT_MOST,
            1.05,
            C10,
            CLOCK)
        .beside("sessions that did not end");
    at(
        313,
        part,
        "Tasks that were to live 30 s are gone by 60 s",
        "tasks of 30 s gone after",
        Relation.AT_MOST,
        60,
        C10,
        "look at how often tasks are swept");
    at(
        314,
        part,
        "Sessions are gone within 5 s of the end of their connections",
        "sessions gone after their connections",
        Relation.AT_MOST,
        5,
        ISSUE,
        "look at what a connection that closes ends");
  }

  private void crash() {
    none(
            501,
            Part.CRASH,
            "No acknowledged session is lost when the process is killed",
            "acknowledged sessions lost",
            CRASHED)
        .beside("kills", "durability window");
    none(
            502,
            Part.CRASH,
            "No deleted session is there again after the process was killed",
            "deleted sessions resurrected",
            CRASHED)
        .beside("kills");
  }

  private MeasureDemands none(int number, Part part, String title, String figure, String fix) {
    return at(number, part, title, figure, Relation.AT_MOST, 0, ISSUE, fix);
  }

  private MeasureDemands at(
      int number,
      Part part,
      String title,
      String figure,
      Relation relation,
      double limit,
      String source,
      String fix) {
    demands.add(
        new Demand("RC-" + number, part, title, figure, relation, limit, source, List.of(), fix));
    return this;
  }

  /** Figures that inform beside the demand added last. */
  private void beside(String... figures) {
    demands.add(demands.removeLast().with(figures));
  }
}
