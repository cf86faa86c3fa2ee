package dev.plumbline.perf.reliability.demand;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.evidence.model.Json;
import dev.plumbline.perf.reliability.demand.AttackFigures.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

final class AttackFiguresTest {
  private static final String BLOCKED =
      """
      {"corpus":"traversal","id":"TRV-001","era":"handshake","by":"resources/read",\
      "expected":"absent","status":200,"code":-32002,"served":false,"secret":false,\
      "injected":false,"after":true}""";

  private static double through(String... lines) {
    return figure(Kind.TRAVERSAL.through(), lines);
  }

  private static double figure(String name, String... lines) {
    List<JsonNode> read = Arrays.stream(lines).map(AttackFiguresTest::json).toList();
    return AttackFigures.of(read).named(name).orElseThrow().value();
  }

  private static JsonNode json(String line) {
    try {
      return Json.parse(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void anAttackThatIsAnsweredAsItMustBeIsBlocked() {
    assertThat(through(BLOCKED)).isZero();
    assertThat(figure(Kind.TRAVERSAL.blocked(), BLOCKED)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "\"code\":-32002, \"code\":-32602",
    "\"code\":-32002, \"code\":0",
    "\"status\":200, \"status\":500",
    "\"served\":false, \"served\":true",
    "\"secret\":false, \"secret\":true",
    "\"injected\":false, \"injected\":true",
    "\"after\":true, \"after\":false",
    "\"after\":true, \"x\":true",
    "\"secret\":false, \"x\":false",
    "\"expected\":\"absent\", \"expected\":\"served\"",
    "\"expected\":\"absent\", \"expected\":\"refused\""
  })
  void everythingElseIsNot(String old, String changed) {
    assertThat(BLOCKED).contains(old);
    assertThat(through(BLOCKED.replace(old, changed))).isEqualTo(1);
  }

  @Test
  void anAttackThatGetsThroughOnceIsNotBlocked() {
    String other = BLOCKED.replace("handshake", "stateless");
    assertThat(figure(Kind.TRAVERSAL.blocked(), BLOCKED, other.replace("-32002", "-32602")))
        .isEqualTo(1);
    assertThat(figure(Kind.TRAVERSAL.blocked(), BLOCKED, other)).isZero();
    assertThat(through(BLOCKED, other)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "handshake,refused,200,-32602,0",
    "handshake,refused,200,-32002,1",
    "stateless,refused,400,-32602,0",
    "handshake,too-long,431,-32600,0",
    "handshake,too-long,200,-32602,0",
    "handshake,too-long,200,0,1",
    "stateless,absent,400,-32602,0",
    "stateless,absent,400,-32002,1"
  })
  void eachEraHasItsOwnErrors(String era, String expected, int status, int code, double through) {
    String line =
        BLOCKED
            .replace("handshake", era)
            .replace("absent", expected)
            .replace(":200", ":" + status)
            .replace(":-32002", ":" + code);
    assertThat(through(line)).isEqualTo(through);
  }

  @ParameterizedTest
  @CsvSource({"400,-32600,0", "431,-32600,0", "200,-32600,1", "500,-32600,1", "400,0,1", "0,0,1"})
  void aHeadIsRefusedWithAStatusAndAnError(int status, int code, double through) {
    String line =
        BLOCKED
            .replace("resources/read", "head")
            .replace(":200", ":" + status)
            .replace(":-32002", ":" + code);
    assertThat(through(line)).isEqualTo(through);
  }

  @Test
  void whatWasNotMeasuredHasNoFigure() {
    Figures figures = AttackFigures.of(List.of(json(BLOCKED)));
    assertThat(figures.named(AttackFigures.CRASHES)).isEmpty();
    assertThat(figures.named(AttackFigures.PARSE)).isEmpty();
    assertThat(figures.named(AttackFigures.LAWFUL).orElseThrow().samples()).isZero();
  }
}
