package dev.plumbline.server.era;

import dev.plumbline.server.feature.ServerCard;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The form of every result of 2026-07-28 (basic/index, result responses; utilities/caching). */
final class StatelessShape implements ResultShape {
  private static final String TYPE = "resultType";
  private static final String COMPLETE = "complete";
  private static final String TTL = "ttlMs";

  /** Results with caching hints (server/utilities/caching, cacheable results). */
  private static final Set<String> CACHEABLE =
      Set.of(
          "server/discover",
          "tools/list",
          "prompts/list",
          "resources/list",
          "resources/templates/list",
          "resources/read");

  /** How long a client may keep a cacheable result; changes of lists are announced besides. */
  private static final int TTL_MILLIS = 60_000;

  private final ServerCard card;

  StatelessShape(ServerCard card) {
    this.card = card;
  }

  @Override
  public ObjectNode shape(String method, ObjectNode result) {
    if (!result.has(TYPE)) {
      result.put(TYPE, COMPLETE);
    }
    JsonNode meta = result.get("_meta");
    ObjectNode target = meta instanceof ObjectNode given ? given : result.putObject("_meta");
    target.set(Meta.SERVER_INFO, card.serverInfo());
    if (CACHEABLE.contains(method) && result.path(TYPE).asString().equals(COMPLETE)) {
      if (!result.has(TTL)) {
        result.put(TTL, TTL_MILLIS);
      }
      // Lists are the same for everyone; what a resource says may depend on who reads it.
      result.put("cacheScope", method.equals("resources/read") ? "private" : "public");
    }
    return result;
  }

  /** Marks a result as stale at once: it depends on more than the request's own parameters. */
  static ObjectNode stale(ObjectNode result) {
    return result.put(TTL, 0);
  }
}
