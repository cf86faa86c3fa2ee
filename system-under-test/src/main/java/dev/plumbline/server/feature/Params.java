package dev.plumbline.server.feature;

import dev.plumbline.server.protocol.RpcException;
import dev.plumbline.server.uri.Uri;
import dev.plumbline.server.uri.UriRefusedException;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Reads parameters of methods; what does not fit is an invalid-params error. */
public final class Params {
  private Params() {}

  /** A member that must be a string. */
  public static String text(JsonNode params, String member) throws RpcException {
    JsonNode value = params.path(member);
    if (!value.isString()) {
      throw RpcException.invalidParams(member + " must be a string");
    }
    return value.stringValue();
  }

  /**
   * The member {@code uri}, in its one form (2025-11-25 and 2026-07-28 server/resources, security
   * considerations: all URIs are validated).
   */
  public static Uri uri(JsonNode params) throws RpcException {
    try {
      return Uri.parse(text(params, "uri"));
    } catch (UriRefusedException e) {
      throw RpcException.invalidParams("uri cannot be used: " + e.getMessage());
    }
  }

  /** An object whose values are strings; a missing one is empty. */
  static Map<String, String> strings(JsonNode given, String what) throws RpcException {
    if (!given.isMissingNode() && !given.isObject()) {
      throw RpcException.invalidParams(what + " must be an object");
    }
    Map<String, String> strings = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : given.properties()) {
      if (!member.getValue().isString()) {
        throw RpcException.invalidParams("argument " + member.getKey() + " must be a string");
      }
      strings.put(member.getKey(), member.getValue().stringValue());
    }
    return strings;
  }
}
