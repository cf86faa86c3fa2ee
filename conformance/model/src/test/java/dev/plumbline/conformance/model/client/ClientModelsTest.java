package dev.plumbline.conformance.model.client;

import org.junit.jupiter.api.Test;

/** Each model of a client, with a client that is told what to send, step by step. */
class ClientModelsTest {
  private static final String META =
      """
      "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",\
      "io.modelcontextprotocol/clientInfo":{"name":"a","version":"1"},\
      "io.modelcontextprotocol/clientCapabilities":{}}""";
  private static final String INITIALIZE =
      request(
          1,
          "initialize",
          """
          "protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"a"}""");
  private static final String INITIALIZED = "{\"method\":\"notifications/initialized\"}";

  private static String request(int id, String method, String params) {
    return "{\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":{" + params + "}}";
  }

  private static String modern(int id, String method, String params) {
    return request(id, method, META + (params.isEmpty() ? "" : "," + params));
  }

  private static String cancelled(int id) {
    return "{\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":" + id + "}}";
  }

  private static Told<?> lifecycle() {
    return new Told<>(new ClientLifecycleModel()).take("want-tools-list", INITIALIZE);
  }

  private static Told<?> ready() {
    return lifecycle().take("agree-1", INITIALIZED, request(2, "tools/list", ""));
  }

  @Test
  void aGoodClientKeepsToTheLifecycle() {
    ready()
        .take("ask-ping", "{\"id\":\"question-1\",\"result\":{}}")
        .take("answer-page-1", request(3, "tools/list", "\"cursor\":\"\u00fc c/==&1\\\\2\""))
        .take("answer-1")
        .take("drop")
        .holds();
  }

  @Test
  void theHandshakeComesFirstAndOnce() {
    new Told<>(new ClientLifecycleModel())
        .take("want-ping", request(1, "ping", ""))
        .breaks("LIFE-005");
    lifecycle().take("want-ping", request(2, "tools/list", "")).breaks("LIFE-005");
    lifecycle()
        .take("agree-1", INITIALIZED, INITIALIZE.replace("\"id\":1", "\"id\":2"))
        .breaks("LIFE-005");
    lifecycle().take("agree-1", request(2, "tools/list", "")).breaks("LIFE-007");
    lifecycle().take("refuse-1", INITIALIZED).breaks("LIFE-007");
    new Told<>(new ClientLifecycleModel())
        .take("want-ping", request(1, "initialize", ""))
        .breaks("LIFE-006");
  }

  @Test
  void idsAndTokensAreOfOneRequest() {
    ready().take("want-ping", request(2, "ping", "")).breaks("BASE-010");
    ready().take("want-ping", "{\"id\":null,\"method\":\"ping\"}").breaks("BASE-008");
    String token = "\"_meta\":{\"progressToken\":7}";
    ready()
        .take("want-tools-call", request(3, "tools/call", token), request(4, "ping", token))
        .breaks("PROG-002");
    ready()
        .take("want-tools-call", request(3, "tools/call", token.replace("7", "{}")))
        .breaks("PROG-001");
  }

  @Test
  void onlyWhatWasDeclaredIsUsed() {
    lifecycle()
        .take("agree-older-1", INITIALIZED, request(2, "prompts/list", ""))
        .breaks("LIFE-014");
    ready()
        .take("ask-sampling-createMessage", "{\"id\":\"question-1\",\"result\":{}}")
        .breaks("LIFE-016");
  }

  @Test
  void onlyWhatRunsIsCancelled() {
    lifecycle()
        .take("ask-ping", "{\"id\":\"question-1\",\"result\":{}}", cancelled(1))
        .breaks("CANC-002");
    ready().take("answer-1", cancelled(2)).breaks("CANC-001");
  }

  @Test
  void everyQuestionIsAnsweredOnce() {
    String answer = "{\"id\":\"question-1\",\"result\":{}}";
    ready().take("ask-ping", answer, answer).breaks("BASE-007");
    ready().take("ask-ping").breaks("PING-001");
    ready().take("ask-ping", answer.replace("}}", "},\"error\":{}}")).breaks("BASE-011");
  }

  @Test
  void aCursorGoesBackAsItCame() {
    ready().take("answer-page-1", request(3, "tools/list", "\"cursor\":\"c\"")).breaks("PAGE-005");
  }

  private static Told<?> stateless(ClientModel<?> model, String method, String params) {
    return new Told<>(model)
        .take("want-tools-call", modern(1, "server/discover", ""))
        .take("answer-1", modern(2, method, params));
  }

  private static Told<?> task() {
    return stateless(new ClientTaskModel(), "tools/call", "\"name\":\"a\"");
  }

  private static final String TASK = "\"taskId\":\"task \u00fc 1\"";

  @Test
  void aTaskIsLookedAtInItsTimeUntilItEnds() {
    task().take("task-1", modern(3, "tasks/get", TASK)).breaks("TASK-512");
    Told<?> looks = task().pausing(5_000).take("slow-task-1", modern(3, "tasks/get", TASK));
    looks.holds();
    looks.take("completed-1", modern(4, "tasks/get", TASK)).breaks("TASK-513");
    task()
        .pausing(100)
        .take("task-1", modern(3, "tasks/get", "\"taskId\":\"b\""))
        .breaks("TASK-041");
  }

  @Test
  void aTaskIsAnsweredOnce() {
    String update = TASK + ",\"inputResponses\":{\"question-1\":{}}";
    Told<?> asked =
        task()
            .pausing(100)
            .take("task-1", modern(3, "tasks/get", TASK))
            .take("ask-1", modern(4, "tasks/update", update));
    asked.holds();
    asked
        .take("accept-1", modern(5, "tasks/get", TASK))
        .take("ask-still-1", modern(6, "tasks/update", update))
        .breaks("TASK-531");
  }

  private static Told<?> asked(String params) {
    return stateless(new ClientRoundTripModel(), "tools/call", "\"name\":\"a\"")
        .take("ask-1", modern(3, "tools/call", params));
  }

  @Test
  void aRequestIsRepeatedWithStateAndAnswers() {
    String state = "\"requestState\":\"{\\\"\u00fc\\\": 1}\\n==-1-2\"";
    String answers = "\"inputResponses\":{\"question \u00fc 1\":{}}";
    asked("\"name\":\"a\"," + state + "," + answers).holds();
    asked("\"name\":\"a\"," + answers).breaks("MRTR-517");
    asked("\"name\":\"a\"," + state).breaks("MRTR-516");
    asked("\"name\":\"b\"," + state + "," + answers).breaks("MRTR-516");
    stateless(new ClientRoundTripModel(), "tools/call", state).breaks("MRTR-521");
    stateless(new ClientRoundTripModel(), "tools/call", "")
        .take("ask-two-1", modern(3, "tools/call", state))
        .breaks("MRTR-519");
  }

  @Test
  void theStatelessEraHasItsOwnManners() {
    new Told<>(new ClientRoundTripModel())
        .take("want-tools-call", request(1, "server/discover", ""))
        .breaks("BASE-549");
    stateless(new ClientRoundTripModel(), "tools/call", "")
        .take("ask-elicitation-create", "{\"id\":\"question-1\",\"result\":{}}")
        .breaks("TRAN-520");
    stateless(new ClientRoundTripModel(), "tools/call", "")
        .take("answer-1", cancelled(2))
        .breaks("CANC-510");
  }

  @Test
  void newsReachWhoTheyAreFor() {
    String news =
        """
        {"method":"notifications/tools/list_changed","params":\
        {"_meta":{"io.modelcontextprotocol/subscriptionId":2}}}""";
    Told<?> listens =
        new Told<>(new ClientSubscriptionModel())
            .take("want-listen-tools", modern(1, "server/discover", ""))
            .take("answer-1", modern(2, "subscriptions/listen", "\"notifications\":{}"))
            .take("acknowledge-1");
    listens.hearingNews().take("news-1", news).holds();
    listens.take("news-of-none", news.replace(":2", ":999999")).breaks("SUBS-505");
  }

  @Test
  void aSessionIsNamedUntilItIsGone() {
    Told<?> opened = new Told<>(new ClientSessionModel()).take("want-tools-call", INITIALIZE);
    opened.in("session-1").take("open", INITIALIZED, request(2, "tools/call", ""));
    opened.holds();
    opened.take("gone-1", request(3, "tools/call", "")).breaks("LIFE-005");
    Told<?> again = new Told<>(new ClientSessionModel()).take("want-tools-call", INITIALIZE);
    again.in("session-1").take("open", INITIALIZED, request(2, "tools/call", ""));
    again.take("gone-1", INITIALIZE).breaks("TRAN-046");
    new Told<>(new ClientSessionModel())
        .take("want-tools-call", INITIALIZE)
        .take("open", INITIALIZED)
        .breaks("TRAN-045");
    new Told<>(new ClientSessionModel())
        .take("want-tools-call", INITIALIZE)
        .in("session-1")
        .take("open-older", INITIALIZED)
        .breaks("TRAN-048");
  }

  @Test
  void aStreamIsTakenUpWhereItWasLeft() {
    Told<?> broken =
        new Told<>(new ClientStreamModel())
            .take("want-tools-call", INITIALIZE)
            .in("session-1")
            .take("open", INITIALIZED, request(2, "tools/call", ""))
            .take("event-1");
    broken.resuming("event-1-2").take("event-and-break-1", "{}").holds();
    broken.take("event-1").resuming("event-1-2").take("break-1", "{}").breaks("TRAN-042");
  }
}
