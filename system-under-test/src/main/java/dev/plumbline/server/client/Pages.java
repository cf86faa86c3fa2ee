package dev.plumbline.server.client;

import dev.plumbline.server.protocol.RpcException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Lists that come in pages; a cursor is opaque and goes back as it came. */
final class Pages {
  private static final int MAX_PAGES = 1_000;
  private static final int MAX_ENTRIES = 100_000;

  private final RoundTrips trips;

  Pages(RoundTrips trips) {
    this.trips = trips;
  }

  /** Every entry of every page. */
  List<JsonNode> all(String method, String member)
      throws RpcException, IOException, InterruptedException {
    List<JsonNode> entries = new ArrayList<>();
    ObjectNode params = JsonNodeFactory.instance.objectNode();
    for (int page = 0; page < MAX_PAGES && entries.size() <= MAX_ENTRIES; page++) {
      ObjectNode result = trips.complete(method, params, Map.of(), CallOptions.DEFAULT);
      JsonNode listed = result.path(member);
      if (!listed.isArray()) {
        throw new IOException("the answer to " + method + " holds no list of " + member);
      }
      listed.forEach(entries::add);
      JsonNode cursor = result.path("nextCursor");
      if (!cursor.isString()) {
        return entries;
      }
      params = JsonNodeFactory.instance.objectNode().put("cursor", cursor.stringValue());
    }
    throw new IOException("the list of " + member + " does not end");
  }
}
