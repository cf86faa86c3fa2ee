package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.Recorded;
import org.junit.jupiter.api.Test;

/** Rules on notifications, on openings and on odd input. */
class NoticeRulesTest {
  private static final String PONG = "{\"jsonrpc\":\"2.0\",\"id\":9,\"result\":{}}";
  private static final String STRAY = "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":1}}";
  private static final String ASKS = "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"roots/list\"}";
  private static final String CANCEL = "notifications/cancelled";

  private static Recorded lawful(Recorded recorded) {
    return recorded.initialized("{}").sent("lawful", "ping").result("{}");
  }

  private static Recorded stdio(String clause, String... after) {
    return lawful(Recorded.stdio(clause))
        .notified("notice-unknown", "notifications/a")
        .lines()
        .sent("after-notices", "ping", "{}", "9")
        .lines(after);
  }

  @Test
  void aNotificationIsNotAnswered() {
    stdio("BASE-005", PONG).passes(1);
    stdio("BASE-005", STRAY, PONG).fails("A notification is answered with a response.");
    lawful(Recorded.stdio("BASE-005")).isNotObserved("after-notices was not sent");
  }

  @Test
  void aLateCancellationDoesNoHarm() {
    stdio("CANC-006", PONG).passes(1);
    lawful(Recorded.stdio("CANC-006"))
        .sent("after-notices", "ping")
        .closed()
        .fails("After a cancellation that came too late requests are not served any more.");
    lawful(Recorded.stdio("CANC-006"))
        .sent("after-notices", "ping")
        .late()
        .isNotObserved("no answer to after-notices within 2000 ms");
  }

  private static Recorded cancelled(int status) {
    return lawful(Recorded.http("CANC-009"))
        .notified("notice-cancel-late", CANCEL)
        .status(202, "")
        .notified("notice-cancel-unknown", CANCEL)
        .status(status, "");
  }

  @Test
  void aCancellationOfNothingIsIgnored() {
    cancelled(202).passes(2);
    cancelled(400).fails("A cancellation of a request that does not run is not ignored.");
    lawful(Recorded.http("CANC-009")).isNotObserved("no cancellation was sent");
  }

  @Test
  void whatIsRefusedHasAnErrorStatus() {
    lawful(Recorded.http("TRAN-023")).notified("odd-method", CANCEL).status(400, "").passes(1);
    lawful(Recorded.http("TRAN-023"))
        .notified("odd-session", CANCEL)
        .message(200, STRAY)
        .fails("A notification or response that is refused is answered with status 200.");
    lawful(Recorded.http("TRAN-023"))
        .notified("odd-method", CANCEL)
        .status(202, "")
        .isNotObserved("the target gave no occasion: it accepts what is no lawful notification");
  }

  @Test
  void aRequestWithoutVersionIsServed() {
    lawful(Recorded.http("TRAN-050")).sent("without-version", "ping").result("{}").passes(1);
    lawful(Recorded.http("TRAN-050"))
        .sent("without-version", "ping")
        .status(400, "")
        .fails("A request without MCP-Protocol-Version is refused.");
  }

  private static Recorded asked(String version, String... lines) {
    return Recorded.stdio("LIFE-005")
        .sent("initialize-" + version, "initialize", "{}", "9")
        .lines(lines);
  }

  @Test
  void nothingIsAskedBeforeInitialization() {
    asked("2025-11-25", PONG).passes(1);
    asked("2025-11-25", ASKS, PONG)
        .fails("The server asks for roots/list before it has answered initialize.");
    asked("2025-11-25", PONG, ASKS).passes(1);
  }

  private static Recorded waiting(String... lines) {
    return Recorded.stdio("LIFE-009")
        .sent("initialize", "initialize")
        .result("{}")
        .bodiless("waiting")
        .lines(lines)
        .sent("lawful", "ping")
        .result("{}");
  }

  @Test
  void nothingIsAskedBeforeTheClientIsReady() {
    waiting("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}").passes(2);
    waiting(ASKS).fails("The server asks for roots/list before the client is initialized.");
  }

  @Test
  void anInitializeThatIsWrongIsSurvived() {
    lawful(Recorded.http("LIFE-022").sent("bad-version", "initialize").error(-32602)).passes(1);
    lawful(Recorded.http("LIFE-022").sent("bad-version", "initialize").error(500, -32603))
        .fails("An initialize that is wrong is answered by a breakdown.");
    lawful(Recorded.stdio("LIFE-022").sent("bad-version", "initialize").closed())
        .fails("An initialize that is wrong is answered by a breakdown.");
    lawful(Recorded.stdio("LIFE-022").sent("bad-version", "initialize").late())
        .isNotObserved("no initialize that is wrong was answered");
  }

  private static Recorded prompted(String clause) {
    return lawful(Recorded.http(clause)).sent("get-prompt", "prompts/get").result("{}");
  }

  @Test
  void argumentsOfPromptsAreChecked() {
    prompted("PROM-008").sent("get-prompt-object", "prompts/get").error(-32602).passes(1);
    prompted("PROM-008")
        .sent("get-prompt-object", "prompts/get")
        .result("{}")
        .fails("A prompt takes an object for an argument.");
    prompted("PROM-008")
        .isNotObserved("the target gave no occasion: a prompt with a required argument");
  }

  @Test
  void inputOfCompletionsIsChecked() {
    Recorded complete =
        lawful(Recorded.http("COMP-012")).sent("complete", "completion/complete").result("{}");
    complete.sent("complete-input.long", "completion/complete").result("{}").passes(1);
    complete
        .sent("complete-input.type", "completion/complete")
        .error(-32603)
        .fails("Odd input to a completion leads to a breakdown.");
    lawful(Recorded.http("COMP-012"))
        .isNotObserved("the target gave no occasion: a completion that is served");
  }

  @Test
  void whoRunsTasksDeclaresThem() {
    String task = "{\"task\":{\"taskId\":\"a\"}}";
    lawful(Recorded.http("TASK-001")).sent("as-task-call", "tools/call").result("{}").passes(1);
    lawful(Recorded.http("TASK-001"))
        .sent("as-task-any", "tools/call")
        .result(task)
        .fails("The server runs a request as a task without declaring tasks.");
    Recorded.http("TASK-001")
        .initialized("{\"tasks\":{}}")
        .sent("lawful", "ping")
        .result("{}")
        .passes(1);
  }

  @Test
  void aMemberTaskIsIgnoredWhereNothingRunsAsOne() {
    prompted("TASK-016").sent("as-task-get-prompt", "prompts/get").result("{}").passes(1);
    prompted("TASK-016")
        .sent("as-task-get-prompt", "prompts/get")
        .error(-32602)
        .fails("A member task changes the answer to a request that cannot be a task.");
    lawful(Recorded.http("TASK-016"))
        .sent("as-task-get-prompt", "prompts/get")
        .error(-32602)
        .isNotObserved("the target gave no occasion: a request that cannot be run as a task");
  }

  private static Recorded failed(String clause, String error) {
    return lawful(Recorded.http(clause))
        .sent("call", "tools/call", "{}", "9")
        .message(200, "{\"jsonrpc\":\"2.0\",\"id\":9,\"error\":" + error + "}");
  }

  private static String required(int code, String list) {
    return "{\"code\":" + code + ",\"message\":\"m\",\"data\":{\"elicitations\":" + list + "}}";
  }

  @Test
  void theErrorThatAsksForAPageIsWhole() {
    String page = "[{\"mode\":\"url\",\"elicitationId\":\"a\"}]";
    failed("ELIC-018", required(-32042, page)).passes(1);
    failed("ELIC-018", required(-32042, "[]")).fails("Error -32042 lists no elicitations.");
    failed("ELIC-019", required(-32042, page)).passes(1);
    failed("ELIC-019", required(-32042, "[{\"mode\":\"form\"}]"))
        .fails("Error -32042 lists what is no elicitation by address with an id.");
    failed("ELIC-029", required(-32042, page)).passes(1);
    failed("ELIC-029", required(-32000, page))
        .fails("An error that lists elicitations has another code than -32042.");
    failed("ELIC-017", required(-32602, page)).passes(2);
    failed("ELIC-017", required(-32042, page))
        .fails("Error -32042 goes to a client that cannot open addresses.");
  }
}
