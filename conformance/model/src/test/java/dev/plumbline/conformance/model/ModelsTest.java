package dev.plumbline.conformance.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Each model against a peer that is told what to say, step by step. */
class ModelsTest {
  private static final String EVENTS = "text/event-stream";
  private static final String OPENED =
      """
      {"protocolVersion":"2025-11-25","capabilities":{},"serverInfo":{"name":"a","version":"1"}}""";

  /** Walks by the labels of commands, each with what the peer answers. */
  private static final class Told<S, C extends Command> {
    private final Model<S, C> model;
    private S state;
    private final Map<String, Integer> ids = new HashMap<>();
    private int id;

    private Told(Model<S, C> model) {
      this.model = model;
      this.state = model.start(Offers.EVERYTHING);
    }

    private Step<S> take(String label, int status, String type, String session, String... events) {
      C command =
          model.commands(state).stream()
              .filter(c -> c.label().equals(label))
              .findFirst()
              .orElseThrow(() -> new AssertionError(label + " among " + labels()));
      id++;
      ids.put(label, id);
      List<Heard.Event> heard = new ArrayList<>();
      for (String event : events) {
        int at = event.indexOf('|');
        Optional<String> name = at > 0 ? Optional.of(event.substring(0, at)) : Optional.empty();
        heard.add(new Heard.Event(name, json(event.substring(at + 1))));
      }
      Optional<String> named = session.isEmpty() ? Optional.empty() : Optional.of(session);
      Step<S> step = model.step(state, command, new Heard(id, status, type, named, heard));
      if (step instanceof Step.Allowed<S>(S next)) {
        state = next;
      }
      return step;
    }

    private List<String> labels() {
      return model.commands(state).stream().map(Command::label).toList();
    }

    private JsonNode json(String text) {
      return new JsonMapper().readTree(text.replace("\"ID\"", "" + id));
    }

    private Told<S, C> served(String label, String result) {
      assertThat(take(label, 200, "application/json", "", result(result)))
          .isInstanceOf(Step.Allowed.class);
      return this;
    }

    private Told<S, C> opened() {
      assertThat(take("open", 200, "application/json", "s1", result(OPENED)))
          .isInstanceOf(Step.Allowed.class);
      String initialized =
          labels().contains("initialized") ? "initialized" : "initialized-session-1";
      assertThat(take(initialized, 202, "", "")).isInstanceOf(Step.Allowed.class);
      return this;
    }

    private String breaks(String label, String result) {
      return clause(take(label, 200, "application/json", "", result(result)));
    }

    private static String clause(Step<?> step) {
      return step instanceof Step.Broken<?>(Breach breach) ? breach.clause() : "" + step;
    }
  }

  private static String result(String result) {
    return "{\"jsonrpc\":\"2.0\",\"id\":\"ID\",\"result\":" + result + "}";
  }

  private static String error(int code) {
    return "{\"jsonrpc\":\"2.0\",\"id\":\"ID\",\"error\":{\"code\":" + code + "}}";
  }

  private static String news(String method, int subscription) {
    return "{\"method\":\"notifications/"
        + method
        + "\",\"params\":{\"_meta\":{\"io.modelcontextprotocol/subscriptionId\":"
        + subscription
        + "}}}";
  }

  @Test
  void everyModelHasANameOfItsOwnAndABeginning() {
    assertThat(Models.all()).hasSize(6).extracting(Model::name).doesNotHaveDuplicates();
    for (Model<?, ?> model : Models.all()) {
      assertThat(model.obstacle(Offers.EVERYTHING)).as(model.name()).isEmpty();
      assertThat(Models.named(model.name())).contains(model);
      assertThat(new Told<>(model).labels()).as(model.name()).isNotEmpty().doesNotHaveDuplicates();
    }
  }

  @Test
  void anAgreedRevisionStaysAgreedOn() {
    var told = new Told<>(new LifecycleModel()).served("initialize-2025-11-25", OPENED);
    assertThat(told.take("initialized", 202, "", "")).isInstanceOf(Step.Allowed.class);
    told.served("ping", "{}").served("ping", "{\"_meta\":{}}");
    assertThat(Told.clause(told.take("ping", 200, "", "", error(-32601)))).isEqualTo("PING-001");
    assertThat(Told.clause(told.take("unknown-revision", 200, "", "", result("{}"))))
        .isEqualTo("TRAN-005");
    assertThat(Told.clause(told.take("cancel-nothing", 200, "", ""))).isEqualTo("TRAN-002");
    assertThat(told.take("ping", 429, "", "", error(1))).isInstanceOf(Step.Unclear.class);
    assertThat(told.take("end", 0, "", "")).isInstanceOf(Step.Allowed.class);
    assertThat(told.breaks("initialize-2025-06-18", OPENED)).isEqualTo("LIFE-002");
    assertThat(told.breaks("initialize-1900-01-01", OPENED.replace("2025-11-25", "1900-01-01")))
        .isEqualTo("LIFE-003");
    assertThat(told.breaks("initialize-2025-11-25", "{\"protocolVersion\":\"2025-11-25\"}"))
        .isEqualTo("LIFE-001");
  }

