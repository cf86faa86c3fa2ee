package dev.plumbline.server.era;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plumbline.server.api.McpServer;
import dev.plumbline.server.api.ToolSpec;
import dev.plumbline.server.feature.Change;
import dev.plumbline.server.feature.TaskSupport;
import dev.plumbline.server.machine.Machines;
import dev.plumbline.server.machine.ServerEvent;
import dev.plumbline.server.machine.ServerLifecycle;
import dev.plumbline.server.machine.ServerState;
import dev.plumbline.server.machine.StateMachine;
import dev.plumbline.server.registry.Registry;
import dev.plumbline.server.subscription.Subscriptions;
import dev.plumbline.server.subscription.Topic;
import dev.plumbline.server.support.InProcess;
import dev.plumbline.server.support.InProcess.Exchange;
import dev.plumbline.server.support.Modern;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** 2026-07-28 basic/patterns/subscriptions. */
class ListenTest {
  private static final String ID = "/params/_meta/io.modelcontextprotocol~1subscriptionId";

  private static final String TASKS = "'extensions':{'io.modelcontextprotocol/tasks':{}}";

  private final McpServer offer = McpServer.named("listen", "1");
  private final InProcess server = new InProcess(offer);

  @AfterEach
  void stop() {
    server.close();
  }

  private static Modern listen(String filter) {
    return Modern.of("subscriptions/listen", "'notifications':{" + filter + "}");
  }

  private int open() {
    return server.core().parts().stateless().subscriptions().count();
  }

  private void noneIsLeft() {
    await().until(() -> open() == 0 && server.running() == 0);
  }

  private static void assertIs(JsonNode frame, String method, String id) {
    assertThat(frame.path("method").asString()).isEqualTo(method);
    assertThat(frame.at(ID).asString()).isEqualTo(id);
    assertThat(frame.has("id")).isFalse();
  }

  private void tool(String name) {
    offer.tool(name, "d", (_, _) -> "x");
  }

  @Test
  void acknowledgesFirstWhatItHonours() throws InterruptedException {
    Exchange stream =
        listen(
                "'toolsListChanged':true,'promptsListChanged':false,"
                    + "'resourceSubscriptions':['x:a','x:a','not a uri'],'unheardOf':true")
            .to(server);
    JsonNode first = stream.next();
    assertIs(first, "notifications/subscriptions/acknowledged", "1");
    assertThat(first.at("/params/notifications").toString())
        .isEqualTo("{\"toolsListChanged\":true,\"resourceSubscriptions\":[\"x:a\"]}");
  }

  @Test
  void isRegisteredBeforeItIsAcknowledged() throws InterruptedException {
    for (int i = 0; i < 50; i++) {
      Exchange stream = listen("'toolsListChanged':true").to(server);
      stream.next();
      tool("t" + i);
      assertIs(stream.next(), "notifications/tools/list_changed", "1");
      stream.clientLeaves();
    }
    noneIsLeft();
  }

  @Test
  void tellsOfEveryKindOfChange() throws InterruptedException {
    Exchange stream =
        listen(
                "'toolsListChanged':true,'promptsListChanged':true,'resourcesListChanged':true,"
                    + "'resourceSubscriptions':['x:a']")
            .to(server);
    stream.next();
    tool("t");
    assertIs(stream.next(), "notifications/tools/list_changed", "1");
    offer.prompt("p", "d", (_, _) -> "x");
    assertIs(stream.next(), "notifications/prompts/list_changed", "1");
    offer.resource("x:a", "a", "text/plain", "x");
    assertIs(stream.next(), "notifications/resources/list_changed", "1");
    offer.resourceUpdated("x:a");
    JsonNode updated = stream.next();
    assertIs(updated, "notifications/resources/updated", "1");
    assertThat(updated.at("/params/uri").asString()).isEqualTo("x:a");
  }

  @Test
  void saysNothingOutsideTheFilter() throws InterruptedException {
    Exchange stream =
        listen("'promptsListChanged':true,'resourceSubscriptions':['x:a']").to(server);
    stream.next();
    tool("t");
    offer.resource("x:b", "b", "text/plain", "x");
    offer.resourceUpdated("x:b");
    offer.resourceUpdated("x:a");
    JsonNode next = stream.next();
    assertIs(next, "notifications/resources/updated", "1");
    assertThat(next.at("/params/uri").asString()).isEqualTo("x:a");
    assertThat(stream.rest()).isEmpty();
  }

  @Test
  void severalOnOneWireAreToldApart() throws InterruptedException {
    Exchange one = server.duplex(listen("'toolsListChanged':true").id("'one'").json());
    Exchange two = server.duplex(listen("'promptsListChanged':true").id("2").json());
    one.next();
    two.next();
    tool("t");
    offer.prompt("p", "d", (_, _) -> "x");
    assertIs(one.next(), "notifications/tools/list_changed", "one");
    assertIs(two.next(), "notifications/prompts/list_changed", "2");
  }

  @Test
  void endsWithoutAWordWhenADuplexClientCancels() throws InterruptedException {
    Exchange stream = server.duplex(listen("'toolsListChanged':true").id("'s'").json());
    stream.next();
    assertThat(
            server.inOrder(
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\","
                    + "\"params\":{\"requestId\":\"s\"}}"))
        .isEmpty();
    assertThat(stream.json().isMissingNode()).isTrue();
    assertThat(stream.rest()).isEmpty();
    noneIsLeft();
    tool("t");
    assertThat(stream.rest()).isEmpty();
  }

