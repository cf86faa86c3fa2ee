package dev.plumbline.server;

import dev.plumbline.server.config.ChangeRefusedException;
import dev.plumbline.server.config.Configuration;
import dev.plumbline.server.config.InvalidConfigException;
import dev.plumbline.server.config.RestartNeededException;
import dev.plumbline.server.handover.OperatorState;
import dev.plumbline.server.limit.Breakers;
import dev.plumbline.server.observe.EventLog;
import dev.plumbline.server.observe.Severity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * What operators decided while the process before ran. A setting counts here, too, unless this
 * process was started with another value than that one: whoever started it has the last word. A
 * breaker that is held open stays so.
 */
final class InheritedDecisions {
  private static final String ABSENT = "(default)";
  private static final String SOURCE = "handover";

  private final Configuration own;
  private final EventLog events;
  private final List<String> taken = new ArrayList<>();
  private final List<String> left = new ArrayList<>();

  private InheritedDecisions(Configuration own, EventLog events) {
    this.own = own;
    this.events = events;
  }

  /** Lets them count here, and says which do and which do not. */
  static void take(OperatorState operators, ServerCore core) {
    EventLog events = core.context().telemetry().events();
    new InheritedDecisions(core.control().configuration(), events).take(operators.settings());
    hold(operators.breakers(), core.restraint().breakers(), events);
  }

  private void take(ArrayNode changes) {
    if (changes.isEmpty()) {
      return;
    }
    Map<String, String> values = new HashMap<>();
    for (JsonNode setting : own.section().path("settings")) {
      values.put(setting.path("path").asString(), setting.path("value").asString());
    }
    SortedMap<String, String> wanted = new TreeMap<>();
    for (JsonNode change : changes) {
      String path = change.path("path").asString("");
      String mine = values.getOrDefault(path, ABSENT);
      String last = change.path("new").asString(ABSENT);
      if (!mine.equals(last)) {
        if (mine.equals(change.path("old").asString(ABSENT))) {
          wanted.put(path, last);
        } else {
          left.add(path + "=" + last);
        }
      }
    }
    set(wanted);
    String what = "settings";
    tell(events, Severity.INFO, what, "settings of the process before count here, too", taken);
    tell(events, Severity.WARNING, what, "settings of the process before do not count here", left);
  }

  /** Together, as they were; what cannot be, in parts: rules hold within a part of the tree. */
  private void set(SortedMap<String, String> wanted) {
    if (!wanted.isEmpty() && !went(wanted)) {
      Map<String, SortedMap<String, String>> parts = new TreeMap<>();
      wanted.forEach(
          (path, value) ->
              parts
                  .computeIfAbsent(path.replaceFirst("\\..*", ""), _ -> new TreeMap<>())
                  .put(path, value));
      parts.values().forEach(this::setPart);
    }
  }

  private void setPart(SortedMap<String, String> part) {
    if (!went(part)) {
      part.forEach(
          (path, value) -> {
            SortedMap<String, String> alone = new TreeMap<>(Map.of(path, value));
            if (!went(alone)) {
              left.addAll(shown(alone));
            }
          });
    }
  }

  private boolean went(SortedMap<String, String> values) {
    Map<String, Optional<String>> changes = new TreeMap<>();
    values.forEach(
        (path, value) ->
            changes.put(path, Optional.of(value).filter(said -> !said.equals(ABSENT))));
    try {
      var _ = own.set(changes, SOURCE);
    } catch (InvalidConfigException | RestartNeededException | ChangeRefusedException e) {
      return false;
    }
    taken.addAll(shown(values));
    return true;
  }

  private static List<String> shown(SortedMap<String, String> values) {
    return values.entrySet().stream().map(one -> one.getKey() + "=" + one.getValue()).toList();
  }

  private static void hold(
      Collection<OperatorState.Held> held, Breakers breakers, EventLog events) {
    List<String> here = new ArrayList<>();
    List<String> not = new ArrayList<>();
    for (OperatorState.Held one : held) {
      (breakers.holdOpen(one.name(), one.shared()) ? here : not).add(one.name());
    }
    String what = "breakers";
    tell(events, Severity.WARNING, what, "breakers that an operator holds open stay open", here);
    tell(events, Severity.CRITICAL, what, "breakers that were held open are closed here", not);
  }

  private static void tell(
      EventLog events, Severity severity, String what, String text, List<String> which) {
    if (!which.isEmpty()) {
      events.add(severity, SOURCE, what, text, Map.of(what, String.join(" ", which)));
    }
  }
}
