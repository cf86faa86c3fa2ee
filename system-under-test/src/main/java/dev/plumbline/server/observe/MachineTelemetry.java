package dev.plumbline.server.observe;

import dev.plumbline.server.machine.Observer;
import dev.plumbline.server.machine.Outcome;
import dev.plumbline.server.machine.Tables;
import dev.plumbline.server.machine.TransitionTable;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Counts what the events of all machines came to, per table: {@code
 * plumbline_machine_events_total{machine,outcome}} and the section {@code machines}.
 */
public final class MachineTelemetry implements Function<TransitionTable<?, ?>, Observer> {
  private final Map<String, Counts> byTable = new LinkedHashMap<>();

  /** Registers the metric and the section; once for each telemetry. */
  public MachineTelemetry(Telemetry telemetry) {
    Counter events =
        Counter.builder()
            .name("plumbline_machine_events_total")
            .help("Events of the state machines, by what they came to.")
            .labelNames("machine", "outcome")
            .withoutExemplars()
            .register(telemetry.metrics());
    for (TransitionTable<?, ?> table : Tables.all()) {
      byTable.put(table.name(), new Counts(table.name(), events));
    }
    telemetry.introspection().section("machines", this::section);
  }

  /** The one observer of every machine of the table; a table of nobody's is not observed. */
  @Override
  public Observer apply(TransitionTable<?, ?> table) {
    Observer counts = byTable.get(table.name());
    return counts == null ? Observer.NONE : counts;
  }

  private ObjectNode section() {
    ObjectNode section = JsonNodeFactory.instance.objectNode();
    byTable.forEach((name, counts) -> section.set(name, counts.json()));
    return section;
  }

  /** Fired on every request: one addition, and nothing is made. */
  private static final class Counts implements Observer {
    private final CounterDataPoint moved;
    private final CounterDataPoint ignored;
    private final CounterDataPoint refused;
    private final CounterDataPoint stale;
    private volatile Outcome.@Nullable Refused<?, ?> lastRefused;

    private Counts(String machine, Counter events) {
      this.moved = events.labelValues(machine, "moved");
      this.ignored = events.labelValues(machine, "ignored");
      this.refused = events.labelValues(machine, "refused");
      this.stale = events.labelValues(machine, "stale");
    }

    @Override
    public void fired(Outcome<?, ?> outcome) {
      switch (outcome) {
        case Outcome.Ignored<?, ?> _ -> ignored.inc();
        case Outcome.Moved<?, ?> _ -> moved.inc();
        case Outcome.Refused<?, ?> refusal -> {
          refused.inc();
          lastRefused = refusal;
        }
        case Outcome.Stale<?, ?> _ -> stale.inc();
      }
    }

    private ObjectNode json() {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.put("moved", (long) moved.get());
      json.put("ignored", (long) ignored.get());
      json.put("refused", (long) refused.get());
      json.put("stale", (long) stale.get());
      Outcome.Refused<?, ?> last = lastRefused;
      if (last != null) {
        ObjectNode refusal = json.putObject("lastRefused");
        refusal.put("state", last.state().label());
        refusal.put("event", last.event().label());
        refusal.put("reason", last.reason());
      }
      return json;
    }
  }
}
