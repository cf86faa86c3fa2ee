package dev.plumbline.server.bench;

import dev.plumbline.server.transport.HeadRule;
import dev.plumbline.server.transport.HeadRules;
import dev.plumbline.server.transport.RequestHead;
import dev.plumbline.server.uri.Uri;
import dev.plumbline.server.uri.UriRefusedException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What it costs to look at a request before it is believed. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GuardBenchmark {
  private static final String ORDINARY = "file:///srv/data/reports/2026/11/summary-of-november.txt";
  private static final String HOSTILE = "file:///srv/data/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd";

  private final List<HeadRule> rules = HeadRules.standard();
  private final RequestHead head = head("http://localhost:8931");
  private final RequestHead foreign = head("https://attacker.example");

  private static RequestHead head(String origin) {
    Map<String, String> fields =
        Map.of(
            "Host",
            "localhost:8931",
            "Origin",
            origin,
            "Content-Type",
            "application/json",
            "Accept",
            "application/json, text/event-stream");
    return new RequestHead("POST", HeadRules.ENDPOINT_PATH, "HTTP/1.1", Calls.headers(fields), 40);
  }

  /** What is measured is what it is called. */
  @Setup
  public void refuseFailures() {
    if (!uri().equals(ORDINARY) || hostileUri() || !head() || foreignHead()) {
      throw new IllegalStateException("a failure would be measured");
    }
  }

  /** An ordinary URI in its one form. */
  @Benchmark
  public String uri() {
    return Uri.key(ORDINARY);
  }

  /** One that climbs out of its folder. */
  @Benchmark
  public boolean hostileUri() {
    try {
      return Uri.parse(HOSTILE).isFile();
    } catch (UriRefusedException e) {
      return false;
    }
  }

  /** The head of an ordinary request against every rule. */
  @Benchmark
  public boolean head() {
    return passes(head);
  }

  /** One that comes from a foreign page. */
  @Benchmark
  public boolean foreignHead() {
    return passes(foreign);
  }

  private boolean passes(RequestHead checked) {
    for (HeadRule rule : rules) {
      if (rule.check().refusal(checked).isPresent()) {
        return false;
      }
    }
    return true;
  }
}
