package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.probe.CallableTool;
import dev.plumbline.conformance.rule.Answer;
import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.Inbox;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Script;
import dev.plumbline.conformance.rule.Stage;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.End;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rules of the page {@code 2025-11-25/client/roots} on roots that change and go. Judged is that the
 * server goes on; what it does with roots is its own business.
 */
public final class RootRules {
  private static final String CHANGED = "roots-changed";
  private static final String AFTER_CHANGE = "after-change";
  private static final String AFTER_LOSS = "after-loss";
  private static final int INTERNAL_ERROR = -32603;
  private static final int MAX_CALLS = 24;
  private static final Duration PATIENCE = Duration.ofMillis(400);
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Script SCRIPT = stage -> new Talk(stage).run();

  private RootRules() {}

  /** The rules; both look at one conversation. */
  public static List<Rule> rules() {
    return List.of(
        rule("ROOT-013", Roots.GIVEN, RootRules::changes),
        rule("ROOT-009", Roots.LOST, RootRules::losses));
  }

  private static Rule rule(
      String clause, Roots asked, BiConsumer<Recording, Examination> conclusion) {
    return new Rule(
        clause,
        Probes.ANY,
        Probes.HANDSHAKE,
        SCRIPT,
        recording -> {
          Examination examination = new Examination(recording);
          if (examination.served(Probes.LAWFUL)) {
            if (recording.fact(asked.fact()).isPresent()) {
              conclusion.accept(recording, examination);
            } else {
              examination.unseen("the server did not ask for roots " + asked.when);
            }
          }
          return examination.verdict();
        });
  }

  /** What the client says of its roots. */
  private enum Roots {
    GIVEN("while there were some"),
    NONE("when they had changed"),
    LOST("when there were none any more");

    private final String when;

    Roots(String when) {
      this.when = when;
    }

    /** How often they were asked for then. */
    String fact() {
      return "roots-" + name().toLowerCase(Locale.ROOT);
    }

    ObjectNode answer(JsonNode question) {
      ObjectNode result = Messages.object();
      if (this == GIVEN) {
        result.putArray("roots").addObject().put("uri", "file:///plumbline").put("name", "one");
      } else {
        result.putArray("roots");
      }
      return this == LOST
          ? Messages.error(question, INTERNAL_ERROR, "The roots cannot be read")
          : Messages.result(question, result);
    }
  }

  /** A client with roots that change and go. */
  private static final class Talk {
    private final Stage stage;
    private final Conversation conversation;
    private final Inbox<Roots> asked = new Inbox<>();
    private final Map<Roots, Integer> count = new ConcurrentHashMap<>();
    private volatile Roots roots = Roots.GIVEN;

    Talk(Stage stage) throws TargetException, HarnessException {
      this.stage = stage;
      this.conversation = stage.conversation();
    }

    void run() throws TargetException, HarnessException, InterruptedException {
      ObjectNode capabilities = Messages.object();
      capabilities.putObject("roots").put("listChanged", true);
      conversation.declare(capabilities);
      conversation.answering(
          "roots/list",
          question -> {
            Roots now = roots;
            count.merge(now, 1, Integer::sum);
            asked.add(now);
            return List.of(now.answer(question));
          });
      conversation.open();
      Optional<Conversation.Beside> listening =
          HeldCall.listening(conversation, get -> get.deadline(LIMIT));
      try {
        Probes.lawful(conversation);
        talk();
      } finally {
        if (listening.isPresent()) {
          listening.get().end(Duration.ZERO);
        }
      }
      new TreeMap<>(count).forEach((when, n) -> stage.fact(when.fact(), String.valueOf(n)));
    }

    private void talk() throws HarnessException, InterruptedException {
      Optional<CallableTool> asker = Optional.empty();
      for (CallableTool tool : tools()) {
        conversation.send("call", conversation.draft("tools/call", tool.params()));
        if (!asked.isEmpty()) {
          asker = Optional.of(tool);
          break;
        }
      }
      if (asker.isEmpty() && !heard(Roots.GIVEN)) {
        return;
      }
      change(Roots.NONE, asker, AFTER_CHANGE);
      change(Roots.LOST, asker, AFTER_LOSS);
    }

    /** Those that name roots first; bounded. */
    private List<CallableTool> tools() {
      return Probes.callableTools(stage).stream()
          .sorted(Comparator.comparing(tool -> !tool.tool().name().matches("(?i).*roots?.*")))
          .limit(MAX_CALLS)
          .toList();
    }

    private void change(Roots now, Optional<CallableTool> asker, String after)
        throws HarnessException, InterruptedException {
      roots = now;
      conversation.send(
          CHANGED,
          conversation.notification("notifications/roots/list_changed", Messages.object()));
      if (asker.isPresent()) {
        conversation.send("call-again", conversation.draft("tools/call", asker.get().params()));
      }
      var _ = heard(now);
      conversation.send(after, conversation.draft("ping"));
    }

    /** Waits until it was asked then, or has had time to. */
    private boolean heard(Roots then) throws HarnessException, InterruptedException {
      if (conversation.transport().isHttp()) {
        return asked.await(now -> now == then, PATIENCE).isPresent();
      }
      boolean before = asked.await(now -> now == then, Duration.ZERO).isPresent();
      if (!before) {
        conversation.listen(HeldCall.LISTENING, PATIENCE);
      }
      return before || asked.await(now -> now == then, Duration.ZERO).isPresent();
    }
  }

  // --- what is concluded -------------------------------------------------------------------------

  private static void changes(Recording recording, Examination examination) {
    Optional<Exchange> refused =
        recording
            .exchange(CHANGED)
            .filter(e -> !Answer.unrelated(e))
            .filter(_ -> recording.exchange(AFTER_CHANGE).filter(Exchange::accepted).isPresent())
            .filter(e -> e.status().orElse(0) >= 400 || e.error().isPresent());
    if (refused.isPresent()) {
      examination.broken(
          refused.get(),
          "The news that the roots changed are refused.",
          "A server that asks for roots takes it in when they change.",
          "The notification met " + Answer.told(refused.get()) + ".",
          "Take notifications/roots/list_changed, and ask for the roots again when they matter.");
    } else {
      goesOn(recording, examination, AFTER_CHANGE, "the roots changed");
    }
  }

  private static void losses(Recording recording, Examination examination) {
    goesOn(recording, examination, AFTER_LOSS, "the roots could not be read");
  }

  private static void goesOn(
      Recording recording, Examination examination, String label, String when) {
    Optional<Exchange> after = recording.exchange(label);
    boolean gone = after.filter(e -> e.end() == End.CLOSED || e.error().isPresent()).isPresent();
    if (gone) {
      examination.broken(
          after.orElseThrow(),
          "When " + when + ", requests are not served any more.",
          "A server goes on when roots change or are no longer there.",
          "A ping was served before; now it met " + Answer.told(after.orElseThrow()) + ".",
          "Treat roots that are missing or cannot be read as no roots.");
    } else if (examination.served(label)) {
      examination.kept();
    }
  }
}
