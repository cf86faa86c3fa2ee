package dev.plumbline.conformance.rule.stateless;

import static dev.plumbline.conformance.rule.stateless.MessageRules.walk;
import static dev.plumbline.conformance.rule.stateless.MessageRules.when;

import dev.plumbline.conformance.rule.Answer;
import dev.plumbline.conformance.rule.Every;
import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Seen;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Rules of the pages on prompts, resources and logging under the heading of security. */
public final class SecurityRules {
  /** What only a file of the system begins with. */
  private static final Pattern SYSTEM_FILE =
      Pattern.compile("root:[^:\\s]*:0:0:|; for 16-bit app support|\\[mci extensions]");

  /** What never belongs into a log message, by its name. */
  private static final Map<String, Pattern> SECRETS =
      Map.of(
          "a stack trace",
          Pattern.compile(
              "\\n\\s+at [\\w.$<>/]+\\(|Traceback \\(most recent call last\\)|\\n\\s+at .+:\\d+:\\d+\\)?"),
          "a private key",
          Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----"),
          "a bearer token",
          Pattern.compile("(?i)bearer [a-z0-9._~+/-]{20,}|eyJ[\\w-]{10,}\\.eyJ[\\w-]{10,}\\."));

  private SecurityRules() {}

  /** The rules on security. */
  public static List<Rule> rules() {
    return List.of(
        walk("LOGG-507", "logging", noSecrets()),
        new Rule(
            "PROM-514", Probes.ANY, Probes.STATELESS, Injections.SCRIPT, SecurityRules::isInert),
        new Rule(
            "RES-517",
            Probes.ANY,
            Probes.STATELESS.capability("resources"),
            Injections.SCRIPT,
            SecurityRules::staysInside));
  }

  private static Function<Recording, Verdict> noSecrets() {
    return Every.of(r -> Seen.notifications(r, "notifications/message"), "no tool logged")
        .judge(
            s -> {
              String text = text(s.node().path("params").path("data"));
              return SECRETS.entrySet().stream()
                  .filter(secret -> secret.getValue().matcher(text).find())
                  .map(secret -> "holds " + secret.getKey())
                  .findFirst();
            },
            "Log messages hold no credentials, no personal data and nothing of the inside of the"
                + " server that helps an attacker.",
            "Log what happened in words for the user; keep stack traces and secrets in the server's"
                + " own log.");
  }

  /** The text of a value, line ends as they are. */
  private static String text(JsonNode data) {
    return data.isString() ? data.stringValue() : data.toString().replace("\\n", "\n");
  }

  private static Verdict isInert(Recording recording) {
    Examination examination = new Examination(recording);
    if (!examination.served(Probes.LAWFUL)) {
      return examination.verdict();
    }
    if (recording.exchange(Injections.GET).isEmpty()) {
      return new Verdict.NotApplicable("no prompt has a required argument");
    }
    if (examination.served(Injections.GET)) {
      recording.exchanges(Injections.GET_INJECTED).forEach(e -> judge(e, examination));
    }
    return examination.verdict();
  }

  private static void judge(Exchange exchange, Examination examination) {
    Optional<String> missing = Answer.missing(exchange);
    if (missing.isPresent()) {
      examination.unseen(missing.get());
      return;
    }
    String answer = exchange.messages().toString();
    Optional<String> harm =
        when(answer.contains(Injections.PRODUCT), "evaluates an expression in an argument")
            .or(() -> when(SYSTEM_FILE.matcher(answer).find(), "gives a file of the system away"));
    if (harm.isEmpty()) {
      examination.kept();
    } else {
      examination.broken(
          exchange,
          "prompts/get " + harm.get() + ".",
          "Arguments of prompts are text: they are neither evaluated nor taken for paths.",
          "The arguments were "
              + exchange.sentMessage().orElseGet(Messages::object).at("/params/arguments")
              + ", the answer is "
              + Answer.told(exchange)
              + ".",
          "Insert arguments as they are, after the template was expanded.");
    }
  }

  private static Verdict staysInside(Recording recording) {
    Examination examination = new Examination(recording);
    if (!examination.served(Probes.LAWFUL)) {
      return examination.verdict();
    }
    if (recording.exchanges(Injections.READ_ESCAPED).findAny().isEmpty()) {
      return new Verdict.NotApplicable("no resource and no template has a path");
    }
    boolean open =
        recording
            .exchange(Injections.READ_OPEN)
            .filter(e -> SYSTEM_FILE.matcher(e.messages().toString()).find())
            .isPresent();
    if (open) {
      examination.unseen("the server offers the files of the whole system");
    } else if (examination.served(Injections.READ)) {
      recording
          .exchanges(Injections.READ_ESCAPED)
          .filter(e -> Answer.missing(e).isEmpty())
          .forEach(
              e ->
                  Twins.hold(
                      examination,
                      e,
                      answer -> !SYSTEM_FILE.matcher(answer.messages().toString()).find(),
                      "resources/read leaves its folder by the path of a URI.",
                      "Paths are cleaned before use: no URI leads out of what is offered.",
                      "Resolve the path, decode it once, and refuse what does not lie below the"
                          + " folder that is served."));
    }
    return examination.verdict();
  }
}
