package dev.plumbline.server.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.server.config.ChangeRefusedException;
import dev.plumbline.server.config.Live;
import dev.plumbline.server.config.QueueSettings;
import dev.plumbline.server.config.Roles;
import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.config.SwitchSettings;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoleLimitsTest {
  private final Live<ServerConfig> config = new Live<>(ServerConfig.standard());
  private final RoleLimits roles = new RoleLimits(config);

  private void configure(String role, int cap) {
    Map<String, Integer> caps = new HashMap<>(config.get().queues().caps());
    caps.put(role, cap);
    config.set(config.get().withQueues(new QueueSettings(caps)));
  }

  @Test
  void everyRoleOfTheTableHasItsCap() {
    assertThat(roles.limits())
        .containsEntry(Roles.CONNECTION, 10_000)
        .containsEntry(Roles.SESSION, 10_000)
        .containsEntry(Roles.SSE_STREAM, 5_000)
        .containsEntry(Roles.TASK_WORKER, 1_000)
        .containsEntry(Roles.TOOL_EXECUTOR, 500)
        .containsEntry(Roles.TRANSPORT, 2_000)
        .containsEntry(Roles.DEFAULT, 1_000);
  }

  @Test
  void aRoleOfOnesOwnHasTheDefaultCap() {
    assertThat(roles.role("indexer").cap()).isEqualTo(1_000);
    assertThat(roles.role("indexer")).isSameAs(roles.role("indexer"));
  }

  @Test
  void aCapThatIsSetWhileItRunsHolds() {
    configure(Roles.TRANSPORT, 1);
    assertThat(roles.role(Roles.TRANSPORT).tryTake()).isTrue();
    assertThat(roles.role(Roles.TRANSPORT).tryTake()).isFalse();
    configure("custom_role", 5_000);
    assertThat(roles.limits()).containsEntry("custom_role", 5_000);
  }

  @Test
  void aLimitSetByHandOutlivesSettingsThatDoNotNameIt() throws Exception {
    roles.setLimit(Roles.TRANSPORT, 7);
    configure(Roles.SESSION, 20_000);
    assertThat(roles.role(Roles.TRANSPORT).cap()).isEqualTo(7);
    configure(Roles.TRANSPORT, 9);
    assertThat(roles.role(Roles.TRANSPORT).cap()).isEqualTo(9);
  }

  @Test
  void aRoleGoesWithItsSettingUnlessSomebodyUsesIt() {
    ServerConfig before = config.get();
    configure("asked", 5);
    configure("held", 5);
    configure("unused", 5);
    roles.role("asked");
    RolePermits held = roles.find("held").orElseThrow();
    assertThat(held.tryTake()).isTrue();
    config.set(before);
    assertThat(roles.find("asked")).isPresent();
    assertThat(roles.find("held")).contains(held);
    assertThat(roles.find("unused")).isEmpty();
    held.giveBack();
    configure(Roles.SESSION, 7);
    assertThat(roles.find("held")).isEmpty();
    assertThat(roles.find(Roles.SESSION)).isPresent();
  }

  @Test
  void anUnknownRoleIsRefusedByName() {
    assertThatThrownBy(() -> roles.setLimit("no such", 5))
        .isInstanceOf(LimitException.UnknownRole.class)
        .hasMessageContaining("there is no role no such; roles are connection, default, session");
    assertThat(roles.find("no such")).isEmpty();
  }

  @Test
  void settingsThatDoNotFitAreRefusedAsAWhole() {
    RolePermits transport = roles.role(Roles.TRANSPORT);
    assertThat(transport.tryTake()).isTrue();
    assertThat(transport.tryTake()).isTrue();
    int before = config.get().queues().cap(Roles.TRANSPORT);
    assertThatThrownBy(() -> configure(Roles.TRANSPORT, 1))
        .isInstanceOf(ChangeRefusedException.class)
        .hasMessageContaining("cannot be 1 now: 2 are held");
    assertThatThrownBy(() -> configure("custom_role", -1))
        .isInstanceOf(ChangeRefusedException.class)
        .hasMessageContaining("must not be negative");
    assertThat(transport.cap()).isEqualTo(before);
    assertThat(config.get().queues().cap(Roles.TRANSPORT)).isEqualTo(before);
  }

  @Test
  void theSwitchWorksWhileItRuns() {
    configure(Roles.TRANSPORT, 0);
    RolePermits transport = roles.role(Roles.TRANSPORT);
    assertThat(transport.tryTake()).isFalse();
    config.set(config.get().withSwitches(new SwitchSettings(true, false, true)));
    assertThat(transport.tryTake()).isTrue();
    config.set(config.get().withSwitches(new SwitchSettings(true, true, true)));
    assertThat(transport.tryTake()).isFalse();
  }
}
