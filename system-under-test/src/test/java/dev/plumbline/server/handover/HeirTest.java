package dev.plumbline.server.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plumbline.server.session.store.RecordCodec;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a process that comes finds the one that runs. */
class HeirTest {
  private static final Duration TURN = Duration.ofMillis(300);

  @TempDir Path folder;

  @Test
  void findsNobody() throws Exception {
    assertThat(Heir.find(folder.resolve("door"), RecordCodec.CURRENT, TURN)).isEmpty();
  }

  @Test
  void saysWhatToDoWhenItsTurnDoesNotCome() throws Exception {
    Path path = folder.resolve("door");
    try (ServerSocketChannel busy = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      busy.bind(UnixDomainSocketAddress.of(path));
      assertThatExceptionOfType(HandoverException.class)
          .isThrownBy(() -> Heir.find(path, RecordCodec.CURRENT, TURN))
          .withMessageContaining("busy with another handover")
          .withMessageContaining("start this one again");
    }
  }

  @Test
  void refusesASocketThatSaysSomethingElse() throws Exception {
    Path path = folder.resolve("door");
    try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      other.bind(UnixDomainSocketAddress.of(path));
      Thread.startVirtualThread(
          () -> {
            try (SocketChannel caller = other.accept()) {
              // Closed unread, it would look like a process that has gone.
              var _ = caller.read(ByteBuffer.allocate(1_024));
              caller.write(
                  ByteBuffer.wrap("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.UTF_8)));
            } catch (java.io.IOException e) {
              // The test has ended.
            }
          });
      assertThatExceptionOfType(HandoverException.class)
          .isThrownBy(() -> Heir.find(path, RecordCodec.CURRENT, Duration.ofSeconds(20)))
          .withMessageContaining("does not hand over");
    }
  }
}