  @Test
  void endsWithAResultWhenTheServerDrains() throws InterruptedException {
    Exchange stream = listen("'toolsListChanged':true").to(server);
    stream.next();
    server.core().lifecycle().fire(ServerEvent.DRAIN);
    assertIs(stream.next(), "notifications/cancelled", "1");
    assertThat(stream.result().path("resultType").asString()).isEqualTo("complete");
    assertThat(stream.result().at(ID.substring("/params".length())).asInt()).isEqualTo(1);
    noneIsLeft();
    Exchange late = listen("'toolsListChanged':true").to(server);
    assertThat(late.errorCode()).isEqualTo(-31503);
  }

  /** A wish that was admitted in the last moment does not keep the server from stopping. */
  @Test
  void whoeverListensToAServerThatDrainsIsTakenLeaveOfAtOnce() {
    var lifecycle = new StateMachine<>(ServerLifecycle.SERVER);
    lifecycle.fire(ServerEvent.DRAIN);
    var subscriptions = subscriptions(lifecycle);
    var late = subscriptions.open(this, Set.of(Topic.of("toolsListChanged"))).orElseThrow();
    assertThat(late.over()).isTrue();
  }

  private static Subscriptions subscriptions(StateMachine<ServerState, ServerEvent> lifecycle) {
    return new Subscriptions(
        Machines.unobserved(System::nanoTime),
        lifecycle,
        new Registry(System::nanoTime, InstantSource.system()));
  }

  @Test
  void aSlowReaderHearsOfEachTopicOnce() throws InterruptedException {
    var subscriptions = subscriptions(new StateMachine<>(ServerLifecycle.SERVER));
    var slow = subscriptions.open(this, Set.of(Topic.of("toolsListChanged"))).orElseThrow();
    for (int i = 0; i < 1_000; i++) {
      ListenFilters.publish(subscriptions, new Change.ToolsListChanged());
    }
    assertThat(slow.next(Listen.KEEP_ALIVE)).isNotNull();
    subscriptions.endAll();
    assertThat(slow.next(Listen.KEEP_ALIVE)).isNull();
    assertThat(slow.over()).isTrue();
  }

  @Test
  void oneWireHasABoundedNumber() throws InterruptedException {
    List<Exchange> streams = new ArrayList<>();
    // The cap is of handlers: what listens for three things counts three times.
    int each = 3;
    for (int i = 0; i < Subscriptions.MAX_HANDLERS / each; i++) {
      Exchange stream =
          server.duplex(
              listen(
                      "'toolsListChanged':true,'promptsListChanged':true,'resourcesListChanged':true")
                  .id("" + i)
                  .json());
      stream.next();
      streams.add(stream);
    }
    Exchange tooMuch =
        server.duplex(
            listen("'toolsListChanged':true,'promptsListChanged':true").id("'two'").json());
    assertThat(tooMuch.errorCode()).isEqualTo(-31429);
    Exchange last = server.duplex(listen("'toolsListChanged':true").id("'last'").json());
    last.next();
    streams.add(last);
    Exchange more = server.duplex(listen("'toolsListChanged':true").id("'more'").json());
    assertThat(more.errorCode()).isEqualTo(-31429);
    streams.forEach(Exchange::clientLeaves);
    noneIsLeft();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'toolsListChanged':1",
        "'resourceSubscriptions':'x:a'",
        "'resourceSubscriptions':[1]"
      })
  void refusesAMalformedFilter(String filter) {
    assertThat(listen(filter).to(server).errorCode()).isEqualTo(-32602);
  }

  @Test
  void refusesAMissingOrHugeFilter() {
    assertThat(Modern.of("subscriptions/listen", "").to(server).errorCode()).isEqualTo(-32602);
    String many = "'x:a',".repeat(ListenFilters.MAX_URIS) + "'x:a'";
    assertThat(listen("'resourceSubscriptions':[" + many + "]").to(server).errorCode())
        .isEqualTo(-32602);
    assertThat(open()).isZero();
  }

  @Test
  void anEmptyFilterIsAcknowledgedToo() throws InterruptedException {
    assertThat(listen("").to(server).next().at("/params/notifications").isObject()).isTrue();
  }

  @Test
  void tellsOfTheTasksOfTheClientItself() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    offer.tool(
        ToolSpec.named("slow", "Waits.").tasks(TaskSupport.OPTIONAL),
        (_, _) -> {
          done.await();
          return "x";
        });
    String id = Modern.call("slow", "").can(TASKS).to(server).result().path("taskId").asString();
    Modern listen = listen("'taskIds':['" + id + "','unknown']");
    assertThat(listen.to(server).errorCode()).isEqualTo(-32021);
    Exchange stream = listen.can(TASKS).to(server);
    JsonNode honoured = stream.next().at("/params/notifications/taskIds");
    assertThat(honoured.toString()).isEqualTo("[\"" + id + "\"]");
    done.countDown();
    JsonNode told = stream.next();
    assertIs(told, "notifications/tasks", "1");
    assertThat(told.at("/params/taskId").asString()).isEqualTo(id);
    Exchange stranger =
        listen("'taskIds':['" + id + "']").can(TASKS).header("Authorization", "b").to(server);
    assertThat(stranger.next().at("/params/notifications/taskIds").isMissingNode()).isTrue();
  }
}
