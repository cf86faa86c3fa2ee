package dev.plumbline.server.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.machine.SessionLifecycle;
import dev.plumbline.server.machine.Tables;
import dev.plumbline.server.machine.TransitionTable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class WalksTest {
  @Test
  void findsEveryTableSound() {
    for (TransitionTable<?, ?> table : Tables.all()) {
      ObjectNode line = Walks.explored(table, 200, 7);
      assertThat(Walks.isSound(line)).as(line.toString()).isTrue();
      assertThat(line.path("timeoutsFired").asLong()).as(table.name()).isPositive();
      assertThat(line.path("staleDropped").asLong()).as(table.name()).isPositive();
    }
  }

  @Test
  void theSameSeedWalksTheSameWay() {
    assertThat(Walks.explored(SessionLifecycle.SESSION, 100, 3))
        .isEqualTo(Walks.explored(SessionLifecycle.SESSION, 100, 3));
  }

  @Test
  void aDeadStateIsNotSound() {
    ObjectNode line = Walks.explored(SessionLifecycle.SESSION, 1, 1);
    assertThat(Walks.isSound(line.put("deadStates", 1))).isFalse();
  }
}
