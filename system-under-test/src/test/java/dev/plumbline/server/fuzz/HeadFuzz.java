package dev.plumbline.server.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.transport.StrictRequestDecoder;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Any bytes are requests or are refused, and where the network cuts them makes no difference: two
 * readings of the same bytes are how requests are smuggled.
 */
public final class HeadFuzz {
  private static final Duration PATIENT = Duration.ofMinutes(1);
  private static final String BROKEN = "broken";

  private HeadFuzz() {}

  /** One input; its first byte says where the rest is cut. */
  public static void fuzzerTestOneInput(byte[] data) {
    if (data.length < 2) {
      return;
    }
    byte[] bytes = Arrays.copyOfRange(data, 1, data.length);
    int cut = Byte.toUnsignedInt(data[0]) % bytes.length;
    List<String> whole = read(List.of(bytes));
    List<String> parts =
        read(List.of(Arrays.copyOf(bytes, cut), Arrays.copyOfRange(bytes, cut, bytes.length)));
    if (whole.contains(BROKEN) && parts.contains(BROKEN)) {
      // What came whole before it is read or given up with it; never as something else.
      int same = Math.min(whole.size(), parts.size()) - 1;
      assertThat(parts.subList(0, same)).isEqualTo(whole.subList(0, same));
    } else {
      assertThat(parts).isEqualTo(whole);
    }
  }

  /** What came of them: heads and the bytes of bodies, or heads until something was broken. */
  private static List<String> read(List<byte[]> parts) {
    EmbeddedChannel channel = new EmbeddedChannel(new StrictRequestDecoder(PATIENT, () -> false));
    List<String> seen = new ArrayList<>();
    StringBuilder body = new StringBuilder();
    for (byte[] part : parts) {
      channel.writeInbound(Unpooled.wrappedBuffer(part));
      for (Object next = channel.readInbound(); next != null; next = channel.readInbound()) {
        if (next instanceof HttpObject object && object.decoderResult().isFailure()) {
          // Whoever reads this closes the connection.
          ReferenceCountUtil.release(next);
          channel.finishAndReleaseAll();
          seen.add(BROKEN);
          return seen;
        }
        if (next instanceof HttpRequest request) {
          seen.add(request.method() + " " + request.uri() + " " + request.headers().entries());
        }
        if (next instanceof HttpContent content) {
          body.append(content.content().toString(StandardCharsets.ISO_8859_1));
        }
        ReferenceCountUtil.release(next);
      }
    }
    channel.finishAndReleaseAll();
    seen.add(body.toString());
    return seen;
  }
}
