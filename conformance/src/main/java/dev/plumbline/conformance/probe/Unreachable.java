package dev.plumbline.conformance.probe;

import dev.plumbline.conformance.target.Target;
import dev.plumbline.conformance.wire.ChildProcess;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Inbound;
import dev.plumbline.conformance.wire.Line;
import dev.plumbline.evidence.model.TargetException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Says in one line why a target cannot be judged, and what to do about it. */
final class Unreachable {
  private static final Duration EXIT_GRACE = Duration.ofMillis(500);

  private Unreachable() {}

  /** Over HTTP, from what was seen last. */
  static TargetException http(Target target, Exchange exchange) {
    String url = target.address();
    String text =
        switch (exchange.end()) {
          case CONNECT_FAILED ->
              "cannot reach "
                  + url
                  + ": "
                  + (exchange.received() instanceof Inbound.Unparsed u ? u.problem() : "no answer")
                  + "; check that the server runs and the address is right";
          case TIMED_OUT ->
              url
                  + " accepts connections but did not answer within "
                  + seconds(exchange)
                  + " s; check that it is an MCP endpoint and not overloaded";
          case CLOSED ->
              url
                  + " closes the connection without an answer; check that it is an MCP endpoint"
                  + " and that http / https is right";
          case MALFORMED ->
              url
                  + " does not speak HTTP/1.1 ("
                  + Survey.oneLine(exchange.receivedText())
                  + "); check port and http / https";
          case COMPLETE -> answered(url, exchange);
        };
    return new TargetException(target.redactor().text(text));
  }

  private static String answered(String url, Exchange exchange) {
    int status = exchange.status().orElse(0);
    String type = exchange.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    String body =
        exchange.received() instanceof Inbound.HttpResponse r ? r.body().text().strip() : "";
    if (status == 401 || status == 403) {
      return url
          + " answers "
          + status
          + "; give credentials with --header 'Authorization: Bearer ${TOKEN}'";
    }
    if (status >= 300 && status < 400) {
      return url
          + " redirects to "
          + exchange.header("Location").orElse("somewhere else")
          + "; give that URL if you trust it";
    }
    if (exchange.error().isPresent()) {
      return url
          + " answers initialize with an error: "
          + Survey.oneLine(exchange.error().get().toString())
          + "; it cannot be judged before it initializes";
    }
    if (type.startsWith("text/html") || body.startsWith("<")) {
      return url + " is a web page, not MCP; give the MCP endpoint, which often ends in /mcp";
    }
    if (status == 404 || status == 405) {
      return url
          + " answers "
          + status
          + ": there is no MCP endpoint at this path; it often ends in /mcp";
    }
    return url
        + " does not answer initialize as MCP asks (status "
        + status
        + (body.isEmpty() ? ", empty body" : ", " + Survey.oneLine(body))
        + "); check the URL";
  }

  /** Over stdio, from all that was seen, the last at the end, and how the process ended. */
  static TargetException stdio(Target target, List<Exchange> seen, ChildProcess child)
      throws InterruptedException {
    Exchange exchange = seen.getLast();
    String command = "the command " + Survey.oneLine(target.address());
    Optional<Line> garbage =
        seen.stream()
            .flatMap(
                e -> e.received() instanceof Inbound.Lines l ? l.lines().stream() : Stream.of())
            .filter(line -> line.json().isEmpty())
            .findFirst();
    boolean ended =
        child.awaitEnd(
            exchange.end() == dev.plumbline.conformance.wire.End.CLOSED
                ? EXIT_GRACE
                : Duration.ZERO);
    if (ended) {
      String said =
          seen.stream()
              .flatMap(Unreachable::stderrLines)
              .reduce((a, b) -> b)
              .or(() -> garbage.map(g -> g.bytes().text()))
              .map(line -> ": " + Survey.oneLine(line))
              .orElse(" and said nothing on stderr");
      return new TargetException(
          command + " ended with exit code " + child.exitCode().orElse(-1) + said);
    }
    if (exchange.error().isPresent()) {
      return new TargetException(
          command
              + " answers initialize with an error: "
              + Survey.oneLine(exchange.error().get().toString()));
    }
    if (garbage.isPresent()) {
      return new TargetException(
          command
              + " prints lines on stdout that are not MCP, the first is '"
              + Survey.oneLine(garbage.get().bytes().text())
              + "', and does not answer; start it in stdio mode and log to stderr");
    }
    return switch (exchange.end()) {
      case CLOSED ->
          new TargetException(
              command + " closed its stdout before it answered; is it an MCP server?");
      case TIMED_OUT, COMPLETE, CONNECT_FAILED, MALFORMED ->
          new TargetException(
              command
                  + " did not answer initialize within "
                  + seconds(exchange)
                  + " s; check that it is an MCP server in stdio mode");
    };
  }

  private static Stream<String> stderrLines(Exchange exchange) {
    return exchange.received() instanceof Inbound.Lines lines
        ? lines.stderr().text().lines().filter(line -> !line.isBlank())
        : Stream.of();
  }

  private static long seconds(Exchange exchange) {
    return Math.max(1, (exchange.endNanos() - exchange.sentNanos()) / 1_000_000_000);
  }
}
