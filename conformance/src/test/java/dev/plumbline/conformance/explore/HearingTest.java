package dev.plumbline.conformance.explore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.conformance.model.Ask;
import dev.plumbline.conformance.model.Heard;
import dev.plumbline.conformance.wire.Bytes;
import dev.plumbline.conformance.wire.End;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Inbound;
import dev.plumbline.conformance.wire.Outbound;
import dev.plumbline.evidence.model.Transport;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HearingTest {
  private static final Ask LISTEN =
      new Ask.Listen(Ask.Route.in(Optional.of("s1"), "2025-11-25"), Optional.empty());
  private static final Ask PING = Ask.request("ping", Ask.object());

  private static Heard heard(Ask ask, Inbound received, End end) {
    Exchange exchange =
        new Exchange("a", Transport.HTTP, new Outbound.Raw(Bytes.EMPTY), received, end, 0, -1, 100);
    return Hearing.of(ask, 7, "a", _ -> Optional.of(exchange));
  }

  private static Inbound status(int status) {
    return new Inbound.HttpResponse(status, "", List.of(), Bytes.EMPTY, List.of());
  }

  @Test
  void whoeverListensIsDueNothing() {
    Heard heard = heard(LISTEN, new Inbound.Nothing(), End.TIMED_OUT);
    assertThat(heard.status()).isZero();
    assertThat(heard.unclear()).isFalse();
    assertThat(heard.told()).isEqualTo("no answer");
  }

  @Test
  void aStreamThatIsRefusedOrLostIsNotSilent() {
    assertThat(heard(LISTEN, status(404), End.COMPLETE).status()).isEqualTo(404);
    assertThat(heard(LISTEN, new Inbound.Nothing(), End.CLOSED).unclear()).isTrue();
    assertThat(heard(LISTEN, new Inbound.Nothing(), End.CONNECT_FAILED).unclear()).isTrue();
  }

  @Test
  void aRequestIsDueAnAnswer() {
    Heard heard = heard(PING, new Inbound.Nothing(), End.TIMED_OUT);
    assertThat(heard.status()).isEqualTo(-1);
    assertThat(heard.unclear()).isTrue();
    assertThat(heard.told()).isEqualTo("no answer");
    assertThat(heard(PING, status(200), End.CLOSED).unclear()).isTrue();
  }
}
