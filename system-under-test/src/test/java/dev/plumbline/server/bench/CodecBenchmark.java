package dev.plumbline.server.bench;

import dev.plumbline.server.protocol.Decoded;
import dev.plumbline.server.protocol.Encoder;
import dev.plumbline.server.protocol.Reply;
import dev.plumbline.server.protocol.RequestId;
import dev.plumbline.server.protocol.StrictDecoder;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** From bytes to a message, and from a result to bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {
  private final StrictDecoder decoder = new StrictDecoder();
  private final byte[] request = Calls.request(1_000_000_001L, Calls.ECHO);
  private final RequestId id = new RequestId.Whole("1000000001");
  private final Reply reply = new Reply.Result(result());

  private static ObjectNode result() {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    result.putArray("content").addObject().put("type", "text").put("text", "measured, not claimed");
    return result.put("isError", false);
  }

  /** A tools/call of about 120 bytes. */
  @Benchmark
  public Decoded decode() {
    return decoder.decode(request);
  }

  /** Its answer. */
  @Benchmark
  public byte[] encode() {
    return Encoder.encode(id, reply);
  }
}
