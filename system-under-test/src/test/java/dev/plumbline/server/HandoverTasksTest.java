package dev.plumbline.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plumbline.server.support.Requests;
import dev.plumbline.server.transport.HttpSetup;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Tasks whose clients find another process: the work stays, what it comes to moves. */
class HandoverTasksTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir Path folder;
  private ServerLine line;
  private String session;
  private String task;

  @BeforeEach
  void begin() throws Exception {
    line = new ServerLine(folder, HttpSetup.PLAIN);
    line.next();
    session = line.session();
    String request =
        Requests.legacy(
            "1", "tools/call", "\"name\":\"slow\",\"arguments\":{},\"task\":{\"ttl\":60000}");
    task = line.post(request, session).json().at("/result/task/taskId").stringValue();
    await().atMost(LONG).until(() -> line.cores.getFirst().tasks().working() == 1);
  }

  @AfterEach
  void end() {
    line.close();
  }

  private JsonNode ask(int id, String method) throws IOException {
    String params = "\"taskId\":\"" + task + "\"";
    return line.post(Requests.legacy(Integer.toString(id), method, params), session).json();
  }

  @Test
  void workThatGoesOnIsFinishedThereAndItsResultCollectedHere() throws Exception {
    line.next();
    assertThat(ask(2, "tasks/get").at("/result/status").stringValue()).isEqualTo("working");
    line.goOn.countDown();
    JsonNode result = ask(3, "tasks/result");
    assertThat(result.at("/result/content/0/text").stringValue()).isEqualTo("done");
    await().atMost(LONG).until(() -> line.gone.get() == 1);
    assertThat(ask(4, "tasks/get").at("/result/status").stringValue()).isEqualTo("completed");
  }

  @Test
  void whatIsFinishedMoves() throws Exception {
    JsonNode before = ask(2, "tasks/get").path("result");
    line.goOn.countDown();
    await().atMost(LONG).until(() -> line.cores.getFirst().tasks().working() == 0);
    line.next();
    await().atMost(LONG).until(() -> line.gone.get() == 1);
    JsonNode after = ask(3, "tasks/get").path("result");
    assertThat(after.path("status").stringValue()).isEqualTo("completed");
    assertThat(after.path("createdAt")).isEqualTo(before.path("createdAt"));
    assertThat(after.path("ttl")).isEqualTo(before.path("ttl"));
    assertThat(ask(4, "tasks/result").at("/result/content/0/text").stringValue()).isEqualTo("done");
  }

  @Test
  void workIsStoppedFromHere() throws Exception {
    line.next();
    assertThat(ask(2, "tasks/cancel").at("/result/status").stringValue()).isEqualTo("cancelled");
    await().atMost(LONG).until(() -> line.cores.getFirst().tasks().working() == 0);
    await().atMost(LONG).until(() -> line.gone.get() == 1);
    assertThat(line.goOn.getCount()).isOne();
  }

  @Test
  void nobodyElseFindsTheTask() throws Exception {
    line.next();
    session = line.session();
    assertThat(ask(2, "tasks/get").at("/error/code").intValue()).isEqualTo(-32602);
  }
}
