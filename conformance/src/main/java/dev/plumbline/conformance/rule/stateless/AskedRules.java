package dev.plumbline.conformance.rule.stateless;

import static dev.plumbline.conformance.rule.stateless.AskingTool.rule;

import dev.plumbline.conformance.rule.Answer;
import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Replies;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Seen;
import dev.plumbline.conformance.rule.WrongReplies;
import dev.plumbline.conformance.rule.stateless.AskingTool.Effect;
import dev.plumbline.conformance.wire.Draft;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Rules of the pages on elicitation, sampling and multi-round trips about who may be asked what,
 * and what becomes of answers that are refusals or mistakes.
 */
public final class AskedRules {
  private static final String ELICIT = "elicitation/create";

  private static final Pattern CREDENTIAL =
      Pattern.compile(
          "eyJ[\\w-]{8,}\\.eyJ[\\w-]{8,}\\.[\\w-]{8,}|\\bBearer [\\w.~+/-]{20,}"
              + "|\"?\\b(access|refresh)_token\\b\\\\?\"?\\s*[:=]\\s*\\\\?\"?[\\w.~+/-]{16,}");

  private AskedRules() {}

  /** The rules on who is asked and what becomes of it. */
  public static List<Rule> rules() {
    return List.of(
        rule("MRTR-513", r -> declared(r, AskedRules::missing, "What was not declared")),
        rule("MRTR-514", r -> declared(r, AskedRules::missingElicitation, "An elicitation")),
        rule("ELIC-506", r -> declared(r, AskedRules::missingMode, "A mode of elicitation")),
        rule("ELIC-518", "no tool sends its user to a page", AskedRules::givesNoCredentials),
        rule("ELIC-523", "no tool elicits", AskedRules::handlesRefusals),
        rule(
            "ELIC-545",
            "no tool shows what it does with a form that is wrong",
            (tool, examination) ->
                checks(
                    tool, examination, "a form that does not fit", "form-number", "form-missing")),
        rule(
            "SAMP-517",
            "no tool shows what it does with a message that is wrong",
            (tool, examination) ->
                checks(
                    tool,
                    examination,
                    "a sampled message of role system or without known content",
                    "sampled-system",
                    "sampled-block")));
  }

  // --- what was not declared -------------------------------------------------------------------

  private static JsonNode capabilities(Exchange exchange) {
    return exchange
        .sentMessage()
        .orElseGet(Messages::object)
        .path("params")
        .path("_meta")
        .path(Draft.META_CAPABILITIES);
  }

  private static Optional<String> missing(JsonNode capabilities, JsonNode question) {
    String method = question.path("method").asString("");
    String needed = method.contains("/") ? method.substring(0, method.indexOf('/')) : method;
    return capabilities.has(needed) ? Optional.empty() : Optional.of(needed);
  }

  private static Optional<String> missingElicitation(JsonNode capabilities, JsonNode question) {
    return missing(capabilities, question).filter("elicitation"::equals);
  }

  /** An empty capability stands for forms. */
  private static Optional<String> missingMode(JsonNode capabilities, JsonNode question) {
    JsonNode elicitation = capabilities.path("elicitation");
    if (!question.path("method").asString("").equals(ELICIT) || !elicitation.isObject()) {
      return Optional.empty();
    }
    String mode = question.path("params").path("mode").asString("form");
    boolean declared = elicitation.has(mode) || (elicitation.isEmpty() && mode.equals("form"));
    return declared ? Optional.empty() : Optional.of("elicitation." + mode);
  }

  private static Verdict declared(
      Recording recording, BiFunction<JsonNode, JsonNode, Optional<String>> missing, String what) {
    Examination examination = new Examination(recording);
    if (!examination.served(Probes.LAWFUL)) {
      return examination.verdict();
    }
    Map<String, List<JsonNode>> asked = asked(recording);
    boolean occasion = false;
    for (Exchange fewer : recording.exchanges().stream().filter(AskedRules::isFewer).toList()) {
      JsonNode declared = capabilities(fewer);
      // Only tools that ask a full client for this tell anything by not asking another one.
      boolean would =
          asked.getOrDefault(Seen.called(fewer), List.of()).stream()
              .anyMatch(q -> missing.apply(declared, q).isPresent());
      Optional<JsonNode> wrong =
          Rounds.requests(fewer)
              .valueStream()
              .filter(q -> missing.apply(declared, q).isPresent())
              .findFirst();
      if (wrong.isPresent()) {
        String needs = missing.apply(declared, wrong.get()).orElse("");
        examination.broken(
            fewer,
            what + " is asked for: " + Seen.called(fewer) + " needs " + needs + ".",
            "A client is asked only for what it declares on that very request.",
            "Declared is " + declared + ", asked " + wrong.get() + ".",
            "Look at the capabilities of the request; go on without, or answer with -32021.");
      } else if (would && Answer.missing(fewer).isEmpty()) {
        occasion = true;
        examination.kept();
      }
    }
    if (!occasion) {
      examination.unseen("no tool that may be called asks for this");
    }
    return examination.verdict();
  }

