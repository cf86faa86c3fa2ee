package dev.plumbline.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.limit.ByteBudget;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A message is what arrived, whatever was declared, and nothing is kept beyond cap and budget. */
final class MessageBufferTest {
  private static final int CAP = 1 << 20;
  private final ByteBudget budget = new ByteBudget(2L * CAP);
  private final MessageBuffer buffer = new MessageBuffer(CAP, budget);

  @ParameterizedTest
  @CsvSource({
    "0, 100000",
    "1, 100000",
    "100000, 100000",
    "200000, 100000",
    "50000, 100000",
    "1048576, 1048576",
    "4294967296, 1048576",
    "16384, 16385",
    "130000, 16385",
  })
  void keepsWhatArrivedWhateverWasDeclared(long declared, int size) {
    byte[] message = message(size);
    buffer.expect(declared);
    append(message, 1_000);
    assertThat(buffer.take()).isEqualTo(message);
  }

  @Test
  void theNextMessageIsNotWhatTheLastOneDeclared() {
    buffer.expect(CAP);
    append(message(10), 10);
    assertThat(buffer.take()).hasSize(10);
    byte[] next = message(300_000);
    append(next, 7_000);
    assertThat(buffer.take()).isEqualTo(next);
  }

  @Test
  void aMessageBeyondTheCapIsRefusedAndKeepsNothing() {
    buffer.expect(CAP);
    append(message(CAP), 5_000);
    assertThat(buffer.append(Unpooled.wrappedBuffer(new byte[1]), 1))
        .isEqualTo(MessageBuffer.Fit.TOO_LARGE);
    assertThat(buffer.size()).isZero();
    assertThat(budget.tryTake(2L * CAP)).isTrue();
  }

  @Test
  void aDeclaredSizeTakesNoneOfTheBudget() {
    buffer.expect(CAP);
    append(message(CAP / 2), 5_000);
    assertThat(budget.tryTake(2L * CAP - CAP / 2)).isTrue();
    assertThat(buffer.append(Unpooled.wrappedBuffer(new byte[1]), 1))
        .isEqualTo(MessageBuffer.Fit.NO_ROOM);
  }

  private void append(byte[] message, int part) {
    ByteBuf all = Unpooled.wrappedBuffer(message);
    while (all.isReadable()) {
      int length = Math.min(part, all.readableBytes());
      assertThat(buffer.append(all, length)).isEqualTo(MessageBuffer.Fit.FITS);
    }
  }

  private static byte[] message(int size) {
    byte[] message = new byte[size];
    new Random(size).nextBytes(message);
    return message;
  }
}
