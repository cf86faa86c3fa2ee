package dev.plumbline.chaos.embedded;

import dev.plumbline.evidence.model.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** All proxies by name. */
final class ProxyTable {
  /** Proxies beyond this are refused. */
  static final int MAX_PROXIES = 128;

  /** What populating gave: the proxies made so far, and what stopped it. */
  record Populated(List<ListeningProxy> proxies, @Nullable ApiException problem) {}

  private final Map<String, ListeningProxy> proxies = new LinkedHashMap<>();
  private final long seed;

  ProxyTable(long seed) {
    this.seed = seed;
  }

  synchronized ObjectNode json() {
    ObjectNode node = Json.mapper().createObjectNode();
    proxies.forEach((name, proxy) -> node.set(name, proxy.json()));
    return node;
  }

  synchronized ListeningProxy get(String name) throws ApiException {
    ListeningProxy proxy = proxies.get(name);
    if (proxy == null) {
      throw ApiException.proxyNotFound();
    }
    return proxy;
  }

  synchronized ListeningProxy create(JsonNode body) throws ApiException {
    ListeningProxy proxy = read(body, "");
    if (proxies.containsKey(proxy.name())) {
      throw ApiException.proxyAlreadyExists();
    }
    put(proxy, ToxicJson.truth(body, "enabled", true));
    return proxy;
  }

  synchronized Populated populate(JsonNode body) {
    List<ListeningProxy> made = new ArrayList<>();
    try {
      if (!body.isArray()) {
        throw ApiException.badBody("an array of proxies is expected");
      }
      int position = 0;
      for (JsonNode entry : body) {
        read(entry, " at proxy " + ++position); // all are checked before any is made
      }
      for (JsonNode entry : body) {
        made.add(addOrReplace(entry));
      }
      return new Populated(made, null);
    } catch (ApiException e) {
      return new Populated(made, e);
    }
  }

  synchronized void delete(String name) throws ApiException {
    get(name).stop();
    proxies.remove(name);
  }

  synchronized void reset() throws ApiException {
    for (ListeningProxy proxy : proxies.values()) {
      proxy.reset();
    }
  }

  synchronized void close() {
    proxies.values().forEach(ListeningProxy::stop);
    proxies.clear();
  }

  private ListeningProxy addOrReplace(JsonNode entry) throws ApiException {
    ListeningProxy proxy = read(entry, "");
    ListeningProxy existing = proxies.get(proxy.name());
    if (existing != null) {
      if (existing.listen().equals(proxy.listen())
          && existing.upstream().equals(proxy.upstream())) {
        return existing;
      }
      existing.stop();
    }
    put(proxy, ToxicJson.truth(entry, "enabled", true));
    return proxy;
  }

  private void put(ListeningProxy proxy, boolean enabled) throws ApiException {
    if (proxies.size() >= MAX_PROXIES && !proxies.containsKey(proxy.name())) {
      throw ApiException.failed("too many proxies: " + MAX_PROXIES);
    }
    if (enabled) {
      proxy.start();
    }
    proxies.put(proxy.name(), proxy);
  }

  private ListeningProxy read(JsonNode body, String where) throws ApiException {
    if (!body.isObject()) {
      throw ApiException.badBody("an object is expected");
    }
    String name = ToxicJson.text(body, "name", "");
    String upstream = ToxicJson.text(body, "upstream", "");
    if (name.isEmpty()) {
      throw ApiException.missingField("name" + where);
    }
    if (upstream.isEmpty()) {
      throw ApiException.missingField("upstream" + where);
    }
    return new ListeningProxy(name, ToxicJson.text(body, "listen", ":0"), upstream, seed);
  }
}
