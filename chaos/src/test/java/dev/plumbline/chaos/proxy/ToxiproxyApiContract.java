package dev.plumbline.chaos.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.evidence.model.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What Toxiproxy's HTTP API answers, to good requests and to bad ones. */
abstract class ToxiproxyApiContract extends FaultProxyContract {
  private final HttpClient http = HttpClient.newHttpClient();

  private HttpResponse<String> ask(String method, String path, String body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(
                URI.create("http://" + api().getHostString() + ":" + api().getPort() + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private JsonNode json(String method, String path, String body) throws Exception {
    return Json.parse(ask(method, path, body).body());
  }

  private void refuses(String method, String path, String body, int status, String error)
      throws Exception {
    HttpResponse<String> answer = ask(method, path, body);
    assertThat(answer.statusCode()).as(method + " " + path + " " + body).isEqualTo(status);
    JsonNode node = Json.parse(answer.body());
    assertThat(node.path("status").intValue()).isEqualTo(status);
    assertThat(node.path("error").stringValue()).startsWith(error);
  }

  @BeforeEach
  void makeTheProxyOfTheTest() throws Exception {
    ask("DELETE", "/proxies/contract", "");
    String body =
        "{\"name\":\"contract\",\"listen\":\"127.0.0.1:0\","
            + "\"upstream\":\"127.0.0.1:9\",\"enabled\":false}";
    assertThat(ask("POST", "/proxies", body).statusCode()).isEqualTo(201);
  }

  @Test
  void showsProxiesWithTheirToxics() throws Exception {
    ask(
        "POST",
        "/proxies/contract/toxics",
        "{\"type\":\"latency\",\"attributes\":{\"latency\":7}}");
    JsonNode proxy = json("GET", "/proxies/contract", "");
    assertThat(proxy.path("name").stringValue()).isEqualTo("contract");
    assertThat(proxy.path("enabled").booleanValue()).isFalse();
    assertThat(proxy.path("upstream").stringValue()).isEqualTo("127.0.0.1:9");
    assertThat(proxy.path("toxics").get(0))
        .isEqualTo(
            Json.parse(
                "{\"attributes\":{\"latency\":7,\"jitter\":0},\"name\":\"latency_downstream\","
                    + "\"type\":\"latency\",\"stream\":\"downstream\",\"toxicity\":1}"));
    assertThat(json("GET", "/proxies", "").path("contract")).isEqualTo(proxy);
  }

  @Test
  void keepsWhatAnUpdateLeavesOut() throws Exception {
    ask(
        "POST",
        "/proxies/contract/toxics",
        "{\"name\":\"s\",\"type\":\"slicer\",\"stream\":\"upstream\",\"toxicity\":0.5,"
            + "\"attributes\":{\"average_size\":3}}");
    JsonNode updated =
        json("PATCH", "/proxies/contract/toxics/s", "{\"attributes\":{\"delay\":7}}");
    assertThat(updated.path("attributes").path("average_size").intValue()).isEqualTo(3);
    assertThat(updated.path("attributes").path("delay").intValue()).isEqualTo(7);
    assertThat(updated.path("toxicity").doubleValue()).isEqualTo(0.5);
    assertThat(json("GET", "/proxies/contract/toxics/s", "")).isEqualTo(updated);
    assertThat(ask("DELETE", "/proxies/contract/toxics/s", "").statusCode()).isEqualTo(204);
    assertThat(json("GET", "/proxies/contract/toxics", "").size()).isZero();
  }

  @Test
  void givesAnEnabledProxyAPortAndKeepsIt() throws Exception {
    JsonNode enabled = json("POST", "/proxies/contract", "{\"enabled\":true}");
    assertThat(enabled.path("listen").stringValue())
        .startsWith("127.0.0.1:")
        .isNotEqualTo("127.0.0.1:0");
    ask("PATCH", "/proxies/contract", "{\"enabled\":false}");
    assertThat(json("PATCH", "/proxies/contract", "{\"enabled\":true}")).isEqualTo(enabled);
  }

  @Test
  void refusesBadRequestsWithToxiproxysWords() throws Exception {
    String one = "{\"name\":\"contract\",\"upstream\":\"127.0.0.1:9\"}";
    refuses("POST", "/proxies", one, 409, "proxy already exists");
    refuses("POST", "/proxies", "{\"upstream\":\"x:1\"}", 400, "missing required field: name");
    refuses("POST", "/proxies", "{\"name\":\"x\"}", 400, "missing required field: upstream");
    refuses("POST", "/proxies", "nope", 400, "bad request body: ");
    refuses("GET", "/proxies/unknown", "", 404, "proxy not found");
    refuses("DELETE", "/proxies/unknown", "", 404, "proxy not found");
    refuses("GET", "/proxies/unknown/toxics", "", 404, "proxy not found");
    String toxics = "/proxies/contract/toxics";
    refuses("GET", toxics + "/unknown", "", 404, "toxic not found");
    refuses("DELETE", toxics + "/unknown", "", 404, "toxic not found");
    refuses("POST", toxics, "{\"type\":\"zzz\"}", 400, "invalid toxic type");
    refuses("POST", toxics, "{\"type\":\"latency\",\"stream\":\"up\"}", 400, "stream was invalid");
    refuses(
        "POST",
        toxics,
        "{\"type\":\"latency\",\"attributes\":{\"latency\":\"x\"}}",
        400,
        "bad request body: ");
    ask("POST", toxics, "{\"type\":\"timeout\"}");
    refuses("POST", toxics, "{\"type\":\"timeout\"}", 409, "toxic already exists");
  }

  @Test
  void refusesUnknownPathsAndMethods() throws Exception {
    assertThat(ask("GET", "/nope", "").statusCode()).isEqualTo(404);
    assertThat(ask("PUT", "/proxies", "").statusCode()).isEqualTo(405);
  }

  @Test
  void refusesBrowsers() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://" + api().getHostString() + ":" + api().getPort() + "/version"))
            .header("User-Agent", "Mozilla/5.0")
            .build();
    assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(403);
  }

  @Test
  void populatesSeveralProxiesOrNone() throws Exception {
    String good =
        "[{\"name\":\"p\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"127.0.0.1:9\"},"
            + "{\"name\":\"q\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"127.0.0.1:9\","
            + "\"enabled\":false}]";
    HttpResponse<String> answer = ask("POST", "/populate", good);
    assertThat(answer.statusCode()).isEqualTo(201);
    JsonNode proxies = Json.parse(answer.body()).path("proxies");
    assertThat(proxies.get(0).path("enabled").booleanValue()).isTrue();
    assertThat(proxies.get(1).path("enabled").booleanValue()).isFalse();
    refuses("POST", "/populate", "[{\"name\":\"r\"}]", 400, "missing required field: upstream at");
    ask("DELETE", "/proxies/p", "");
    ask("DELETE", "/proxies/q", "");
  }

  @Test
  void resetsToEnabledProxiesWithoutToxics() throws Exception {
    ask("POST", "/proxies/contract/toxics", "{\"type\":\"timeout\"}");
    assertThat(ask("POST", "/reset", "").statusCode()).isEqualTo(204);
    JsonNode proxy = json("GET", "/proxies/contract", "");
    assertThat(proxy.path("enabled").booleanValue()).isTrue();
    assertThat(proxy.path("toxics").size()).isZero();
  }
}
