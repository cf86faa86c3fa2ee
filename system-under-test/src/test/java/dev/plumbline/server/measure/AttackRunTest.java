package dev.plumbline.server.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.api.McpServer;
import dev.plumbline.server.api.TemplateSpec;
import dev.plumbline.server.measure.Attack.Expected;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttackRunTest {
  private List<ObjectNode> lines = List.of();

  @BeforeAll
  void play() throws IOException {
    lines = AttackRun.attacks(McpServer::files);
  }

  private static @Nullable String followed(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return null;
    }
  }

  private static boolean lawful(JsonNode line) {
    return line.path("corpus").asString().startsWith("lawful");
  }

  private static boolean refused(JsonNode line, int... codes) {
    return Arrays.stream(codes).anyMatch(code -> code == line.path("code").asInt());
  }

  @ParameterizedTest
  @CsvSource({"TRAVERSAL,TRV,100", "HEADERS,HDR,50", "LOOK_ALIKES,UNI,43", "FILES,FIL,40"})
  void aCorpusIsIdentifiedExactly(AttackCorpus corpus, String prefix, int count)
      throws IOException {
    List<Attack> attacks = corpus.load();
    assertThat(attacks).hasSize(count).extracting(Attack::payload).doesNotHaveDuplicates();
    for (int i = 0; i < count; i++) {
      Attack attack = attacks.get(i);
      assertThat(attack.id()).isEqualTo("%s-%03d", prefix, i + 1);
      assertThat(attack.encoding()).isNotEmpty();
      assertThat(attack.tries()).isNotEmpty().doesNotContain("\n");
      assertThat(attack.eras()).isNotEmpty();
      assertThat(attack.expected()).isNotEqualTo(Expected.SERVED);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyAttackIsPlayedInEachOfItsEras(AttackCorpus corpus) throws IOException {
    for (Attack attack : corpus.load()) {
      for (Attack.Era era : attack.eras()) {
        assertThat(lines)
            .anyMatch(
                line ->
                    line.path("id").asString().equals(attack.id())
                        && line.path("era").asString().equals(era.text()));
      }
    }
  }

  @Test
  void everyAttackIsRefusedAsItMustBe() {
    Map<String, int[]> codes =
        Map.of("handshake absent", new int[] {-32002}, "stateless absent", new int[] {-32602});
    List<ObjectNode> wrong = new ArrayList<>();
    for (ObjectNode line : lines) {
      boolean lawful = lawful(line);
      boolean head = line.path("by").asString().equals("head");
      String kind = line.path("era").asString() + " " + line.path("expected").asString();
      boolean right =
          head
              ? line.path("status").asInt() / 100 == 4 && !refused(line, 0)
              : refused(line, codes.getOrDefault(kind, new int[] {-32602, -32600}));
      if (!lawful && !right) {
        wrong.add(line);
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void noAnswerHoldsTheSecretOrWhatWasInjected() {
    assertThat(lines)
        .noneMatch(line -> line.path("secret").asBoolean())
        .noneMatch(line -> line.path("injected").asBoolean())
        .allMatch(line -> line.path("after").asBoolean());
  }

  @Test
  void whatOnlyLooksBadIsServed() {
    assertThat(lines)
        .filteredOn(AttackRunTest::lawful)
        .hasSizeGreaterThan(50)
        .allMatch(line -> line.path("served").asBoolean(), "served");
    assertThat(lines)
        .filteredOn(line -> !lawful(line))
        .noneMatch(line -> line.path("served").asBoolean());
  }

  @Test
  void aServerThatFollowsEveryLinkIsFoundOut() throws IOException {
    List<ObjectNode> careless =
        AttackRun.attacks(
            (server, root) ->
                server.template(
                    TemplateSpec.at("file://" + root + "/{+path}", "careless", "text/plain"),
                    (variables, _) -> followed(root.resolve(variables.getOrDefault("path", "")))));
    assertThat(careless)
        .filteredOn(line -> line.path("secret").asBoolean())
        .extracting(line -> line.path("id").asString())
        .contains("FIL-032", "FIL-033", "FIL-034", "FIL-035", "FIL-037");
  }

  @Test
  void theParserBearsRandomInput() {
    ObjectNode line = new UriFuzz(7, List.of("file:///a/../b")).run(10_000);
    assertThat(line.path("first").asString()).isEmpty();
    assertThat(line.path("crashes").asInt(1)).isZero();
    assertThat(line.path("unstable").asInt(1)).isZero();
    assertThat(line.path("refused").asInt()).isBetween(5_000, 9_500);
    assertThat(line.path("batches").asInt()).isEqualTo(10);
  }
}