  @Test
  void anEndedSessionStaysEnded() {
    var told = new Told<>(new SessionModel()).opened().served("ping-session-1", "{}");
    assertThat(told.take("delete-session-1", 405, "", "")).isInstanceOf(Step.Allowed.class);
    told.served("ping-session-1", "{}");
    assertThat(told.take("delete-session-1", 204, "", "")).isInstanceOf(Step.Allowed.class);
    assertThat(told.take("ping-session-1", 404, "", "")).isInstanceOf(Step.Allowed.class);
    assertThat(told.take("listen-session-1", 405, "", "")).isInstanceOf(Step.Allowed.class);
    assertThat(Told.clause(told.take("list-session-1", 400, "", ""))).isEqualTo("TRAN-004");
    assertThat(told.breaks("ping-session-1", "{}")).isEqualTo("TRAN-004");
  }

  @Test
  void whatIsNotAnsweredProvesNothing() {
    var told = new Told<>(new SessionModel()).opened();
    assertThat(told.take("ping-session-1", -1, "", "")).isInstanceOf(Step.Unclear.class);
    assertThat(told.take("notify-session-1", -1, "", "")).isInstanceOf(Step.Unclear.class);
    assertThat(told.take("delete-session-1", -1, "", "")).isInstanceOf(Step.Unclear.class);
    told.served("ping-session-1", "{}");
    assertThat(told.take("delete-session-1", 204, "", "")).isInstanceOf(Step.Allowed.class);
    assertThat(told.take("ping-session-1", -1, "", "")).isInstanceOf(Step.Unclear.class);
    SessionModel.Act listen =
        told.model.commands(told.state).stream()
            .filter(act -> act.label().equals("listen-session-1"))
            .findFirst()
            .orElseThrow();
    assertThat(told.model.step(told.state, listen, Heard.NOTHING)).isInstanceOf(Step.Unclear.class);
  }

  @Test
  void aSessionMayEndAtAnyTimeAndIsGoneThen() {
    var told = new Told<>(new SessionModel()).opened();
    assertThat(told.take("ping-session-1", 404, "", "")).isInstanceOf(Step.Allowed.class);
    assertThat(told.breaks("ping-session-1", "{}")).isEqualTo("TRAN-004");
  }

  @Test
  void anEndThatIsOnlyAcceptedIsLeftOpen() {
    var told = new Told<>(new SessionModel()).opened();
    assertThat(told.take("delete-session-1", 202, "", "")).isInstanceOf(Step.Allowed.class);
    told.served("ping-session-1", "{}");
  }

  @Test
  void aResumedStreamGoesOnAsItself() {
    var told = new Told<>(new StreamModel()).opened();
    String answer = "b|" + result("{}");
    assertThat(told.take("call-echo", 200, EVENTS, "", "a|{\"method\":\"m\"}", answer))
        .isInstanceOf(Step.Allowed.class);
    assertThat(told.take("listen", 200, EVENTS, "", "c|{\"method\":\"n\"}"))
        .isInstanceOf(Step.Allowed.class);
    String resume = "resume-stream-1-after-event-1";
    assertThat(told.take(resume, 400, "", "")).isInstanceOf(Step.Allowed.class);
    String again = answer.replace("\"ID\"", "3");
    assertThat(told.take(resume, 200, EVENTS, "", again)).isInstanceOf(Step.Allowed.class);
    assertThat(Told.clause(told.take(resume, 200, EVENTS, "", "c|{\"method\":\"n\"}")))
        .isEqualTo("TRAN-041");
    assertThat(Told.clause(told.take(resume, 200, EVENTS, "", "b|{\"method\":\"x\"}")))
        .isEqualTo("TRAN-039");
    assertThat(Told.clause(told.take("resume-stream-2-after-event-1", 200, EVENTS, "", again)))
        .isEqualTo("TRAN-041");
    assertThat(Told.clause(told.take("listen", 200, EVENTS, "", "a|{\"method\":\"m\"}")))
        .isEqualTo("TRAN-039");
    assertThat(Told.clause(told.take("listen", 200, EVENTS, "", result("{}"))))
        .isEqualTo("TRAN-036");
    assertThat(Told.clause(told.take("listen", 200, "text/html", ""))).isEqualTo("TRAN-003");
  }

