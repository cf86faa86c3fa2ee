package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.MessageShapes;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Rules of the page {@code 2025-11-25/basic/utilities/progress}. */
public final class ProgressRules {
  static final String PROGRESS = "notifications/progress";

  private static final String TOKEN = "progressToken";
  private static final String MISSING = "the target gave no occasion: a tool that reports progress";

  private ProgressRules() {}

  /** The page's rules. */
  public static List<Rule> rules() {
    return List.of(
        over(
            "PROG-001",
            new EveryPiece(
                ProgressRules::tokens,
                token ->
                    EveryPiece.when(
                        !isToken(token),
                        "A progress token is neither a string nor an integer: " + token + "."),
                "a tool that reports progress",
                "A progress token is a string or an integer.",
                "Keep the token as the JSON value that was received and write that value back.")),
        over("PROG-003", ProgressRules::grows),
        over("PROG-005", ProgressRules::namesGivenTokens),
        over("PROG-010", ProgressRules::isLimited),
        over("PROG-011", ProgressRules::stops));
  }

  private static Rule over(String clause, Function<Recording, Verdict> judge) {
    return new Rule(clause, Probes.ANY, Probes.HANDSHAKE, MessageShapes.SCRIPT, judge);
  }

  private static Stream<Heard> tokens(Recording recording) {
    return Stream.concat(
        Heard.params(recording, PROGRESS).flatMap(params -> params.below(TOKEN)),
        Heard.requests(recording)
            .flatMap(request -> request.below("params"))
            .flatMap(params -> params.below("_meta"))
            .flatMap(meta -> meta.below(TOKEN)));
  }

  private static boolean isToken(JsonNode token) {
    return token.isString() || token.isIntegralNumber();
  }

  private static Verdict judge(Recording recording, BiConsumer<Heard, Examination> each) {
    Examination examination = new Examination(recording);
    if (!examination.served(Probes.LAWFUL)) {
      return examination.verdict();
    }
    List<Heard> reports = Heard.params(recording, PROGRESS).toList();
    reports.forEach(report -> each.accept(report, examination));
    if (reports.isEmpty()) {
      examination.unseen(MISSING);
    }
    return examination.verdict();
  }

  private static Verdict grows(Recording recording) {
    Map<JsonNode, Double> last = new HashMap<>();
    return judge(
        recording,
        (report, examination) -> {
          double value = report.node().path("progress").asDouble(Double.NaN);
          Double before = last.put(report.node().path(TOKEN), value);
          if (before == null || value > before) {
            examination.kept();
            return;
          }
          examination.broken(
              report.exchange(),
              "Progress went from " + before + " to " + value + ": it did not grow.",
              "The progress value grows with every notification.",
              "The notification reads: " + EveryPiece.quoted(report.node()),
              "Leave a notification away when there is no progress to report.");
        });
  }

  private static Verdict namesGivenTokens(Recording recording) {
    Set<JsonNode> given = new HashSet<>();
    for (Exchange exchange : recording.exchanges()) {
      exchange.sentMessage().map(ProgressRules::given).ifPresent(given::add);
    }
    return judge(
        recording,
        (report, examination) -> {
          JsonNode token = report.node().path(TOKEN);
          // What is no token at all is another clause's business.
          if (!isToken(token) || given.contains(token)) {
            examination.kept();
            return;
          }
          examination.broken(
              report.exchange(),
              "Progress is reported for the token " + token + ", which no request gave.",
              "Progress is reported only under a token that a running request gave.",
              "The notification reads: " + EveryPiece.quoted(report.node()),
              "Report progress under params._meta.progressToken of the request, and only when there"
                  + " is one.");
        });
  }

  /** Reports of a request that was answered before the exchange they came with began. */
  private static Verdict stops(Recording recording) {
    Map<JsonNode, Exchange> answered = new HashMap<>();
    for (Exchange exchange : recording.exchanges()) {
      if (exchange.response().isPresent()) {
        exchange
            .sentMessage()
            .map(ProgressRules::given)
            .filter(ProgressRules::isToken)
            .ifPresent(token -> answered.putIfAbsent(token, exchange));
      }
    }
    return judge(
        recording,
        (report, examination) -> {
          Exchange before = answered.get(report.node().path(TOKEN));
          if (before == null || before.endNanos() > report.exchange().sentNanos()) {
            examination.kept();
            return;
          }
          examination.broken(
              report.exchange(),
              "Progress is reported for a request that was answered before.",
              "After a request is answered no more progress is reported for it.",
              "The answer to "
                  + before.label()
                  + " had come; then came "
                  + EveryPiece.quoted(report.node()),
              "Stop to report progress before the response is written.");
        });
  }

  private static JsonNode given(JsonNode message) {
    return message.path("params").path("_meta").path(TOKEN);
  }

  private static Verdict isLimited(Recording recording) {
    return Floods.judge(
        recording,
        Heard.messages(recording).filter(h -> h.method().equals(PROGRESS)),
        "progress notifications",
        "a tool that reports progress",
        "Progress notifications are sent at a limited rate.",
        "Report progress a few times in a second, whatever the pace of the work.");
  }
}
