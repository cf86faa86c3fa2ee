package dev.plumbline.server.era;

import static dev.plumbline.server.support.Requests.legacy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.ServerContext;
import dev.plumbline.server.ServerCore;
import dev.plumbline.server.api.McpServer;
import dev.plumbline.server.api.ToolSpec;
import dev.plumbline.server.feature.TaskSupport;
import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.limit.Refusal;
import dev.plumbline.server.support.RawConnection;
import dev.plumbline.server.support.RawConnection.Response;
import dev.plumbline.server.support.Requests;
import dev.plumbline.server.support.TestServer;
import dev.plumbline.server.transport.HttpSetup;
import dev.plumbline.server.transport.Network;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is kept of a client is bounded, and nothing lasting begins while memory runs out. */
class ClientBoundsTest {
  private static final String INFO = "{\"name\":\"test\",\"version\":\"1\"}";
  private static final int INVALID_PARAMS = -32602;
  private static final int OVERLOADED = -31429;
  private static final Refusal REFUSAL =
      new Refusal(Refusal.Reason.CAPACITY, "memory", 95, 97, Limits.RETRY_AFTER, "no memory");

  private final TestServer server = TestServer.onEveryWire();
  private final AtomicBoolean full = new AtomicBoolean();

  @AfterEach
  void stop() {
    server.close();
  }

  private static String initialize(String capabilities) {
    return legacy(
        "1",
        "initialize",
        "\"protocolVersion\":\"2025-11-25\",\"capabilities\":"
            + capabilities
            + ",\"clientInfo\":"
            + INFO);
  }

  /** Capabilities that have so many bytes together with the client's info. */
  private static String ofBytes(int all) {
    String empty = "{\"experimental\":{\"x\":\"\"}}";
    int left = all - INFO.length() - empty.length();
    return empty.replace("\"\"", "\"" + "x".repeat(left) + "\"");
  }

  /** Capabilities with so many values together with the client's info, which has three. */
  private static String ofValues(int all) {
    StringBuilder text = new StringBuilder("{\"experimental\":{\"x\":[0");
    // The object, experimental and the list are values, too.
    text.append(",0".repeat(all - 3 - 3 - 1));
    return text.append("]}}").toString();
  }

  @ParameterizedTest
  @CsvSource({"-1,true", "0,true", "1,false"})
  void keepsSoManyBytesOfAClientAndNoMore(int beyond, boolean taken) {
    answers(server.post(initialize(ofBytes(Limits.MAX_CLIENT_BYTES + beyond))), taken);
  }

  @ParameterizedTest
  @CsvSource({"-1,true", "0,true", "1,false"})
  void keepsSoManyValuesOfAClientAndNoMore(int beyond, boolean taken) {
    answers(server.post(initialize(ofValues(Limits.MAX_CLIENT_VALUES + beyond))), taken);
  }

  private void answers(Response answer, boolean taken) {
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().has("result")).as(answer.body()).isEqualTo(taken);
    assertThat(server.core().sessions().count()).isEqualTo(taken ? 1 : 0);
    if (!taken) {
      assertThat(answer.errorCode()).isEqualTo(INVALID_PARAMS);
      assertThat(answer.json().at("/error/message").asString())
          .contains("16384 bytes and 512 values");
    }
  }

  private void runOut() {
    server.core().sessions().measuredBy(() -> full.get() ? Optional.of(REFUSAL) : Optional.empty());
  }

  private static void isRefused(JsonNode answer) {
    assertThat(answer.at("/error/code").asInt()).as(answer.toString()).isEqualTo(OVERLOADED);
    assertThat(answer.at("/error/data/reason").asString()).isEqualTo("capacity");
    assertThat(answer.at("/error/data/role").asString()).isEqualTo("memory");
  }

  @Test
  void noSessionBeginsWhileMemoryRunsOutAndOthersGoOn() {
    runOut();
    String header = server.session();
    full.set(true);
    Response refused = server.post(initialize("{}"));
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.headers()).containsKey("retry-after");
    isRefused(refused.json());
    assertThat(server.post(legacy("2", "tools/list", ""), header).json().has("result")).isTrue();
    full.set(false);
    assertThat(server.post(initialize("{}")).json().has("result")).isTrue();
  }

  @Test
  void onTcpTheRefusalIsTheSame() throws IOException {
    runOut();
    full.set(true);
    try (RawConnection line = new RawConnection(server.tcpPort())) {
      line.send(Requests.initialize("2025-11-25") + "\n");
      isRefused(new JsonMapper().readTree(line.line()));
      full.set(false);
      line.send(Requests.initialize("2025-11-25") + "\n");
      assertThat(new JsonMapper().readTree(line.line()).has("result")).isTrue();
    }
  }

  @Test
  void noTaskBeginsWhileMemoryRunsOutOrOfARequestThatSaysMuchOfItself() {
    McpServer offered =
        McpServer.named("test", "1")
            .tool(ToolSpec.named("work", "Works.").tasks(TaskSupport.OPTIONAL), (_, _) -> "done");
    ServerCore core =
        new ServerCore(offered, ServerContext.withRequests(8), UnaryOperator.identity());
    try (TestServer tasks =
        new TestServer(core, new Network.Listeners(0, HttpSetup.PLAIN, OptionalInt.empty()))) {
      core.tasks().measuredBy(() -> full.get() ? Optional.of(REFUSAL) : Optional.empty());
      String header = tasks.session();
      String call = "\"name\":\"work\",\"arguments\":{},\"task\":{}";
      full.set(true);
      isRefused(tasks.post(legacy("2", "tools/call", call), header).json());
      full.set(false);
      String more = call + ",\"_meta\":{\"x\":\"" + "x".repeat(Limits.MAX_CLIENT_BYTES) + "\"}";
      assertThat(tasks.post(legacy("3", "tools/call", more), header).errorCode())
          .isEqualTo(INVALID_PARAMS);
      assertThat(core.tasks().count()).isZero();
      assertThat(tasks.post(legacy("4", "tools/call", call), header).json().has("result")).isTrue();
    }
  }
}
