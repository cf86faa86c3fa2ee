package dev.plumbline.perf.reliability.demand;

import dev.plumbline.evidence.model.Measurement.Relation;
import dev.plumbline.perf.reliability.raw.Part;
import java.util.List;
import java.util.stream.Stream;

/** Everything that is demanded of the reliability core. Ids are never reused. */
public final class Demands {
  private static final List<Demand> ALL =
      Stream.of(
              MeasureDemands.all(),
              AttackDemands.all(),
              LargeDemands.all(),
              RoomDemands.all(),
              ThroughputDemands.all(),
              OverloadDemands.of(Part.OVERLOAD_CHEAP, 700),
              OverloadDemands.sustained(Part.OVERLOAD_CHEAP, 750),
              OverloadDemands.of(Part.OVERLOAD_WORK, 800))
          .flatMap(List::stream)
          .toList();

  private Demands() {}

  /** All demands, part after part. */
  public static List<Demand> all() {
    return ALL;
  }

  /** The demands of one part. */
  public static List<Demand> of(Part part) {
    return ALL.stream().filter(demand -> demand.part() == part).toList();
  }

  /** What must hold for a part to say anything. */
  public static List<Premise> premises(Part part) {
    return switch (part) {
      case THROUGHPUT -> List.of(CAPACITY_FOUND, punctual(2), ALONE);
      case OVERLOAD_CHEAP -> List.of(CAPACITY_FOUND, punctual(5), ALONE, OVERLOADED);
      case OVERLOAD_WORK ->
          List.of(
              CAPACITY_FOUND,
              new Premise(
                  OverloadFigures.SENT,
                  Relation.AT_LEAST,
                  0.99,
                  "Gatling did not begin what was due: run again on a quieter machine"),
              new Premise(
                  OverloadFigures.WELL,
                  Relation.AT_LEAST,
                  0.5,
                  "Gatling stood still again and again: run again on a quieter machine"),
              OVERLOADED);
      case TABLES,
          IDS,
          REGISTRY,
          CONTROL,
          COSTS,
          LARGE,
          CONNECTIONS,
          CONTAINER,
          HANDSHAKE,
          ISOLATION,
          CRASH,
          ATTACKS,
          HANDOVER ->
          List.of(
              new Premise(
                  MeasureFigures.ENDED,
                  Relation.AT_LEAST,
                  1,
                  "the measurement did not come to its end: see its run.json"));
    };
  }

  private static Premise punctual(double millis) {
    return new Premise(
        OverloadFigures.LATENESS,
        Relation.AT_MOST,
        millis,
        "the load generator was late by its own doing: run again on a quieter machine");
  }

  private static final Premise ALONE =
      new Premise(
          SustainedFigures.ALONE,
          Relation.AT_LEAST,
          0.5,
          "others took the processors, programs or machines (others.json): run again on a quieter one");

  private static final Premise CAPACITY_FOUND =
      new Premise(
          OverloadFigures.CAPACITY,
          Relation.AT_LEAST,
          1,
          "no rate was borne, not even a low one: run again on a quieter machine");

  private static final Premise OVERLOADED =
      new Premise(
          OverloadFigures.REFUSED,
          Relation.AT_LEAST,
          1,
          "the load beyond the capacity was served: the capacity was measured too low, run again on"
              + " a quieter machine");
}
