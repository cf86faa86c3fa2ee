package dev.plumbline.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StrictRequestDecoderTest {
  private boolean answering;
  private final EmbeddedChannel channel =
      new EmbeddedChannel(new StrictRequestDecoder(Duration.ofSeconds(5), () -> answering));

  private void send(String text) {
    channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    channel.releaseInbound();
  }

  private void pass(int seconds) {
    channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
  }

  @Test
  void closesAConnectionWhoseHeadTricklesIn() {
    channel.freezeTime();
    send("POST /mcp HT");
    pass(3);
    send("TP/1.1\r\nHost: x");
    assertThat(channel.isOpen()).isTrue();
    pass(2);
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void keepsAConnectionWhoseHeadIsComplete() {
    channel.freezeTime();
    send("GET /mcp HTTP/1.1\r\nHost: ");
    send("x\r\n\r\n");
    pass(60);
    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void aStrayLineEndAfterARequestDoesNotCutOffItsAnswer() {
    channel.freezeTime();
    answering = true;
    send("GET /mcp HTTP/1.1\r\nHost: x\r\n\r\n\r\n");
    pass(60);
    assertThat(channel.isOpen()).isTrue();
  }
}
