package dev.plumbline.server.era;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The reserved {@code _meta} keys of the stateless era (2026-07-28 basic, _meta). */
public final class Meta {
  /** The revision of the request. */
  public static final String PROTOCOL_VERSION = "io.modelcontextprotocol/protocolVersion";

  /** What the client can do. */
  public static final String CLIENT_CAPABILITIES = "io.modelcontextprotocol/clientCapabilities";

  /** Who the client is. */
  public static final String CLIENT_INFO = "io.modelcontextprotocol/clientInfo";

  /** The least severe log message the client wants to hear of. */
  public static final String LOG_LEVEL = "io.modelcontextprotocol/logLevel";

  /** Which request opened the subscription a message belongs to. */
  public static final String SUBSCRIPTION_ID = "io.modelcontextprotocol/subscriptionId";

  /** Who we are. */
  public static final String SERVER_INFO = "io.modelcontextprotocol/serverInfo";

  private Meta() {}

  /** A field of the {@code _meta} object of the parameters, or null. */
  public static @Nullable JsonNode field(ObjectNode params, String key) {
    JsonNode meta = params.get("_meta");
    return meta == null ? null : meta.get(key);
  }

  /** The revision the parameters name, or null when it is missing or not a string. */
  public static @Nullable String version(ObjectNode params) {
    JsonNode version = field(params, PROTOCOL_VERSION);
    return version == null || !version.isString() ? null : version.stringValue();
  }
}
