package dev.plumbline.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.server.observe.EventLog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
  private final Live<ServerConfig> live = new Live<>(ServerConfig.standard());
  private final EventLog events = new EventLog(() -> Instant.EPOCH);
  private final Configuration configuration = of(Sources.none());

  private Configuration of(Sources sources) {
    return new Configuration(live, sources, () -> Instant.EPOCH, events);
  }

  private static Optional<byte[]> document(String yaml) {
    return Optional.of(yaml.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aReloadIsANewVersion() throws Exception {
    Difference difference = configuration.reload(document("rate: {burst: 7}"));
    assertThat(difference.changes())
        .containsExactly(new Difference.Change("rate.burst", "1000", "7", Setting.Effect.LIVE));
    assertThat(live.get().rate().burst()).isEqualTo(7);
    assertThat(configuration.current().number()).isEqualTo(2);
    assertThat(configuration.current().source()).isEqualTo("control port");
    assertThat(configuration.versions()).extracting(Version::digest).doesNotHaveDuplicates();
    assertThat(configuration.reload(document("rate: {burst: 7}")).changes()).isEmpty();
    assertThat(configuration.current().number()).isEqualTo(2);
  }

  @Test
  void severalSettingsChangeTogetherOrNotAtAll() throws Exception {
    assertThatThrownBy(() -> configuration.set("overload.warning", "95"))
        .isInstanceOf(InvalidConfigException.class);
    configuration.set(
        Map.of(
            "overload.warning", Optional.of("95"),
            "overload.critical", Optional.of("97"),
            "queues.caps.mine", Optional.of("3")),
        "test");
    assertThat(live.get().overload().warning()).isEqualTo(95);
    assertThat(configuration.current().number()).isEqualTo(2);
    configuration.set(Map.of("queues.caps.mine", Optional.empty()), "test");
    assertThat(live.get().queues().caps()).doesNotContainKey("mine");
    assertThat(configuration.sinceStart().changes())
        .extracting(Difference.Change::path)
        .containsExactly("overload.critical", "overload.warning");
    for (String path : List.of("overload.warning", "queues.caps.session", "queues.caps.mine")) {
      assertThatThrownBy(() -> configuration.set(Map.of(path, Optional.empty()), "test"))
          .isInstanceOf(InvalidConfigException.class)
          .hasMessageContaining(path);
    }
  }

  @Test
  void aDryRunChangesNothing() throws Exception {
    Difference difference =
        configuration.dryRun(document("rate: {burst: 7}\ndomains: {count: 2}")).difference();
    assertThat(difference.changes()).hasSize(2);
    assertThat(difference.needRestart()).containsExactly("domains.count");
    assertThat(configuration.versions()).hasSize(1);
    assertThat(live.get()).isEqualTo(ServerConfig.standard());
  }

  @Test
  void whatNeedsARestartIsRefusedAsAWhole() {
    assertThatThrownBy(
            () -> configuration.reload(document("rate: {burst: 7}\ndomains: {count: 2}")))
        .isInstanceOf(RestartNeededException.class)
        .hasMessageContaining("domains.count");
    assertThat(live.get()).isEqualTo(ServerConfig.standard());
    assertThat(events.recent(10))
        .singleElement()
        .satisfies(n -> assertThat(n.text()).contains("refused"));
  }

  @Test
  void aRunningServerCannotBeWeakened() {
    for (String off : List.of("requireTls: false", "requireAuthentication: false")) {
      assertThatThrownBy(
              () -> configuration.reload(document("security: {" + off + ", override: true}")))
          .isInstanceOf(RestartNeededException.class);
    }
    assertThatThrownBy(() -> configuration.set("security.requireTls", "false"))
        .isInstanceOf(InvalidConfigException.class);
    assertThat(live.get().security()).isEqualTo(SecuritySettings.standard());
  }

  @Test
  void oneThatRefusesKeepsTheOldSettingsForAll() {
    live.follow(
        config -> {
          if (config.queues().cap("session") < 5) {
            throw new ChangeRefusedException("session holds 5");
          }
        });
    assertThatThrownBy(
            () -> configuration.reload(document("queues: {caps: {session: 4}}\nrate: {burst: 7}")))
        .hasMessage("session holds 5");
    assertThat(live.get()).isEqualTo(ServerConfig.standard());
    assertThat(configuration.versions()).hasSize(1);
  }

  @Test
  void aBadFileLeavesTheOldSettingsRunning(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("server.yaml");
    Files.writeString(file, "rate: {burst: 7}\n");
    Configuration fromFile =
        of(new Sources(ServerConfig.standard(), Optional.of(file), List.of(), List.of()));
    fromFile.reload(Optional.empty());
    assertThat(fromFile.current().source()).isEqualTo("file server.yaml");
    Files.writeString(file, "rate: {burst: -7}\n");
    assertThatThrownBy(() -> fromFile.reload(Optional.empty()))
        .hasMessage("file server.yaml: rate.burst: -7 is out of range; use 1 to 1000000");
    Files.delete(file);
    assertThatThrownBy(() -> fromFile.reload(Optional.empty()))
        .isInstanceOf(InvalidConfigException.class);
    assertThat(live.get().rate().burst()).isEqualTo(7);
  }

  @Test
  void aRollbackGoesBackAndThenFurtherBack() throws Exception {
    for (int burst : new int[] {2, 3, 4}) {
      configuration.set("rate.burst", Integer.toString(burst));
    }
    assertThat(configuration.rollback()).isPresent();
    assertThat(live.get().rate().burst()).isEqualTo(3);
    assertThat(configuration.current().number()).isEqualTo(5);
    assertThat(configuration.current().origin()).isEqualTo(3);
    configuration.rollback();
    configuration.rollback();
    assertThat(live.get()).isEqualTo(ServerConfig.standard());
    assertThat(configuration.rollback()).isEmpty();
    configuration.set("rate.burst", "9");
    configuration.rollback();
    assertThat(live.get()).as("not what was rolled back").isEqualTo(ServerConfig.standard());
    assertThat(configuration.rollback()).isEmpty();
  }

  @Test
  void aRollbackDoesNotBringBackWhatWasRolledBack() throws Exception {
    configuration.set("queues.caps.default", "5");
    configuration.rollback();
    configuration.set("queues.caps.session", "20000");
    configuration.rollback();
    assertThat(live.get()).isEqualTo(ServerConfig.standard());
    assertThat(configuration.current().source()).isEqualTo("rollback to version 1");
    assertThat(configuration.rollback()).isEmpty();
  }

  @Test
  void aRollbackThatIsRefusedLeavesANoticeAndDoesNotBlockTheVersionsBefore() throws Exception {
    for (int burst : new int[] {2, 3, 4}) {
      configuration.set("rate.burst", Integer.toString(burst));
    }
    live.guard(next -> next.rate().burst() == 3 ? Optional.of("three is held") : Optional.empty());
    assertThatThrownBy(configuration::rollback)
        .isInstanceOf(ChangeRefusedException.class)
        .hasMessage("three is held");
    assertThat(live.get().rate().burst()).isEqualTo(4);
    assertThat(events.recent(1).getFirst().text())
        .isEqualTo("a rollback to version 3 was refused; the next passes it over");
    assertThat(configuration.rollback()).isPresent();
    assertThat(live.get().rate().burst()).isEqualTo(2);
  }

  @Test
  void whenNoVersionCanBeGoneBackToItBeginsAnew() throws Exception {
    configuration.set("rate.burst", "2");
    configuration.set("rate.burst", "3");
    java.util.concurrent.atomic.AtomicBoolean held =
        new java.util.concurrent.atomic.AtomicBoolean(true);
    live.guard(_ -> held.get() ? Optional.of("held") : Optional.empty());
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(configuration::rollback).hasMessage("held");
    }
    held.set(false);
    configuration.rollback();
    assertThat(live.get()).isEqualTo(ServerConfig.standard());
  }

  @Test
  void aDryRunTellsWhatWouldBeRefusedInTheWordsOfTheReload() throws Exception {
    live.guard(
        next ->
            next.queues().cap("session") < 8 ? Optional.of("eight are held") : Optional.empty());
    Optional<byte[]> small = document("queues: {caps: {session: 1}}");
    assertThat(configuration.dryRun(small).refusal()).contains("eight are held");
    assertThat(configuration.validate(small).changes()).as("the document alone").hasSize(1);
    assertThatThrownBy(() -> configuration.reload(small)).hasMessage("eight are held");
    Optional<byte[]> restart = document("domains: {count: 2}");
    assertThatThrownBy(() -> configuration.reload(restart))
        .hasMessage(configuration.dryRun(restart).refusal().orElseThrow());
    assertThat(configuration.dryRun(document("")).refusal()).isEmpty();
    assertThat(configuration.versions()).hasSize(1);
  }

  @Test
  void aNoticeTellsEverythingThatIsWrong() {
    assertThatThrownBy(() -> configuration.reload(document("rate: {burst: 0}\nnope: 1")))
        .hasMessageEndingWith("(and 1 more)");
    assertThat(events.recent(1).getFirst().facts().get("reason"))
        .contains("rate.burst: 0 is out of range", "; nope: unknown setting");
  }

  @Test
  void oneSettingIsHeldToTheSameRules() {
    assertThatThrownBy(() -> configuration.set("queues.caps.session", "-1"))
        .hasMessage("control port: queues.caps.session: -1 is out of range; use 0 to 10000000");
    assertThat(events.recent(1).getFirst().text()).contains("refused");
    assertThatThrownBy(() -> configuration.set("overload.warning", "99"))
        .hasMessageContaining("overload.critical");
    assertThatThrownBy(() -> configuration.set("domains.count", "2"))
        .isInstanceOf(RestartNeededException.class);
    assertThatThrownBy(() -> configuration.set("nope", "2"))
        .hasMessageContaining("unknown setting");
  }

  @Test
  void remembersABoundedNumberOfVersions() throws Exception {
    for (int burst = 1; burst <= 2 * Configuration.MAX_VERSIONS; burst++) {
      configuration.set("rate.burst", Integer.toString(burst));
    }
    assertThat(configuration.versions()).hasSize(Configuration.MAX_VERSIONS);
    assertThat(configuration.section().path("versions").size())
        .isEqualTo(Configuration.MAX_VERSIONS);
  }

  @Test
  void theSectionTellsEverySettingButNoPassword() throws Exception {
    String store = "jdbc:postgresql://u:hunter2@db/p?password=hunter2&user=x";
    Live<ServerConfig> other =
        new Live<>(
            Sources.with(
                ServerConfig.standard(), "t", Map.of("sessions.store", Optional.of(store))));
    String text =
        new Configuration(other, Sources.none(), () -> Instant.EPOCH, events)
            .section()
            .toPrettyString();
    assertThat(text).contains("jdbc:postgresql://***@db/p?password=***&user=x");
    assertThat(text).doesNotContain("hunter2").contains("\"digest\"").contains("rate.burst");
  }
}
