package dev.plumbline.perf.gatling;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.bodyString;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.responseTimeInMillis;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.header;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import java.nio.file.Path;
import java.time.Duration;

/**
 * One user, one call of a tool, in the stateless era; users arrive at a constant rate beyond what
 * the server can serve (open model). A refusal in the form the server owes is no failure.
 */
public final class OverloadSimulation extends Simulation {
  private static final String STATUS = "status";
  private static final String BODY = "body";
  private static final String WAIT = "wait";
  private static final String MILLIS = "millis";
  private static final String BEGAN = "began";
  private static final int OK = 200;
  private static final int TOO_MANY = 429;

  private final Settings settings = Settings.of(System.getenv());
  private final Book book =
      new Book(
          Path.of(settings.record()),
          Duration.ofSeconds(settings.settlingSeconds()),
          (int) settings.seconds());
  private final Pulse pulse = new Pulse(book::stood);

  /** Sets the simulation up; Gatling runs it. */
  public OverloadSimulation() {
    var load =
        scenario("overload")
            .exec(counted("", book))
            .injectOpen(
                constantUsersPerSec(settings.perSecond())
                    .during(Duration.ofSeconds(settings.settlingSeconds() + settings.seconds())));
    if (settings.warmUpSeconds() > 0) {
      load =
          scenario("warm-up")
              .exec(counted(SessionJourney.WARM_UP, Book.blank()))
              .injectOpen(
                  constantUsersPerSec(settings.perSecond())
                      .during(Duration.ofSeconds(settings.warmUpSeconds())))
              .andThen(load);
    }
    setUp(load).protocols(protocol());
  }

  private HttpProtocolBuilder protocol() {
    HttpProtocolBuilder protocol =
        http.disableWarmUp()
            .disableFollowRedirect()
            // A connection for every user would measure the making of connections.
            .shareConnections()
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream");
    for (var entry : settings.headers().entrySet()) {
      protocol = protocol.header(entry.getKey(), entry.getValue());
    }
    return protocol;
  }

  private ChainBuilder call(String prefix) {
    return exec(
        http(prefix + "tools/call")
            .post(settings.url())
            .requestTimeout(Duration.ofMillis(settings.deadlineMillis()))
            .body(StringBody(session -> body(id(session))))
            .check(status().in(OK, TOO_MANY))
            .check(status().saveAs(STATUS))
            .check(header("Retry-After").optional().saveAs(WAIT))
            .check(bodyString().saveAs(BODY))
            .check(responseTimeInMillis().saveAs(MILLIS)));
  }

  /** The same steps whether it counts or not: what is warmed up is what is measured. */
  private ChainBuilder counted(String prefix, Book book) {
    return exec(session -> {
          long now = System.nanoTime();
          book.begins(now);
          return session.set(BEGAN, now);
        })
        .exec(call(prefix))
        .exec(
            session -> {
              long began = session.getLong(BEGAN);
              if (session.contains(STATUS)) {
                book.ends(fate(session), began, millis(session));
              } else {
                book.ends(Fate.LOST, began, settings.deadlineMillis());
              }
              return session;
            });
  }

  private static Fate fate(Session session) {
    String body = session.contains(BODY) ? String.valueOf(session.getString(BODY)) : "";
    return Answers.fate(session.getInt(STATUS), session.contains(WAIT), body, id(session));
  }

  private int millis(Session session) {
    return session.contains(MILLIS) ? session.getInt(MILLIS) : settings.deadlineMillis();
  }

  private static int id(Session session) {
    return (int) (session.userId() % Integer.MAX_VALUE) + 1;
  }

  private String body(int id) {
    return "{\"jsonrpc\":\"2.0\",\"id\":"
        + id
        + ",\"method\":\"tools/call\",\"params\":"
        + settings.call()
        + "}";
  }

  @Override
  public void after() {
    pulse.close();
    book.close();
  }
}
