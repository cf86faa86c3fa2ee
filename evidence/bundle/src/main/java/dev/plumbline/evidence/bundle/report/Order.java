package dev.plumbline.evidence.bundle.report;

import dev.plumbline.evidence.bundle.gate.GateOutcome;
import java.util.Comparator;
import java.util.List;

/** The order in which readers need things. */
final class Order {
  private Order() {}

  /** Gates that object, then those that could not be evaluated, then those that held. */
  static List<GateOutcome> objectedFirst(List<GateOutcome> gates) {
    return gates.stream()
        .sorted(
            Comparator.comparingInt(
                gate ->
                    switch (gate.state()) {
                      case OBJECTED -> 0;
                      case NOT_EVALUATED -> 1;
                      case HELD -> 2;
                    }))
        .toList();
  }
}
