package dev.plumbline.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.Channel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** A listener that leaves its connections to another process. */
class LoopsTest {
  private final AtomicInteger accepted = new AtomicInteger();
  private Loops loops;
  private Channel listener;

  @BeforeEach
  void listen() throws Exception {
    assumeThat(LoopKind.EPOLL.available()).isTrue();
    loops = new Loops(Doorway.wide(), Sockets.MOVABLE, InetAddress.getLoopbackAddress());
    listener = loops.listen("test", 0, false, _ -> accepted.incrementAndGet());
  }

  @AfterEach
  void end() {
    if (loops != null) {
      loops.close();
    }
  }

  @RepeatedTest(10)
  void nothingIsAcceptedByOneThatWasToldToLeaveIt() throws Exception {
    loops.accepting(false);
    try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), Loops.port(listener))) {
      // Each loop looks at its sockets before it does what it is told.
      loops.accepting(false);
      assertThat(accepted).hasValue(0);
      loops.accepting(true);
      await().until(() -> accepted.get() == 1);
    }
  }

  @Test
  void aSocketOfAnotherProcessThatOthersCanReachIsNotTakenForLoopback() throws Exception {
    Loops open = new Loops(Doorway.wide(), Sockets.MOVABLE, InetAddress.ofLiteral("0.0.0.0"));
    try {
      open.listen("test", 0, false, _ -> {});
      Loops heir =
          new Loops(
              Doorway.wide(),
              Sockets.inherited(open.descriptors()),
              InetAddress.getLoopbackAddress());
      try {
        assertThatThrownBy(() -> heir.listen("test", 0, false, _ -> {}))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("the process before listens on ");
      } finally {
        heir.close();
      }
    } finally {
      open.close();
    }
  }
}
