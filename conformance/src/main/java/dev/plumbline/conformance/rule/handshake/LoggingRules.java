package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.MessageShapes;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Requires;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.function.Function;

/** Rules of the page {@code 2025-11-25/server/utilities/logging}. */
public final class LoggingRules {
  private static final String MESSAGE = "notifications/message";

  private LoggingRules() {}

  /** The page's rules. */
  public static List<Rule> rules() {
    return List.of(
        over("LOG-001", Probes.HANDSHAKE, LoggingRules::declaresWhatItSends),
        over("LOG-008", Probes.HANDSHAKE.capability("logging"), LoggingRules::isLimited));
  }

  private static Rule over(String clause, Requires requires, Function<Recording, Verdict> judge) {
    return new Rule(clause, Probes.ANY, requires, MessageShapes.SCRIPT, judge);
  }

  private static Verdict isLimited(Recording recording) {
    return Floods.judge(
        recording,
        Heard.messages(recording).filter(h -> h.method().equals(MESSAGE)),
        "log messages",
        "a tool that logs",
        "Log messages are sent at a limited rate.",
        "Gather what is logged faster into one message, or leave it away.");
  }

  private static Verdict declaresWhatItSends(Recording recording) {
    boolean declared =
        recording
            .exchange("initialize")
            .flatMap(Exchange::result)
            .filter(result -> result.path("capabilities").has("logging"))
            .isPresent();
    return new EveryPiece(
            all -> Heard.messages(all).filter(h -> h.method().equals(MESSAGE)),
            message ->
                EveryPiece.when(
                    !declared, "The server sends a log message without declaring logging."),
            "a tool that logs",
            "A server that sends log messages declares logging when it initializes.",
            "Declare the capability logging, or write logs to standard error.")
        .apply(recording);
  }
}
