package dev.plumbline.server.bench;

import dev.plumbline.server.ServerContext;
import dev.plumbline.server.ServerCore;
import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.era.Answer;
import dev.plumbline.server.era.EventSink;
import dev.plumbline.server.era.HeaderView;
import dev.plumbline.server.era.Inbound;
import dev.plumbline.server.era.Lease;
import dev.plumbline.server.era.Peer;
import dev.plumbline.server.era.Wire;
import dev.plumbline.server.feature.ServerCard;
import dev.plumbline.server.fixture.DemoCatalog;
import dev.plumbline.server.observe.trace.Tracing;
import dev.plumbline.server.support.Requests;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** From the bytes of a request to the bytes of its answer, without a wire and without threads. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DispatchBenchmark {
  private static final long FIRST_ID = 1_000_000_000L;

  private final ServerCore core;
  private final HeaderView stateless =
      Calls.headers(
          Map.of(
              Inbound.VERSION_HEADER,
              "2026-07-28",
              "Mcp-Method",
              "tools/call",
              "Mcp-Name",
              "echo"));
  private HeaderView session = HeaderView.NONE;
  private long id = FIRST_ID;

  /** Nothing is traced. */
  public DispatchBenchmark() {
    this(Tracing.off());
  }

  /** With these traces. */
  DispatchBenchmark(Tracing tracing) {
    this.core =
        new ServerCore(
            DemoCatalog.server(new ServerCard("bench", "Bench", "1", "For benchmarks.")),
            ServerContext.of(ServerConfig.standard().withoutRate()).with(tracing),
            UnaryOperator.identity());
  }

  /** Opens the session. */
  @Setup
  public void open() {
    byte[] initialize = Requests.initialize("2025-11-25").getBytes(StandardCharsets.UTF_8);
    String name =
        Objects.requireNonNull(
            ask(HeaderView.NONE, initialize).headers().get(Inbound.SESSION_HEADER));
    session =
        Calls.headers(Map.of(Inbound.SESSION_HEADER, name, Inbound.VERSION_HEADER, "2025-11-25"));
    ask(session, Requests.INITIALIZED.getBytes(StandardCharsets.UTF_8));
    refuseFailures(inSession());
    refuseFailures(stateless());
  }

  /** Lets go of the server. */
  @TearDown
  public void close() {
    core.close();
  }

  /** In a session of 2025-11-25. */
  @Benchmark
  public byte[] inSession() {
    return ask(session, Calls.request(id++, Calls.ECHO)).bytes();
  }

  /** As 2026-07-28 has it. */
  @Benchmark
  public byte[] stateless() {
    return ask(stateless, Calls.request(id++, Calls.ECHO + "," + Requests.META)).bytes();
  }

  private Answer ask(HeaderView headers, byte[] message) {
    Inbound in = new Inbound(Wire.HTTP, headers, new Peer(), EventSink.NONE, Lease.UNBOUNDED);
    return core.endpoint().answer(in, core.endpoint().decode(message));
  }

  private static void refuseFailures(byte[] answer) {
    String text = new String(answer, StandardCharsets.UTF_8);
    if (!text.contains("\"isError\":false")) {
      throw new IllegalStateException("a failure would be measured: " + text);
    }
  }
}