  @Test
  void theEndOfATaskIsFinal() {
    String working = "{\"taskId\":\"t\",\"status\":\"working\"}";
    String created = "{\"task\":" + working + "}";
    var told = new Told<>(new TaskModel()).opened().served("create-echo", created);
    assertThat(told.breaks("create-echo", created)).isEqualTo("TASK-019");
    told.served("get-task-1", working);
    assertThat(told.breaks("get-task-1", working.replace("working", "dying")))
        .isEqualTo("TASK-021");
    assertThat(told.breaks("cancel-task-1", working)).isEqualTo("TASK-051");
    told.served("cancel-task-1", working.replace("working", "cancelled"));
    assertThat(told.breaks("cancel-task-1", working.replace("working", "cancelled")))
        .isEqualTo("TASK-050");
    assertThat(told.breaks("get-task-1", working)).isEqualTo("TASK-052");
    assertThat(told.breaks("list", "{\"tasks\":[" + working + "]}")).isEqualTo("TASK-052");
    told.served("result-task-1", "{\"content\":[]}");
    assertThat(told.breaks("result-task-1", "{\"content\":[1]}")).isEqualTo("TASK-038");
    assertThat(Told.clause(told.take("get-unknown-task", 200, "", "", error(-32603))))
        .isEqualTo("TASK-072");
    assertThat(
            told.breaks("create-echo", created.replace("\"t\"", "\"u\"").replace("working", "x")))
        .isEqualTo("TASK-020");
  }

  @Test
  void aCompletedTaskDoesNotGoOn() {
    String working = "{\"taskId\":\"t\",\"status\":\"working\"}";
    var told = new Told<>(new TaskModel()).opened();
    told.served("create-echo", "{\"task\":" + working + "}");
    told.served("get-task-1", working.replace("working", "completed"));
    assertThat(told.breaks("get-task-1", working.replace("working", "failed")))
        .isEqualTo("TASK-022");
  }

  @Test
  void aSubscriptionTellsWhatItWasOpenedFor() {
    var told = new Told<>(new SubscriptionModel());
    String acknowledged = news("subscriptions/acknowledged", 1);
    assertThat(told.take("listen-toolsListChanged", 200, EVENTS, "", acknowledged))
        .isInstanceOf(Step.Allowed.class);
    assertThat(told.take("call-echo", 200, "", "", result("{}"), news("tools/list_changed", 1)))
        .isInstanceOf(Step.Allowed.class);
    assertThat(Told.clause(told.take("hush-1", 200, "", "", news("prompts/list_changed", 1))))
        .isEqualTo("SUBS-501");
    assertThat(Told.clause(told.take("hush-1", 200, "", "", news("resources/updated", 1))))
        .isEqualTo("SUBS-501");
    assertThat(Told.clause(told.take("hush-1", 200, "", "", news("tools/list_changed", 77))))
        .isEqualTo("BASE-555");
    assertThat(told.take("listen-everything", 200, EVENTS, "")).isInstanceOf(Step.Allowed.class);
    assertThat(Told.clause(told.take("discover", 200, "", "", news("tools/list_changed", 6))))
        .isEqualTo("SUBS-503");
  }

  @Test
  void whatIsAskedFollowsFromTheRequestAlone() {
    String ask =
        """
        {"resultType":"input_required","requestState":"abcdef","inputRequests":{"a":{"method":"METHOD"}}}""";
    String elicit = ask.replace("METHOD", "elicitation/create");
    var told = new Told<>(new RoundTripModel()).served("call-echo", elicit);
    assertThat(told.breaks("call-echo-unable", elicit)).isEqualTo("MRTR-514");
    assertThat(told.breaks("repeat-unable-1", ask.replace("METHOD", "roots/list")))
        .isEqualTo("MRTR-513");
    assertThat(told.breaks("call-echo", ask.replace("METHOD", "tools/call"))).isEqualTo("MRTR-506");
    assertThat(told.breaks("answer-1", "{\"resultType\":\"input_required\"}"))
        .isEqualTo("MRTR-512");
    assertThat(told.breaks("forge-1", "{\"resultType\":\"complete\"}")).isEqualTo("MRTR-509");
    assertThat(told.take("forge-1", 200, "", "", error(-32602))).isInstanceOf(Step.Allowed.class);
    told.served("answer-1", "{\"resultType\":\"complete\"}");
  }
}
