package dev.plumbline.perf.gatling;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.bodyString;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.doIf;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.exitHereIfFailed;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.header;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.Assertion;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One user, one session: initialize, initialized, list the tools, call one, end the session.
 * Sessions begin at a constant rate whether or not earlier ones have ended (open model).
 */
public final class SessionJourney extends Simulation {
  /** Before the name of every request that only warms up. */
  static final String WARM_UP = "warm-up ";

  private static final String SESSION_HEADER = "Mcp-Session-Id";
  private static final String SESSION = "session";
  private static final String VERSION = "version";

  private final Settings settings = Settings.of(System.getenv());

  /** Sets the simulation up; Gatling runs it. */
  public SessionJourney() {
    List<Assertion> assertions = new ArrayList<>();
    assertions.add(global().failedRequests().percent().lte(settings.failedPercent()));
    for (String name : names()) {
      assertions.add(details(name).responseTime().percentile(99.0).lte(settings.p99Millis()));
    }
    Duration measured = Duration.ofSeconds(settings.seconds());
    var journey =
        scenario("session")
            .exec(journey(""))
            .injectOpen(constantUsersPerSec(settings.perSecond()).during(measured));
    if (settings.warmUpSeconds() > 0) {
      Duration warmUp = Duration.ofSeconds(settings.warmUpSeconds());
      journey =
          scenario("warm-up")
              .exec(journey(WARM_UP))
              .injectOpen(constantUsersPerSec(settings.perSecond()).during(warmUp))
              .andThen(journey);
    }
    setUp(journey).protocols(protocol()).assertions(assertions);
  }

  private List<String> names() {
    return settings.call().isEmpty()
        ? List.of("initialize", "tools/list")
        : List.of("initialize", "tools/list", "tools/call");
  }

  private HttpProtocolBuilder protocol() {
    HttpProtocolBuilder protocol =
        http.disableWarmUp()
            .disableFollowRedirect()
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream");
    for (var entry : settings.headers().entrySet()) {
      protocol = protocol.header(entry.getKey(), entry.getValue());
    }
    return protocol;
  }

  private ChainBuilder journey(String prefix) {
    String initialize =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\""
            + settings.revision()
            + "\",\"capabilities\":{},\"clientInfo\":{\"name\":\"plumbline\",\"version\":\"1\"}}}";
    HttpRequestActionBuilder open =
        post(prefix + "initialize", initialize)
            .check(status().is(200))
            .check(result(1))
            .check(header(SESSION_HEADER).optional().saveAs(SESSION))
            .check(bodyString().transform(body -> Answers.revision(body, 1)).saveAs(VERSION));
    ChainBuilder chain =
        exec(open)
            .exec(exitHereIfFailed())
            .exec(
                inSession(
                    post(
                            prefix + "initialized",
                            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}")
                        .check(status().in(200, 202, 204))))
            .exec(
                inSession(
                    post(
                            prefix + "tools/list",
                            "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}")
                        .check(status().is(200))
                        .check(result(2))));
    if (!settings.call().isEmpty()) {
      chain =
          chain.exec(
              inSession(
                  post(
                          prefix + "tools/call",
                          "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/call\",\"params\":"
                              + settings.call()
                              + "}")
                      .check(status().is(200))
                      .check(result(3))));
    }
    return chain.exec(
        doIf(session -> session.contains(SESSION))
            .then(
                exec(
                    inSession(
                        http(prefix + "delete")
                            .delete(settings.url())
                            .requestTimeout(Duration.ofMillis(settings.deadlineMillis()))
                            // 405: a server need not let clients end sessions.
                            .check(status().in(200, 202, 204, 405))))));
  }

  private HttpRequestActionBuilder post(String name, String body) {
    return http(name)
        .post(settings.url())
        .requestTimeout(Duration.ofMillis(settings.deadlineMillis()))
        // A function, so that nothing in the body is read as Gatling's expression language.
        .body(StringBody(session -> body));
  }

  private static HttpRequestActionBuilder inSession(HttpRequestActionBuilder request) {
    return request
        .header("MCP-Protocol-Version", "#{" + VERSION + "}")
        .sign(
            (sent, session) -> {
              String id = session.getString(SESSION);
              if (id != null) {
                sent.getHeaders().set(SESSION_HEADER, id);
              }
              return sent;
            });
  }

  /** The answer to this id is a result, in plain JSON or as an event. */
  private static io.gatling.javaapi.core.CheckBuilder.Final result(int id) {
    return bodyString().transform(body -> Answers.isResult(body, id)).is(true);
  }
}