  /** What each tool asks a client that can be asked everything. */
  private static Map<String, List<JsonNode>> asked(Recording recording) {
    return recording
        .exchanges(QuestionWalk.ASK)
        .collect(
            Collectors.toMap(
                Seen::called, e -> Rounds.requests(e).valueStream().toList(), (one, _) -> one));
  }

  private static boolean isFewer(Exchange exchange) {
    return exchange.label().startsWith("without-") || exchange.label().startsWith("only-");
  }

  // --- what becomes of answers -----------------------------------------------------------------

  private static int givesNoCredentials(AskingTool tool, Examination examination) {
    boolean page =
        Stream.of(QuestionWalk.ASK, "round")
            .flatMap(tool::sent)
            .flatMap(e -> Rounds.requests(e).valueStream())
            .anyMatch(q -> q.path("params").path("mode").asString("").equals("url"));
    if (!page) {
      return 0;
    }
    String outcome = AskingTool.outcome(tool.twin()).map(Object::toString).orElse("");
    if (CREDENTIAL.matcher(outcome).find()) {
      tool.broken(
          examination,
          tool.twin(),
          "After its user was on a page, " + tool.name() + " gives the client a credential.",
          "Credentials won on a page of a third party do not pass through the client.",
          "Keep the credential at the server, and give the client what was fetched with it.");
    } else {
      examination.kept();
    }
    return 1;
  }

  private static int handlesRefusals(AskingTool tool, Examination examination) {
    int judged = 0;
    for (String label : List.of("user-declines", "user-cancels")) {
      for (Exchange refused : tool.sent(label).toList()) {
        if (Answer.missing(refused).isPresent()) {
          continue;
        }
        judged++;
        boolean unhandled =
            refused.errorCode().orElse(0) == -32603 || refused.status().orElse(0) >= 500;
        if (unhandled) {
          tool.broken(
              examination,
              refused,
              tool.name()
                  + " fails when the "
                  + label.replace("user-", "user ")
                  + ", instead of handling it.",
              "A server is ready for a user who declines or cancels: it answers with a result,"
                  + " tells a tool error, or asks again.",
              "Look at action before content, and say in the result what was not done.");
        } else {
          examination.kept();
        }
      }
    }
    return judged;
  }

  /** A result of its own may be how a tool tells that an answer is wrong. */
  private static int checks(
      AskingTool tool, Examination examination, String what, String... labels) {
    int judged = 0;
    for (String label : labels) {
      for (Exchange wrong : tool.sent(label).toList()) {
        Effect effect = tool.effect(wrong);
        if (effect == Effect.NOTICED) {
          judged++;
          examination.kept();
        } else if (effect == Effect.SAME || usesTheNumber(tool, wrong)) {
          judged++;
          tool.broken(
              examination,
              wrong,
              tool.name() + " is completed by " + what + ".",
              "What comes back from a client is checked: what does not fit is refused, told as a"
                  + " tool error, or asked for again.",
              "Check the answer against what was asked for before it is used.");
        }
      }
    }
    return judged;
  }

  /** Whether the result is the lawful one with our number in the place of our text. */
  private static boolean usesTheNumber(AskingTool tool, Exchange wrong) {
    String number = String.valueOf(WrongReplies.NUMBER);
    String twin = AskingTool.outcome(tool.twin()).map(Object::toString).orElse("");
    String told = AskingTool.outcome(wrong).map(Object::toString).orElse("");
    return told.contains(number) && told.replace(number, Replies.TEXT).equals(twin);
  }
}
