package dev.plumbline.server.era;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.machine.SessionEvent;
import dev.plumbline.server.session.Session;
import dev.plumbline.server.support.Requests;
import dev.plumbline.server.support.TestServer;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A session that ends while a request of it is looked at. */
class EndingSessionTest {
  private static void end(AtomicReference<Optional<Session>> which) {
    Objects.requireNonNull(which.get())
        .ifPresent(session -> session.machine().fire(SessionEvent.TERMINATE));
  }

  @Test
  void answersThatThereIsNoSuchSession() {
    AtomicReference<Optional<Session>> ending = new AtomicReference<>(Optional.empty());
    // The version is looked at after the session is found and before the request is admitted.
    try (TestServer server =
        new TestServer(
            parts ->
                parts.withHandshake(
                    handshake ->
                        handshake.withVersionLawful(
                            _ -> {
                              EndingSessionTest.end(ending);
                              return true;
                            })))) {
      String header = server.session();
      Session session =
          server.core().sessions().find(header.substring(header.indexOf(' ') + 1)).orElseThrow();
      assertThat(server.post(Requests.legacy("1", "ping", ""), header).status()).isEqualTo(200);
      ending.set(Optional.of(session));
      assertThat(server.post(Requests.legacy("2", "ping", ""), header).status()).isEqualTo(404);
    }
  }
}
