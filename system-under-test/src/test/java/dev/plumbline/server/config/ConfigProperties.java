package dev.plumbline.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.observe.EventLog;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

class ConfigProperties {
  private static final List<String> PATHS =
      List.copyOf(Settings.SERVER.flatten(ServerConfig.standard()).keySet());

  /** A change of one setting to anything: lawful, out of range, of another type, or nonsense. */
  record Edit(String path, String value) {}

  @Provide
  Arbitrary<List<Edit>> edits() {
    Arbitrary<String> paths =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(8, Arbitraries.of(PATHS)),
            net.jqwik.api.Tuple.of(
                1,
                Arbitraries.of(
                    "nope", "queues", "rate.nope", "queues.caps.X", "queues.caps.mine")));
    Arbitrary<String> values =
        Arbitraries.oneOf(
            Arbitraries.integers().between(-5, 120).map(String::valueOf),
            Arbitraries.longs().map(String::valueOf),
            Arbitraries.longs().between(0, 90_000).map(ms -> ms + "ms"),
            Arbitraries.of(
                "true", "false", "memory", "off", "fixed_window", "x", "1h", "30s", "~"));
    return Combinators.combine(paths, values).as(Edit::new).list().ofMinSize(1).ofMaxSize(4);
  }

  private static String yaml(List<Edit> edits) {
    StringBuilder text = new StringBuilder();
    for (Edit edit : edits) {
      String[] names = edit.path().split("\\.", -1);
      text.append(names[0]).append(":");
      for (int i = 1; i < names.length; i++) {
        text.append(" {").append(names[i]).append(":");
      }
      text.append(' ').append(edit.value()).append("}".repeat(names.length - 1)).append('\n');
    }
    return text.toString();
  }

  /** Whatever is said, either all of it counts or nothing does, and what runs is lawful. */
  @Property(tries = 1_000)
  void aTreeCountsAsAWholeOrNotAtAll(@ForAll("edits") List<Edit> edits) {
    Live<ServerConfig> live = new Live<>(ServerConfig.standard());
    List<ServerConfig> told = new ArrayList<>();
    live.follow(told::add);
    Configuration configuration =
        new Configuration(
            live, Sources.none(), () -> Instant.EPOCH, new EventLog(() -> Instant.EPOCH));
    try {
      Difference difference =
          configuration.reload(Optional.of(yaml(edits).getBytes(StandardCharsets.UTF_8)));
      SortedMap<String, Object> after = Settings.SERVER.flatten(live.get());
      for (Edit edit : edits) {
        Settings.Row row = Settings.SERVER.find(edit.path()).orElseThrow();
        Object wanted = row.kind().parse(Scalar.plain(edit.value())).orElseThrow();
        assertThat(after).containsEntry(edit.path(), wanted);
      }
      assertThat(difference.needRestart()).isEmpty();
    } catch (InvalidConfigException | RestartNeededException e) {
      assertThat(e.getMessage()).doesNotContain("\n");
      assertThat(live.get()).isEqualTo(ServerConfig.standard());
      assertThat(told).containsExactly(ServerConfig.standard());
      assertThat(configuration.versions()).hasSize(1);
    }
    assertThat(WholeRules.violations(live.get())).isEmpty();
  }

  @Property(tries = 500)
  void whatIsShownReadsAsTheSame(
      @ForAll @LongRange(min = 0, max = 1_000_000_000_000L) long micros) {
    Duration length = Duration.ofNanos(micros * 1_000);
    assertThat(Durations.parse(Durations.format(length))).contains(length);
  }

  @Property(tries = 200)
  void aTreeSurvivesItsOwnValues(@ForAll("caps") Map<String, Integer> caps) {
    ServerConfig config = ServerConfig.standard().withQueues(new QueueSettings(caps));
    assertThat(Settings.SERVER.build(new TreeMap<>(Settings.SERVER.flatten(config))))
        .isEqualTo(config);
  }

  @Provide
  Arbitrary<Map<String, Integer>> caps() {
    return Arbitraries.maps(
        Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(8),
        Arbitraries.integers().between(0, 100));
  }
}
