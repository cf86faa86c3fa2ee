package dev.plumbline.server.control.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.control.port.Seats.Seat;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SeatsTest {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 2);
  private final Seats seats = new Seats(3, now::incrementAndGet);
  private final EmbeddedChannel first = new EmbeddedChannel();
  private final EmbeddedChannel second = new EmbeddedChannel();
  private final EmbeddedChannel third = new EmbeddedChannel();
  private final EmbeddedChannel fourth = new EmbeddedChannel();
  private final Seat one = seats.take(first).orElseThrow();
  private final Seat two = seats.take(second).orElseThrow();
  private final Seat three = seats.take(third).orElseThrow();

  @Test
  void whoeverWaitedLongestGivesWay() {
    one.idle();
    assertThat(seats.take(fourth)).isPresent();
    assertThat(second.isOpen()).isFalse();
    assertThat(first.isOpen() && third.isOpen() && fourth.isOpen()).isTrue();
  }

  @Test
  void strangersGoBeforeWhoShowedTheToken() {
    one.recognized();
    two.recognized();
    assertThat(seats.take(fourth)).isPresent();
    assertThat(third.isOpen()).isFalse();
  }

  @Test
  void whoShowedTheTokenGoesBeforeHalfARequestDoes() {
    one.reading();
    two.recognized();
    three.answering();
    assertThat(seats.take(fourth)).isPresent();
    assertThat(second.isOpen()).isFalse();
    assertThat(seats.take(new EmbeddedChannel())).isPresent();
    assertThat(fourth.isOpen()).as("the stranger that does nothing").isFalse();
  }

  @Test
  void nobodyIsCutOffWhileItIsAnswered() {
    one.answering();
    two.answering();
    three.answering();
    assertThat(seats.take(fourth)).isEmpty();
    assertThat(first.isOpen() && second.isOpen() && third.isOpen()).isTrue();
  }

  @Test
  void aConnectionThatClosedLeavesItsSeat() {
    one.answering();
    two.answering();
    three.answering();
    assertThat(second.close().isSuccess()).isTrue();
    second.runPendingTasks();
    assertThat(seats.take(fourth)).isPresent();
  }
}
