package dev.plumbline.server.era;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.api.Call;
import dev.plumbline.server.api.McpServer;
import dev.plumbline.server.api.Question;
import dev.plumbline.server.feature.ClientRequest;
import dev.plumbline.server.protocol.RpcException;
import dev.plumbline.server.round.RoundTrips;
import dev.plumbline.server.round.StateSeal;
import dev.plumbline.server.support.InProcess;
import dev.plumbline.server.support.InProcess.Exchange;
import dev.plumbline.server.support.Modern;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** 2026-07-28 basic/patterns/mrtr. */
class RoundTripsTest {
  private static final String CAN = "'elicitation':{},'sampling':{},'roots':{}";
  private static final String ALICE = "{'user':{'action':'accept','content':{'name':'Alice'}}}";
  private static final String BLUE = "{'color':{'action':'accept','content':{'name':'blue'}}}";

  private Instant now = Instant.parse("2026-07-28T00:00:00Z");
  private final InProcess server =
      new InProcess(
          offer(),
          parts ->
              parts.withStateless(
                  era ->
                      era.withRounds(
                          new RoundTrips(
                              new StateSeal(
                                  new byte[StateSeal.KEY_BYTES],
                                  () -> now,
                                  Duration.ofMinutes(1))))));

  /** A form with one field. */
  record Name(String name) {}

  /** Something to bind state to. */
  record Subject(String subject) {}

  private static McpServer offer() {
    return McpServer.named("rounds", "1")
        .tool("greet", "Greets.", Subject.class, (subject, call) -> "Hello, " + name(call, "user"))
        .tool("other", "Greets too.", Subject.class, (subject, call) -> name(call, "user"))
        .tool("steps", "Asks twice.", (_, call) -> name(call, "user") + name(call, "color"))
        .tool("three", "Asks three things.", (_, call) -> "" + call.ask(three()).keySet())
        .tool(
            "page",
            "Sends the user to a page.",
            (_, call) -> "" + call.ask("page", Question.page("Go", "https://example.com/", "e1")))
        .tool("sample", "Asks the model.", (_, call) -> call.sample("s", "Why?", 5).text())
        .tool("roots", "Asks for roots.", (_, call) -> "" + call.roots("r").size())
        .prompt("ask", "Asks.", (_, call) -> name(call, "user"));
  }

  private static Map<String, ClientRequest> three() {
    Map<String, ClientRequest> questions = new LinkedHashMap<>();
    questions.put("user", Question.form("Who?", Name.class));
    questions.put("s", Question.sample("Why?", 5));
    questions.put("r", Question.roots());
    return questions;
  }

