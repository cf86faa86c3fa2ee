package dev.plumbline.conformance.rule.stateless;

import dev.plumbline.conformance.rule.Answer;
import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Seen;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Rules of several pages on what a server may use of a client that declared nothing. */
public final class UndeclaredRules {
  private static final String ASKS = "input_required";
  private static final String ROOTS = "roots/list";
  private static final Set<String> CORE = Set.of("complete", ASKS);
  private static final int MISSING_CAPABILITY = -32021;
  private static final int BAD_REQUEST = 400;

  private UndeclaredRules() {}

  /** The rules on undeclared capabilities. */
  public static List<Rule> rules() {
    return List.of(
        rule("BASE-552", UndeclaredRules::usesNothing),
        rule("BASE-553", UndeclaredRules::namesWhatIsMissing),
        rule("VERS-505", UndeclaredRules::fallsBack),
        rule("ROOT-506", UndeclaredRules::asksNoRoots));
  }

  private static Rule rule(String clause, Function<Recording, Verdict> judge) {
    return new Rule(clause, Probes.ANY, Probes.STATELESS, Undeclared.SCRIPT, judge);
  }

  private static Stream<Exchange> bare(Recording recording) {
    return recording.exchanges(Undeclared.BARE);
  }

  private static String type(Exchange exchange) {
    return exchange.result().map(r -> r.path("resultType").asString("complete")).orElse("");
  }

  private static List<String> asked(Exchange exchange) {
    return exchange.result().stream()
        .filter(r -> r.path("resultType").asString("").equals(ASKS))
        .flatMap(r -> r.path("inputRequests").valueStream())
        .map(q -> q.path("method").asString(""))
        .toList();
  }

  private static String calling(Exchange exchange) {
    return "Tool " + Seen.called(exchange) + ", called by a client that declared no capability,";
  }

  private static Verdict usesNothing(Recording recording) {
    Examination examination = new Examination(recording);
    if (examination.served(Probes.LAWFUL)) {
      bare(recording)
          .filter(e -> e.response().isPresent())
          .forEach(
              e ->
                  Twins.hold(
                      examination,
                      e,
                      answer -> asked(answer).isEmpty() && !type(answer).equals("task"),
                      calling(e) + " asks for what the client cannot do.",
                      "A server uses no capability its client did not declare.",
                      "Look into clientCapabilities of the request, and answer without asking or"
                          + " with error -32021."));
    }
    return examination.verdict();
  }

  /** What was sent twice: the tool asked the one client; what did it say to the other? */
  private static Verdict namesWhatIsMissing(Recording recording) {
    Examination examination = new Examination(recording);
    if (!examination.served(Probes.LAWFUL)) {
      return examination.verdict();
    }
    recording
        .exchanges(Undeclared.DECLARED)
        .filter(e -> !asked(e).isEmpty())
        .map(e -> e.label().substring(Undeclared.DECLARED.length()))
        .flatMap(name -> recording.exchange(Undeclared.BARE + name).stream())
        .filter(e -> e.error().isPresent() || !asked(e).isEmpty())
        .forEach(
            e ->
                Twins.hold(
                    examination,
                    e,
                    UndeclaredRules::isTold,
                    calling(e) + " is not told what is missing.",
                    "A request that needs a capability the client lacks is refused with error"
                        + " -32021, whose data.requiredCapabilities is an object that names what is"
                        + " missing; over HTTP the status is 400.",
                    "Answer with error -32021 and data.requiredCapabilities."));
    return examination.verdict();
  }

  private static boolean isTold(Exchange answer) {
    JsonNode required =
        answer.error().orElseGet(Messages::object).path("data").path("requiredCapabilities");
    return answer.errorCode().orElse(0) == MISSING_CAPABILITY
        && required.isObject()
        && !required.isEmpty()
        && answer.status().orElse(BAD_REQUEST) == BAD_REQUEST;
  }

  private static Verdict fallsBack(Recording recording) {
    Examination examination = new Examination(recording);
    if (!examination.served(Probes.LAWFUL)) {
      return examination.verdict();
    }
    Optional<JsonNode> extensions =
        recording
            .exchange(Probes.LAWFUL)
            .flatMap(Exchange::result)
            .map(r -> r.path("capabilities").path("extensions"));
    if (extensions.filter(e -> !e.isEmpty()).isEmpty()) {
      return new Verdict.NotApplicable("the server declares no extension");
    }
    bare(recording)
        .filter(e -> e.result().isPresent())
        .forEach(
            e ->
                Twins.hold(
                    examination,
                    e,
                    answer -> CORE.contains(type(answer)),
                    calling(e) + " answers with " + type(e) + ", a result of an extension.",
                    "Who has an extension that the other side lacks answers as the core protocol"
                        + " says, or with a fitting error.",
                    "Use an extension only where clientCapabilities.extensions of the request names"
                        + " it; this server declares "
                        + Answer.compact(extensions.get())
                        + "."));
    return examination.verdict();
  }

  private static Verdict asksNoRoots(Recording recording) {
    Examination examination = new Examination(recording);
    if (examination.served(Probes.LAWFUL)) {
      Stream.of(Undeclared.DECLARED, Undeclared.BARE)
          .flatMap(recording::exchanges)
          .filter(e -> asked(e).contains(ROOTS))
          .map(Seen::called)
          .distinct()
          .flatMap(name -> recording.exchange(Undeclared.BARE + name).stream())
          .forEach(
              e ->
                  Twins.hold(
                      examination,
                      e,
                      answer -> !asked(answer).contains(ROOTS),
                      calling(e) + " asks for its roots.",
                      "A server asks for roots only when its client declared them.",
                      "Look for roots in clientCapabilities of the request first."));
    }
    return examination.verdict();
  }
}
