package dev.plumbline.conformance.rule.stateless;

import dev.plumbline.conformance.probe.CallableTool;
import dev.plumbline.conformance.rule.AccessScript;
import dev.plumbline.conformance.rule.Answer;
import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Replies;
import dev.plumbline.conformance.rule.Script;
import dev.plumbline.conformance.rule.Stage;
import dev.plumbline.conformance.target.Credentials;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Draft;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a server that asks for tokens hands to its clients to keep: cursors, the state between two
 * rounds, ids of tasks. Each is tried without a token, with that of another user, and lawfully.
 */
final class Handles {
  static final Script SCRIPT =
      stage -> {
        if (AccessScript.run(stage)) {
          new Handles(stage).walk();
        }
      };

  private static final String STATE = "state";
  private static final String TASK = "task";
  private static final String CURSOR = "cursor";

  /** Without a token. */
  private static final String STOLEN = "stolen-";

  /** With the token of another user. */
  private static final String FOREIGN = "foreign-";

  /** Lawfully, after both. */
  private static final String OWN = "kept-";

  /** How many tools are tried until one asks or becomes a task. */
  private static final int MOST_TOOLS = 24;

  private static final int UNAUTHORIZED = 401;
  private static final String AUTHORIZATION = "Authorization";

  private final Stage stage;
  private final Conversation own;
  private final Conversation other;

  private Handles(Stage stage) throws TargetException, HarnessException {
    this.stage = stage;
    this.own = stage.conversation();
    this.other = stage.another();
  }

  private void walk() throws HarnessException, InterruptedException {
    cursor();
    boolean state = false;
    boolean task = false;
    ObjectNode capabilities = Rounds.everything();
    capabilities.putObject("extensions").putObject(TaskWalk.EXTENSION);
    List<CallableTool> tools = Probes.callableTools(stage);
    for (CallableTool tool : tools.subList(0, Math.min(MOST_TOOLS, tools.size()))) {
      if (state && task) {
        return;
      }
      Exchange first =
          own.send(
              "handle", Rounds.declaring(own.draft("tools/call", tool.params()), capabilities));
      Optional<ObjectNode> next =
          state || !Rounds.asks(first)
              ? Optional.empty()
              : Replies.all(Rounds.requests(first))
                  .map(replies -> Rounds.next(tool.params(), first, replies));
      if (next.isPresent() && next.get().has("requestState")) {
        attempts(STATE, Rounds.declaring(own.draft("tools/call", next.get()), Rounds.everything()));
        state = true;
      }
      Optional<String> id = first.result().flatMap(r -> r.path("taskId").stringValueOpt());
      if (!task && id.isPresent()) {
        Draft get = own.draft("tasks/get", Probes.params("taskId", id.get()));
        attempts(TASK, Rounds.declaring(get, capabilities));
        task = true;
      }
    }
  }

  private void cursor() throws HarnessException, InterruptedException {
    for (String feature : Probes.LISTED) {
      if (stage.probe().declares(feature)) {
        Exchange list = own.send("page", own.draft(feature + "/list"));
        Optional<String> cursor = list.result().flatMap(r -> r.path("nextCursor").stringValueOpt());
        if (cursor.isPresent()) {
          attempts(CURSOR, own.draft(feature + "/list", Probes.params("cursor", cursor.get())));
          return;
        }
      }
    }
  }

  private void attempts(String kind, Draft lawful) throws HarnessException, InterruptedException {
    other.send(STOLEN + kind, renumbered(lawful).withoutHeader(AUTHORIZATION));
    Optional<String> token = stage.credentials().token(Credentials.Kind.OTHER);
    if (token.isPresent()) {
      other.send(FOREIGN + kind, renumbered(lawful).header(AUTHORIZATION, "Bearer " + token.get()));
    }
    own.send(OWN + kind, renumbered(lawful));
  }

  private Draft renumbered(Draft draft) {
    return draft.id(own.draft("ping").message().orElseThrow().path("id"));
  }

  // --- judges ----------------------------------------------------------------------------------

  /** Who holds one is still nobody. */
  static Verdict authenticateNobody(Recording recording) {
    return judged(
        recording,
        STOLEN,
        List.of(CURSOR, STATE, TASK),
        "is served to whoever holds it, without a token.",
        "What a client was given to keep proves nothing about who sends it.",
        "Ask for the token before you look at cursors, states and ids.");
  }

  /** A cursor tells nothing of a user; what goes on with one's work does. */
  static Verdict belongToTheirUser(Recording recording) {
    return judged(
        recording,
        FOREIGN,
        List.of(STATE, TASK),
        "is served to another user.",
        "What a server hands out for the work of one user is of use to nobody else.",
        "Keep what a handle stands for together with the subject of the token.");
  }

  private static Verdict judged(
      Recording recording,
      String whose,
      List<String> kinds,
      String summary,
      String expected,
      String fix) {
    Examination examination = new Examination(recording);
    if (recording.fact(Recording.STOPPED).isPresent()) {
      return examination.verdict();
    }
    boolean asks = recording.exchanges(AccessScript.FRESH).anyMatch(e -> is(e, UNAUTHORIZED));
    if (!asks) {
      return new Verdict.NotApplicable("no request without a token was answered 401");
    }
    for (String kind : kinds) {
      Optional<Exchange> tried = recording.exchange(whose + kind);
      boolean served = recording.exchange(OWN + kind).filter(Handles::goesOn).isPresent();
      if (tried.isPresent() && served && isProtected(recording, kind)) {
        hold(examination, tried.get(), kind, summary, expected, fix);
      }
    }
    return examination.verdict();
  }

  private static void hold(
      Examination examination,
      Exchange tried,
      String kind,
      String summary,
      String expected,
      String fix) {
    if (goesOn(tried)) {
      examination.broken(
          tried,
          "The " + kind + " of one user " + summary,
          expected,
          "The answer is " + Answer.told(tried) + ".",
          fix);
    } else {
      examination.kept();
    }
  }

  /** Whether requests of this kind need a token when they carry no handle. */
  private static boolean isProtected(Recording recording, String kind) {
    return kind.equals(CURSOR)
        ? recording.exchanges(AccessScript.FRESH).allMatch(e -> is(e, UNAUTHORIZED))
        : recording
            .exchange(AccessScript.FRESH + "cheapest")
            .filter(e -> is(e, UNAUTHORIZED))
            .isPresent();
  }

  private static boolean is(Exchange exchange, int status) {
    return exchange.status().orElse(0) == status;
  }

  /** Whether the server went on from where the handle leads. */
  private static boolean goesOn(Exchange exchange) {
    return exchange.accepted()
        && !Rounds.asks(exchange)
        && exchange.result().filter(r -> r.path("isError").asBoolean(false)).isEmpty();
  }
}
