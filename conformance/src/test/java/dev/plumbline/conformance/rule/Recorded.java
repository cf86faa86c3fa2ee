package dev.plumbline.conformance.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.conformance.wire.Bytes;
import dev.plumbline.conformance.wire.End;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Header;
import dev.plumbline.conformance.wire.Inbound;
import dev.plumbline.conformance.wire.Line;
import dev.plumbline.conformance.wire.Outbound;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.conformance.wire.SseEvent;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.Finding;
import dev.plumbline.evidence.model.Transport;
import dev.plumbline.evidence.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Builds recordings by hand, as a target might have caused them, and has them judged. */
public final class Recorded {
  private static final int STATELESS_IDS = 501;
  private static final long ONE_SECOND = 1_000_000_000L;

  private final String clause;
  private final Transport transport;
  private final List<Exchange> exchanges = new ArrayList<>();
  private final Map<String, String> facts = new TreeMap<>();

  private Recorded(String clause, Transport transport) {
    this.clause = clause;
    this.transport = transport;
  }

  public static Recorded http(String clause) {
    return new Recorded(clause, Transport.HTTP);
  }

  public static Recorded stdio(String clause) {
    return new Recorded(clause, Transport.STDIO);
  }

  public Recorded fact(String name, String value) {
    facts.put(name, value);
    return this;
  }

  /** The handshake of a server with these capabilities. */
  public Recorded initialized(String capabilities) {
    sent("initialize", "initialize")
        .result(
            "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":"
                + capabilities
                + ",\"serverInfo\":{\"name\":\"s\",\"version\":\"1\"}}");
    return notified("initialized", "notifications/initialized").status(202, "");
  }

  /** A request without parameters. */
  public Sent sent(String label, String method) {
    return sent(label, method, "{}");
  }

  public Sent sent(String label, String method, String params) {
    return sent(label, method, params, String.valueOf(exchanges.size() + 1));
  }

  public Sent sent(String label, String method, String params, String id) {
    return new Sent(
        label,
        id,
        "{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"%s\",\"params\":%s}"
            .formatted(id, method, params));
  }

  /** Something sent without a message, such as a GET. */
  public Sent bodiless(String label) {
    return new Sent(label, "null", "");
  }

  /** This text instead of one message. */
  public Sent raw(String label, String text) {
    return new Sent(label, "null", text);
  }

  public Sent notified(String label, String method) {
    return new Sent(label, "null", "{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\"}");
  }

  /** Something sent and not yet answered. */
  public final class Sent {
    private final String label;
    private final String id;
    private final String message;
    private final List<Header> headers = new ArrayList<>();

    private Sent(String label, String id, String message) {
      this.label = label;
      this.id = id;
      this.message = message;
    }

    /** With a header field in the response. */
    public Sent header(String name, String value) {
      headers.add(new Header(name, value));
      return this;
    }

    public Recorded result(String result) {
      return result(200, result);
    }

    public Recorded result(int status, String result) {
      return message(status, "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":" + result + "}");
    }

    public Recorded error(int code) {
      return error(200, code, "");
    }

    public Recorded error(int status, int code) {
      return error(status, code, "");
    }

    public Recorded error(int status, int code, String more) {
      return message(
          status,
          "{\"jsonrpc\":\"2.0\",\"id\":%s,\"error\":{\"code\":%d,\"message\":\"m\"%s}}"
              .formatted(id, code, more));
    }

    public Recorded status(int status, String body) {
      return add(End.COMPLETE, response(status, "text/plain", body));
    }

    /** An event stream; each event is {@code id|data}, or {@code id|data|retry}. */
    public Recorded events(End end, String... events) {
      List<SseEvent> all = new ArrayList<>();
      for (String event : events) {
        String[] parts = event.split("\\|", -1);
        long retry = parts.length > 2 ? Long.parseLong(parts[2]) : -1;
        all.add(new SseEvent("", parts[0], parts[1], retry, 0));
      }
      List<Header> type = List.of(new Header("Content-Type", "text/event-stream"));
      return add(end, new Inbound.HttpResponse(200, "", type, Bytes.EMPTY, all));
    }

    public Recorded typed(int status, String contentType, String body, End end) {
      return add(end, response(status, contentType, body));
    }