  private static String name(Call call, String key) throws RpcException, InterruptedException {
    return call.elicit(key, "Who?", Name.class).accepted().map(Name::name).orElse("nobody");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static Modern greet() {
    return Modern.call("greet", "'subject':'x'").can(CAN);
  }

  private ObjectNode ask(Modern request) {
    ObjectNode result = request.to(server).result();
    assertThat(result.path("resultType").asString()).isEqualTo("input_required");
    return result;
  }

  private JsonNode state(Modern request) {
    return ask(request).path("requestState");
  }

  private static void assertSays(Exchange exchange, String text) {
    ObjectNode result = exchange.result();
    assertThat(result.path("resultType").asString()).isEqualTo("complete");
    assertThat(result.at("/content/0/text").asString()).isEqualTo(text);
  }

  @Test
  void asksInTheResultAndFinishesWithTheAnswer() {
    Exchange first = greet().to(server);
    JsonNode question = first.result().at("/inputRequests/user");
    assertThat(question.path("method").asString()).isEqualTo("elicitation/create");
    assertThat(question.at("/params/requestedSchema/required/0").asString()).isEqualTo("name");
    assertThat(first.rest()).as("requests of the server").isEmpty();
    assertThat(first.result().has("ttlMs")).isFalse();
    assertThat(first.result().at("/_meta/io.modelcontextprotocol~1serverInfo/name").asString())
        .isEqualTo("rounds");
    assertSays(
        greet()
            .id("2")
            .with("inputResponses", ALICE)
            .with("requestState", first.result().path("requestState"))
            .to(server),
        "Hello, Alice");
  }

  @Test
  void remembersEarlierAnswersInTheStateAlone() {
    Modern steps = Modern.call("steps", "").can(CAN);
    JsonNode one = state(steps);
    ObjectNode second = ask(steps.with("inputResponses", ALICE).with("requestState", one));
    assertThat(second.path("inputRequests").propertyNames()).containsExactly("color");
    JsonNode two = second.path("requestState");
    assertThat(two).isNotEqualTo(one);
    assertSays(
        steps.with("inputResponses", BLUE).with("requestState", two).to(server), "Aliceblue");
  }

  @Test
  void asksAgainForWhatIsMissingOnly() {
    Modern three = Modern.call("three", "").can(CAN);
    ObjectNode first = ask(three);
    assertThat(first.path("inputRequests").propertyNames()).containsExactly("user", "s", "r");
    three.with("requestState", first.path("requestState")).with("inputResponses", ALICE);
    ObjectNode second = ask(three);
    assertThat(second.path("inputRequests").propertyNames()).containsExactly("s", "r");
    three.with("requestState", second.path("requestState"));
    three.with(
        "inputResponses",
        "{'r':{'roots':[]},'s':{'role':'assistant','model':'m','content':{'type':'text','text':'y'}}}");
    assertSays(three.to(server), "[user, s, r]");
  }

  @Test
  void asksAgainWhenTheKeyIsWrongAndIgnoresWhatNobodyAsked() {
    Modern greet = greet().with("inputResponses", "{'wrong':{'action':'accept'}}");
    assertThat(ask(greet).path("inputRequests").propertyNames()).containsExactly("user");
    assertSays(
        greet().with("inputResponses", ALICE.replace("{'user'", "{'extra':7,'user'")).to(server),
        "Hello, Alice");
  }

  @Test
  void aRefusalIsAnAnswer() {
    for (String action : new String[] {"decline", "cancel"}) {
      assertSays(
          greet().with("inputResponses", "{'user':{'action':'" + action + "'}}").to(server),
          "Hello, nobody");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "7",
        "[]",
        "{'user':12345}",
        "{'user':null}",
        "{'user':{}}",
        "{'user':{'action':'perhaps'}}",
        "{'user':{'action':'accept'}}",
        "{'user':{'action':'accept','content':[]}}",
        "{'user':{'action':'accept','content':{}}}",
        "{'user':{'action':'accept','content':{'name':7}}}"
      })
  void aMalformedAnswerIsRefused(String responses) {
    assertThat(greet().with("inputResponses", responses).to(server).errorCode()).isEqualTo(-32602);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'s':{'content':{'type':'text','text':'y'},'model':'m'}}",
        "{'s':{'role':'assistant','content':{'type':'text','text':'y'}}}",
        "{'s':{'role':'assistant','model':'m'}}",
        "{'s':{'role':'assistant','model':'m','content':{'type':'text'}}}"
      })
  void aMalformedSampleIsRefused(String responses) {
    Modern sample = Modern.call("sample", "").can(CAN).with("inputResponses", responses);
    assertThat(sample.to(server).errorCode()).isEqualTo(-32602);
  }

  @Test
  void malformedRootsAreRefused() {
    Modern roots = Modern.call("roots", "").can(CAN);
    roots.with("inputResponses", "{'r':{'roots':[{'uri':'https://example.com'}]}}");
    assertThat(roots.to(server).errorCode()).isEqualTo(-32602);
  }

  @Test
  void stateIsGoodForNothingElse() {
    JsonNode state = state(greet());
    assertThat(
            Modern.call("greet", "'subject':'y'")
                .can(CAN)
                .with("requestState", state)
                .to(server)
                .errorCode())
        .as("other arguments")
        .isEqualTo(-32602);
    assertThat(
            Modern.call("other", "'subject':'x'")
                .can(CAN)
                .with("requestState", state)
                .to(server)
                .errorCode())
        .as("other tool")
        .isEqualTo(-32602);
    assertThat(
            Modern.of("prompts/get", "'name':'ask'")
                .can(CAN)
                .with("requestState", state)
                .to(server)
                .errorCode())
        .as("other method")
        .isEqualTo(-32602);
    assertThat(
            greet()
                .with("requestState", state)
                .header("Authorization", "Bearer b")
                .to(server)
                .errorCode())
        .as("other principal")
        .isEqualTo(-32602);
  }

  @Test
  void stateIsGoodForTheSamePrincipalWhateverElseIsInTheMetadata() {
    Modern mine = greet().header("Authorization", "Bearer a");
    JsonNode state = state(mine);
    assertSays(
        mine.with("requestState", state)
            .meta("progressToken", "7")
            .with("inputResponses", ALICE)
            .to(server),
        "Hello, Alice");
  }

  @Test
  void stateExpires() {
    Modern greet = greet().with("requestState", state(greet())).with("inputResponses", ALICE);
    now = now.plusSeconds(61);
    assertThat(greet.to(server).errorCode()).isEqualTo(-32602);
  }

  @Test
  void stateThatWasTamperedWithIsRefused() {
    String state = state(greet()).asString();
    for (String other : new String[] {state + "-TAMPERED", "", "{}", state.substring(1)}) {
      assertThat(
              greet()
                  .with("inputResponses", ALICE)
                  .with("requestState", "'" + other + "'")
                  .to(server)
                  .errorCode())
          .isEqualTo(-32602);
    }
    assertThat(greet().with("requestState", "7").to(server).errorCode()).isEqualTo(-32602);
  }

  @Test
  void neverAsksForWhatTheClientDidNotDeclare() {
    Exchange refused = greet().can("'sampling':{}").to(server);
    assertThat(refused.errorCode()).isEqualTo(-32021);
    assertThat(refused.answer().status()).isEqualTo(400);
    assertThat(refused.json().at("/error/data/requiredCapabilities/elicitation").isObject())
        .isTrue();
    Exchange three = Modern.call("three", "").can("'roots':{}").to(server);
    assertThat(three.json().at("/error/data/requiredCapabilities").propertyNames())
        .containsExactly("elicitation", "sampling");
  }

  @Test
  void looksAtTheModesOfElicitation() {
    Modern page = Modern.call("page", "");
    assertThat(page.can("'elicitation':{}").to(server).errorCode()).isEqualTo(-32021);
    assertThat(page.can("'elicitation':{'form':{}}").to(server).errorCode()).isEqualTo(-32021);
    JsonNode asked = ask(page.can("'elicitation':{'url':{}}")).at("/inputRequests/page/params");
    assertThat(asked.path("mode").asString()).isEqualTo("url");
    assertThat(asked.has("elicitationId")).as("gone since 2026-07-28").isFalse();
    assertThat(greet().can("'elicitation':{'url':{}}").to(server).errorCode()).isEqualTo(-32021);
    assertThat(greet().can("'elicitation':{'form':{}}").to(server).errorCode()).isZero();
  }

  @Test
  void promptsAskToo() {
    Modern prompt = Modern.of("prompts/get", "'name':'ask'").can(CAN);
    JsonNode state = state(prompt);
    ObjectNode result =
        prompt.with("requestState", state).with("inputResponses", ALICE).to(server).result();
    assertThat(result.at("/messages/0/content/text").asString()).isEqualTo("Alice");
  }

  @Test
  void itsFieldsMeanNothingElsewhere() {
    Modern list =
        Modern.of("tools/list", "").with("requestState", "'x'").with("inputResponses", "7");
    assertThat(list.to(server).result().path("resultType").asString()).isEqualTo("complete");
  }

  @Test
  void worksWithoutHeadersOnADuplexWire() {
    assertThat(server.duplex(greet().json()).result().path("resultType").asString())
        .isEqualTo("input_required");
  }
}
