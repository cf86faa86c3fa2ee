package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.Answer;
import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Stage;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rules of the section on sessions of the page {@code 2025-11-25/basic/transports}. */
public final class SessionRules {
  private static final String DELETE = "delete";
  private static final String AFTER = "after-delete";
  private static final int GONE_LATER = 202;
  private static final Set<Integer> TERMINATED = Set.of(200, GONE_LATER, 204);

  private SessionRules() {}

  /** The section's rules. */
  public static List<Rule> rules() {
    return List.of(
        new Rule(
            "TRAN-004",
            Probes.HTTP,
            Probes.HANDSHAKE.since("2025-03-26").withSession(),
            SessionRules::endsTheSession,
            SessionRules::forgetsTheSession));
  }

  private static void endsTheSession(Stage stage)
      throws TargetException, HarnessException, InterruptedException {
    Conversation conversation = stage.open();
    Probes.lawful(conversation);
    conversation.send(DELETE, conversation.http("DELETE"));
    conversation.send(AFTER, conversation.draft("ping"));
  }

  private static Verdict forgetsTheSession(Recording recording) {
    Examination examination = new Examination(recording);
    if (!examination.served(Probes.LAWFUL)) {
      return examination.verdict();
    }
    Optional<Exchange> delete = examination.answered(DELETE);
    int status = delete.flatMap(e -> e.status().stream().boxed().findFirst()).orElse(0);
    if (delete.isPresent() && !TERMINATED.contains(status)) {
      examination.unseen("the server does not let a client end its session: status " + status);
    } else if (delete.isPresent()) {
      examination.answered(AFTER).ifPresent(e -> judge(e, status, examination));
    }
    return examination.verdict();
  }

  private static void judge(Exchange exchange, int deleted, Examination examination) {
    if (exchange.status().orElse(0) == 404) {
      examination.kept();
    } else if (deleted == GONE_LATER) {
      // RFC 9110 §15.3.3: accepted is not done.
      examination.unseen("the session may end later: DELETE was answered with 202");
    } else {
      examination.broken(
          exchange,
          exchange.accepted()
              ? "A terminated session is still served."
              : "A request that names a terminated session is refused, but not with status 404.",
          "A request that names a terminated session is answered with status 404.",
          "DELETE was answered with "
              + deleted
              + ", the ping after it with "
              + Answer.told(exchange)
              + ".",
          "Remove the session when DELETE arrives, and answer 404 Not Found to its id.");
    }
  }
}
