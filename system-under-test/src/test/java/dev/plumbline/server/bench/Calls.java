package dev.plumbline.server.bench;

import dev.plumbline.server.era.HeaderView;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The call that everything here measures: the tool echo with a short text. */
final class Calls {
  static final String ECHO = "\"name\":\"echo\",\"arguments\":{\"text\":\"measured, not claimed\"}";

  private Calls() {}

  /** A call as bytes. */
  static byte[] request(long id, String params) {
    return ("{\"jsonrpc\":\"2.0\",\"id\":"
            + id
            + ",\"method\":\"tools/call\",\"params\":{"
            + params
            + "}}")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Header fields by name, whatever its case. */
  static HeaderView headers(Map<String, String> fields) {
    Map<String, List<String>> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    fields.forEach((name, value) -> values.put(name, List.of(value)));
    return name -> values.getOrDefault(name, List.of());
  }
}