    /** An event stream with these messages. */
    public Recorded said(End end, String... messages) {
      List<SseEvent> events = new ArrayList<>();
      for (String message : messages) {
        events.add(new SseEvent("", "", message, -1, ONE_SECOND));
      }
      List<Header> headers = List.of(new Header("Content-Type", "text/event-stream"));
      return add(end, new Inbound.HttpResponse(200, "", headers, Bytes.EMPTY, events));
    }

    /** A whole message, or several lines on stdio. */
    public Recorded message(int status, String message) {
      return transport == Transport.HTTP
          ? add(End.COMPLETE, response(status, "application/json", message))
          : lines(message.split("\n", -1));
    }

    public Recorded lines(String... lines) {
      List<Line> all = new ArrayList<>();
      for (String line : lines) {
        all.add(new Line(Bytes.text(line), 0));
      }
      return add(End.COMPLETE, new Inbound.Lines(all, Bytes.EMPTY));
    }

    /** Several lines, when everything before was over. */
    public Recorded later(String... lines) {
      return lines(lines).at(3, 4, 5);
    }

    /** One line of these bytes. */
    public Recorded raw(byte[] line) {
      return add(
          End.COMPLETE, new Inbound.Lines(List.of(new Line(Bytes.of(line), 0)), Bytes.EMPTY));
    }

    public Recorded late() {
      return add(End.TIMED_OUT, new Inbound.Nothing());
    }

    public Recorded closed() {
      return add(End.CLOSED, new Inbound.Nothing());
    }

    /** No connection could be made. */
    public Recorded unreached() {
      return add(End.CONNECT_FAILED, new Inbound.Nothing());
    }

    private Inbound response(int status, String type, String body) {
      List<Header> all = new ArrayList<>(headers);
      all.add(new Header("Content-Type", type));
      return new Inbound.HttpResponse(status, "", all, Bytes.text(body), List.of());
    }

    private Recorded add(End end, Inbound received) {
      Outbound sent =
          transport == Transport.HTTP
              ? new Outbound.HttpRequest("POST", "/mcp", List.of(), Bytes.text(message))
              : new Outbound.Line(Bytes.text(message));
      exchanges.add(
          new Exchange(label, transport, sent, received, end, 0, ONE_SECOND, 2 * ONE_SECOND));
      return Recorded.this;
    }
  }

  /** The last exchange was sent then, had its first byte then, and ended then, in seconds. */
  public Recorded at(long sent, long first, long end) {
    Exchange last = exchanges.removeLast();
    exchanges.add(
        new Exchange(
            last.label(),
            last.transport(),
            last.sent(),
            last.received(),
            last.end(),
            sent * ONE_SECOND,
            first * ONE_SECOND,
            end * ONE_SECOND));
    return this;
  }

  /** What the clause's own rule concludes. */
  public Verdict judged() {
    int number = Integer.parseInt(clause.substring(clause.indexOf('-') + 1));
    Era era = number >= STATELESS_IDS ? Era.STATELESS : Era.HANDSHAKE;
    Recording recording = new Recording(clause, era, transport, exchanges, facts);
    return Rules.all().stream()
        .filter(rule -> rule.clause().equals(clause))
        .findFirst()
        .orElseThrow()
        .judge()
        .apply(recording);
  }

  public void passes(long examined) {
    assertThat(judged()).isEqualTo(new Verdict.Pass(examined));
  }

  /** Fails with one finding of this summary, told in full. */
  public void fails(String summary) {
    assertThat(judged()).isInstanceOf(Verdict.Fail.class);
    List<Finding> findings = ((Verdict.Fail) judged()).findings();
    assertThat(findings).extracting(Finding::summary).containsExactly(summary);
    assertThat(findings)
        .allSatisfy(
            finding -> {
              assertThat(finding.expected()).isNotBlank();
              assertThat(finding.actual()).isNotBlank();
              assertThat(finding.fix()).isNotBlank();
              assertThat(finding.evidence())
                  .allMatch(
                      e ->
                          e.startsWith(
                              "raw/conformance/" + clause + "." + transport.id() + ".json#"));
            });
  }

  public void isNotObserved(String missing) {
    assertThat(judged()).isEqualTo(new Verdict.NotObserved(missing));
  }

  public void isNotApplicable(String reason) {
    assertThat(judged()).isEqualTo(new Verdict.NotApplicable(reason));
  }
}
