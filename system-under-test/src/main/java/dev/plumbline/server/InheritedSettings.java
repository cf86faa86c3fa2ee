package dev.plumbline.server;

import dev.plumbline.server.config.ChangeRefusedException;
import dev.plumbline.server.config.Configuration;
import dev.plumbline.server.config.InvalidConfigException;
import dev.plumbline.server.config.RestartNeededException;
import dev.plumbline.server.observe.EventLog;
import dev.plumbline.server.observe.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * What was changed while the process before ran. A setting counts here, too, unless this process
 * was started with another value than that one: whoever started it has the last word.
 */
final class InheritedSettings {
  private static final String ABSENT = "(default)";

  private InheritedSettings() {}

  /**
   * Changes the settings, and says which.
   *
   * @param changes path, the value that the other process was started with, and its last
   */
  static void take(ArrayNode changes, Configuration own, EventLog events) {
    if (changes.isEmpty()) {
      return;
    }
    Map<String, String> values = new HashMap<>();
    for (JsonNode setting : own.section().path("settings")) {
      values.put(setting.path("path").asString(), setting.path("value").asString());
    }
    List<String> taken = new ArrayList<>();
    List<String> left = new ArrayList<>();
    for (JsonNode change : changes) {
      String path = change.path("path").asString("");
      String mine = values.getOrDefault(path, ABSENT);
      String last = change.path("new").asString(ABSENT);
      if (!mine.equals(last)) {
        boolean asBefore = mine.equals(change.path("old").asString(ABSENT));
        (asBefore && set(own, path, last) ? taken : left).add(path + "=" + last);
      }
    }
    tell(events, Severity.INFO, "settings of the process before count here, too", taken);
    tell(events, Severity.WARNING, "settings of the process before do not count here", left);
  }

  private static boolean set(Configuration own, String path, String value) {
    if (value.equals(ABSENT)) {
      return false;
    }
    try {
      var _ = own.set(path, value);
      return true;
    } catch (InvalidConfigException | RestartNeededException | ChangeRefusedException e) {
      return false;
    }
  }

  private static void tell(EventLog events, Severity severity, String text, List<String> which) {
    if (!which.isEmpty()) {
      events.add(
          severity, "handover", "settings", text, Map.of("settings", String.join(" ", which)));
    }
  }
}
