package dev.plumbline.server.bench;

import dev.plumbline.server.ServerContext;
import dev.plumbline.server.config.Roles;
import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.era.Answer;
import dev.plumbline.server.era.Endpoint;
import dev.plumbline.server.limit.CircuitBreaker;
import dev.plumbline.server.limit.Clocks;
import dev.plumbline.server.limit.RateGate;
import dev.plumbline.server.limit.RateSlot;
import dev.plumbline.server.limit.Refusal;
import dev.plumbline.server.limit.Restraint;
import dev.plumbline.server.limit.RolePermits;
import dev.plumbline.server.machine.Machines;
import dev.plumbline.server.protocol.RequestScan;
import dev.plumbline.server.protocol.StrictDecoder;
import dev.plumbline.server.support.Requests;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What the limits cost a request that is taken on, and one that is not. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LimitBenchmark {
  private static final int SCANNED_BYTES = 65_536;

  private final ServerContext context =
      ServerContext.of(ServerConfig.standard().withCap("none", 0));
  private final Restraint restraint =
      new Restraint(
          context.config(),
          context.telemetry(),
          Clocks.of(System::nanoTime),
          Machines.unobserved(System::nanoTime));
  private final RolePermits permits = restraint.roles().role(Roles.TRANSPORT);
  private final RolePermits full = restraint.roles().role("none");
  private final CircuitBreaker open = restraint.breakers().named("bench");
  private final RateGate gate = restraint.rates().of(new RateSlot());
  private final StrictDecoder decoder = new StrictDecoder();
  private final byte[] small =
      Requests.modern("7", "tools/call", "\"name\":\"echo\",\"arguments\":{\"text\":\"hello\"}")
          .getBytes(StandardCharsets.UTF_8);
  private final byte[] large =
      Requests.modern(
              "7",
              "tools/call",
              "\"name\":\"echo\",\"arguments\":{\"text\":\"" + "x".repeat(4_096) + "\"}")
          .getBytes(StandardCharsets.UTF_8);

  /** Opens the breaker. */
  @Setup
  public void forceOpen() {
    open.forceOpen();
  }

  /** Ends the monitor's thread. */
  @TearDown
  public void close() {
    restraint.close();
  }

  /** A request that is taken on: its permit, both ways. */
  @Benchmark
  public boolean takeAndGiveBack() {
    boolean taken = permits.tryTake();
    permits.giveBack();
    return taken;
  }

  /** The permit alone of a request that is refused. */
  @Benchmark
  public boolean refuse() {
    return full.tryTake();
  }

  /** A call behind an open breaker. */
  @Benchmark
  public boolean refuseOpen() {
    return open.tryCall().isPresent();
  }

  /** One look at a rate. */
  @Benchmark
  public boolean rate() {
    return gate.look().isEmpty();
  }

  /** From the bytes of a request to the bytes of its refusal, as it is done. */
  @Benchmark
  public byte[] refusalScanned() {
    return answer(RequestScan.of(small, SCANNED_BYTES), full.refusal());
  }

  /** The same for a request of 4 KiB. */
  @Benchmark
  public byte[] refusalScannedLarge() {
    return answer(RequestScan.of(large, SCANNED_BYTES), full.refusal());
  }

  private static byte[] answer(RequestScan scan, Refusal refusal) {
    return Answer.refused(scan.id(), refusal.error()).bytes();
  }

  /** The same with the request decoded first, as it was done. */
  @Benchmark
  public byte[] refusalDecoded() {
    return Answer.refused(Endpoint.idOf(decoder.decode(small)), full.refusal().error()).bytes();
  }

  /** The same for a request of 4 KiB. */
  @Benchmark
  public byte[] refusalDecodedLarge() {
    return Answer.refused(Endpoint.idOf(decoder.decode(large)), full.refusal().error()).bytes();
  }
}
