package dev.plumbline.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.limit.Refusal;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class RoomTest {
  private static final int MEBI = 1_048_576;

  private final Room room = new Room(MEBI);

  private static ClientProfile saying(int bytes) {
    ObjectNode capabilities = JsonNodeFactory.instance.objectNode();
    capabilities.put("x", "x".repeat(bytes));
    return new ClientProfile(capabilities, JsonNodeFactory.instance.objectNode());
  }

  private int opened(ClientProfile client) {
    int count = 0;
    while (room.refusal(client).isEmpty()) {
      room.took(client);
      count++;
    }
    return count;
  }

  @Test
  void clientsThatSayMuchGetFewerSessions() {
    int brief = opened(saying(0));
    assertThat(brief).isPositive();
    for (int i = 0; i < brief; i++) {
      room.left(saying(0));
    }
    assertThat(opened(saying(16_000))).isBetween(1, brief / 3);
  }

  @Test
  void whatIsLeftIsThereForOthers() {
    int all = opened(ClientProfile.unknown());
    Refusal refusal = room.refusal(ClientProfile.unknown()).orElseThrow();
    assertThat(refusal.reason()).isEqualTo(Refusal.Reason.CAPACITY);
    assertThat(refusal.role()).isEqualTo("session_kibibytes");
    assertThat(refusal.limit()).isEqualTo(1_024);
    assertThat(refusal.depth()).isBetween(1_000, 1_024);
    room.left(ClientProfile.unknown());
    assertThat(all).isPositive();
    assertThat(opened(ClientProfile.unknown())).isOne();
  }

  @Test
  void whatIsMeasuredComesFirst() {
    AtomicReference<Optional<Refusal>> measured = new AtomicReference<>(Optional.empty());
    room.measured(measured::get);
    assertThat(room.refusal()).isEmpty();
    Refusal refusal =
        new Refusal(Refusal.Reason.CAPACITY, "memory", 95, 96, Limits.RETRY_AFTER, "none");
    measured.set(Optional.of(refusal));
    assertThat(room.refusal()).contains(refusal);
    assertThat(room.refusal(ClientProfile.unknown())).contains(refusal);
  }
}
