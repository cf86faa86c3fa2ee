package dev.plumbline.chaos.proxy;

import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Json;
import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A fault proxy driven by Toxiproxy's official Java client. */
final class DrivenProxy implements FaultProxy {
  private final Backend backend;
  private final InetSocketAddress api;
  private final ToxiproxyClient client;
  private final Runnable end;
  private final List<DrivenLink> links = new CopyOnWriteArrayList<>();

  /**
   * @param end ends whatever was started for it
   */
  DrivenProxy(Backend backend, InetSocketAddress api, Runnable end) {
    this.backend = backend;
    this.api = api;
    this.client = client(api);
    this.end = end;
  }

  private static ToxiproxyClient client(InetSocketAddress api) {
    return new ToxiproxyClient(host(api), api.getPort());
  }

  private static String text(InetSocketAddress address) {
    return host(address) + ":" + address.getPort();
  }

  /** Numeric when it is known: {@code localhost} may mean another listener on IPv6. */
  private static String host(InetSocketAddress address) {
    return address.isUnresolved()
        ? address.getHostString()
        : address.getAddress().getHostAddress().replaceFirst("^(.*:.*)$", "[$1]");
  }

  /** What {@code /version} says; fails when no proxy answers there. */
  static String version(InetSocketAddress api) throws HarnessException, InterruptedException {
    String text = ProxyCalls.bounded("tell its version at " + text(api), client(api)::version);
    try {
      // Old servers answer with the bare number, newer ones with an object.
      return text.startsWith("{") ? Json.parse(text).path("version").asString(text) : text.strip();
    } catch (IOException e) {
      throw new HarnessException("no Toxiproxy at " + text(api) + ": it says " + text.strip(), e);
    }
  }

  @Override
  public Backend backend() {
    return backend;
  }

  @Override
  public InetSocketAddress api() {
    return api;
  }

  @Override
  public FaultLink link(String name, InetSocketAddress upstream)
      throws HarnessException, InterruptedException {
    Proxy proxy =
        ProxyCalls.bounded(
            "create " + name,
            () -> {
              create(name, upstream);
              return client.getProxy(name);
            });
    DrivenLink link = new DrivenLink(client, proxy);
    links.add(link);
    return link;
  }

  /** The Java client can only create enabled proxies, so this one call is made without it. */
  private void create(String name, InetSocketAddress upstream)
      throws IOException, InterruptedException {
    String body =
        Json.mapper()
            .createObjectNode()
            .put("name", name)
            .put("listen", DrivenLink.anyAddress())
            .put("upstream", text(upstream))
            .put("enabled", false)
            .toString();
    URI uri = URI.create("http://" + text(api) + "/proxies");
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(uri)
                  .timeout(ProxyCalls.DEADLINE)
                  .POST(HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 201) {
        throw new IOException("[" + answer.statusCode() + "] " + answer.body());
      }
    }
  }

  @Override
  public void close() {
    links.forEach(DrivenLink::close);
    end.run();
  }
}
