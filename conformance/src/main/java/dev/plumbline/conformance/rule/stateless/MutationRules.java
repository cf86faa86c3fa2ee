package dev.plumbline.conformance.rule.stateless;

import static dev.plumbline.conformance.rule.stateless.Mutations.CALL;
import static dev.plumbline.conformance.rule.stateless.Mutations.COMPLETE;
import static dev.plumbline.conformance.rule.stateless.Mutations.GET;
import static dev.plumbline.conformance.rule.stateless.Mutations.READ;
import static dev.plumbline.conformance.rule.stateless.Mutations.REQUIRED;

import dev.plumbline.conformance.rule.Answer;
import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Requires;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.Transport;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Rules of several pages on requests with one mutation: each is refused, or served, as its page
 * says, and the lawful twin is served.
 */
public final class MutationRules {
  private static final int MISMATCH = -32020;

  private MutationRules() {}

  /** The rules on mutations. */
  public static List<Rule> rules() {
    return List.of(
        any(
            "BASE-511",
            refused(Probes.LAWFUL, "A request whose id is a fraction", ANYHOW, "id-fraction")),
        any("BASE-512", refused(Probes.LAWFUL, "A request whose id is null", ANYHOW, "id-null")),
        any("BASE-518", MutationRules::errorsNameTheirRequest),
        any("BASE-525", MutationRules::notificationsGetNoAnswer),
        any(
            "BASE-544",
            served(Probes.LAWFUL, "A request with an unknown key in _meta", "meta-unknown")),
        any("BASE-554", same("-first", "-other-client", "to a client of another name")),
        any("BASE-527", same("-first", "-other-client", "to a client of another name")),
        any("BASE-506", same("-first", "-fresh", "on a fresh connection")),
        any("BASE-528", same("-page", "-page-fresh", "on a fresh connection")),
        any("PAGE-504", same("-page", "-page-fresh", "on a fresh connection")),
        of("TOOL-510", "tools", same("-first", "-fresh", "on a fresh connection", "tools")),
        of("PROM-505", "prompts", same("-first", "-fresh", "on a fresh connection", "prompts")),
        of("RES-506", "resources", same("-first", "-fresh", "on a fresh connection", "resources")),
        of(
            "LOGG-505",
            "logging",
            refused(CALL, "A call with an unknown log level", PARAMS, "log-loud")),
        of(
            "TOOL-515",
            "tools",
            refused(CALL, "A call of a tool in other case", ANYHOW, "call-other-case")),
        of("TOOL-528", "tools", MutationRules::checksArguments),
        any("BASE-533", MutationRules::checksArguments),
        any("BASE-535", MutationRules::checksArguments),
        of("PROM-502", "prompts", refused(GET, "Getting an unknown prompt", PARAMS, "get-unknown")),
        of(
            "PROM-510",
            "prompts",
            refused(GET, "Getting a prompt without its argument", PARAMS, "get-missing")),
        of(
            "PROM-511",
            "prompts",
            refused(GET, "Getting a prompt with an object as argument", ANYHOW, "get-object")),
        of(
            "COMP-503",
            "completions",
            refused(
                COMPLETE,
                "Completing without prompt or argument",
                PARAMS,
                "complete-unknown",
                "complete-bare")),
        of(
            "COMP-505",
            "completions",
            refused(COMPLETE, "Completing a number", ANYHOW, "complete-number")),
        of("RES-513", "resources", refused(READ, "Reading what is no URI", ANYHOW, "read-odd")),
        http("TRAN-539", refused(Probes.LAWFUL, "A body that is an array", ANYHOW, "batch")),
        http(
            "TRAN-589",
            refused(
                Probes.LAWFUL,
                "A request whose header contradicts its body",
                ANYHOW,
                "header-version",
                "header-method",
                "header-name")),
        http(
            "TRAN-591",
            refused(
                Probes.LAWFUL,
                "A request whose header contradicts its body",
                HEADER,
                "header-method",
                "header-name")),
        http("TRAN-509", MutationRules::decoded),
        http("TRAN-573", MutationRules::decoded),
        http(
            "TRAN-571",
            refused(CALL, "A name in Base64 marks of upper case", HEADER, "name-upper-marks")),
        http("TRAN-599", MutationRules::oldHeadersAreIgnored));
  }

  /** How a request is to be refused; no code is any refusal, status 0 any status. */
  private record Refusal(Set<Integer> codes, int status, String told) {
    boolean is(Exchange exchange) {
      if (codes.isEmpty()) {
        return exchange.refused()
            || exchange.result().filter(r -> r.path("isError").asBoolean(false)).isPresent();
      }
      return codes.contains(exchange.errorCode().orElse(0))
          && (status == 0 || exchange.status().orElse(status) == status);
    }
  }

  private static final Refusal PARAMS =
      new Refusal(Set.of(Answer.INVALID_PARAMS), 0, "error -32602");

  /** Where the page asks for a check, and leaves open how a refusal reads. */
  private static final Refusal ANYHOW = new Refusal(Set.of(), 0, "any error");

  private static final Refusal HEADER =
      new Refusal(Set.of(MISMATCH), 400, "status 400 and error -32020");

  private static Rule any(String clause, Function<Recording, Verdict> judge) {
    return rule(clause, Probes.ANY, Probes.STATELESS, judge);
  }

  private static Rule of(String clause, String capability, Function<Recording, Verdict> judge) {
    return rule(clause, Probes.ANY, Probes.STATELESS.capability(capability), judge);
  }

  private static Rule http(String clause, Function<Recording, Verdict> judge) {
    return rule(clause, Probes.HTTP, Probes.STATELESS, judge);
  }

  private static Rule rule(
      String clause,
      Set<Transport> transports,
      Requires requires,
      Function<Recording, Verdict> judge) {
    return new Rule(clause, transports, requires, Mutations.SCRIPT, judge);
  }

  private static Function<Recording, Verdict> refused(
      String lawful, String what, Refusal refusal, String... labels) {
    return recording -> {
      Examination examination = new Examination(recording);
      if (examination.served(lawful)) {
        for (String label : labels) {
          List<Exchange> sent = recording.exchanges().stream().filter(e -> isOf(e, label)).toList();
          if (sent.isEmpty()) {
            examination.unseen(label + " was not sent");
          }
          sent.forEach(e -> judge(e, what, refusal, examination));
        }
      }
      return examination.verdict();
    };
  }

  private static boolean isOf(Exchange exchange, String label) {
    return exchange.label().equals(label) || exchange.label().matches(label + "-\\d+");
  }

  private static void judge(
      Exchange exchange, String what, Refusal refusal, Examination examination) {
    Optional<String> missing = Answer.missing(exchange);
    if (missing.isPresent()) {
      examination.unseen(missing.get());
    } else if (refusal.is(exchange)) {
      examination.kept();
    } else {
      examination.broken(
          exchange,
          what + " is not refused as the page asks.",
          what + " is refused with " + refusal.told() + ".",
          "The answer is " + Answer.told(exchange) + ".",
          "Check this before the request is served, and answer with " + refusal.told() + ".");
    }
  }

  private static Function<Recording, Verdict> served(String lawful, String what, String label) {
    return recording -> {
      Examination examination = new Examination(recording);
      if (examination.served(lawful)) {
        examination.answered(label).ifPresent(e -> judgeServed(e, what, examination));
      }
      return examination.verdict();
    };
  }

  private static void judgeServed(Exchange exchange, String what, Examination examination) {
    if (exchange.accepted()) {
      examination.kept();
    } else {
      examination.broken(
          exchange,
          what + " is not served.",
          what + " is served like one without it.",
          "The answer is " + Answer.told(exchange) + ".",
          "Ignore what the specification gives no meaning, and read what it does.");
    }
  }

  private static Verdict decoded(Recording recording) {
    Examination examination = new Examination(recording);
    if (examination.served(CALL)) {
      String what = "A call whose Mcp-Name is in Base64 marks";
      examination.answered("name-encoded").ifPresent(e -> judgeServed(e, what, examination));
      examination
          .answered("name-encoded-other")
          .ifPresent(
              e -> judge(e, "A call with another name in Base64 marks", HEADER, examination));
    }
    return examination.verdict();
  }

  // --- the same list again -----------------------------------------------------------------------

  private static Function<Recording, Verdict> same(String one, String other, String how) {
    return same(one, other, how, Probes.LISTED.toArray(String[]::new));
  }

  private static Function<Recording, Verdict> same(
      String one, String other, String how, String... features) {
    return recording -> {
      Examination examination = new Examination(recording);
      if (!examination.served(Probes.LAWFUL)) {
        return examination.verdict();
      }
      for (String feature : features) {
        Optional<Exchange> first = recording.exchange(feature + one).filter(Exchange::accepted);
        Optional<Exchange> second = recording.exchange(feature + other);
        if (first.isPresent() && second.isPresent()) {
          List<String> names = names(recording, feature, one);
          compare(feature, names, names(recording, feature, other), second.get(), how, examination);
        }
      }
      return examination.verdict();
    };
  }

  private static void compare(
      String feature,
      List<String> first,
      List<String> again,
      Exchange second,
      String how,
      Examination examination) {
    Optional<String> missing = Answer.missing(second);
    if (missing.isPresent()) {
      examination.unseen(missing.get());
    } else if (first.equals(again)) {
      examination.kept();
    } else {
      examination.broken(
          second,
          "The list of " + feature + " is another one " + how + ".",
          "What a request means depends on nothing but the request: not on its connection, on"
              + " earlier requests or on the client's name.",
          "First " + first + ", then " + again + ".",
          "Keep no state between requests but what an identifier in the request names.");
    }
  }

  /** What stands on all pages of one listing, sorted: the order is another clause's business. */
  private static List<String> names(Recording recording, String feature, String label) {
    return recording.exchanges().stream()
        .filter(e -> isOf(e, feature + label))
        .flatMap(e -> e.result().stream())
        .flatMap(result -> result.path(feature).valueStream())
        .map(n -> n.path("name").asString("") + " " + n.path("uri").asString(""))
        .sorted()
        .toList();
  }

  // --- the others --------------------------------------------------------------------------------

  private static Verdict errorsNameTheirRequest(Recording recording) {
    Examination examination = new Examination(recording);
    if (!examination.served(Probes.LAWFUL)) {
      return examination.verdict();
    }
    for (String label : List.of("error-text", "error-integer")) {
      Optional<Exchange> exchange = examination.answered(label);
      if (exchange.isPresent() && exchange.get().response().isPresent()) {
        examination.kept();
      } else if (exchange.isPresent()) {
        examination.broken(
            exchange.get(),
            "An error does not carry the id of the request it answers.",
            "An error carries the id of its request, with value and JSON type, unless the id could"
                + " not be read.",
            "Sent id "
                + exchange.get().sentId().map(JsonNode::toString).orElse("none")
                + ", received "
                + exchange.get().messages()
                + ".",
            "Write the id of the request into the error as it was received.");
      }
    }
    return examination.verdict();
  }

  private static Verdict notificationsGetNoAnswer(Recording recording) {
    Examination examination = new Examination(recording);
    if (examination.served(Probes.LAWFUL) && examination.served("after-notified")) {
      Stream.of("notified", "after-notified")
          .flatMap(label -> recording.exchange(label).stream())
          .forEach(
              e -> {
                boolean answered =
                    e.messages().stream()
                        .filter(Messages::isResponse)
                        .anyMatch(m -> e.sentId().filter(id -> Messages.answers(m, id)).isEmpty());
                if (answered && !e.refused()) {
                  examination.broken(
                      e,
                      "A notification is answered by a JSON-RPC response.",
                      "A notification is never answered.",
                      "The answer is " + e.messages() + ".",
                      "Send nothing back; over HTTP status 202 without a body.");
                } else {
                  examination.kept();
                }
              });
    }
    return examination.verdict();
  }

  private static Verdict checksArguments(Recording recording) {
    Examination examination = new Examination(recording);
    if (examination.served(REQUIRED)) {
      examination
          .answered("required-missing")
          .ifPresent(
              e -> {
                boolean told =
                    e.result().filter(r -> r.path("isError").asBoolean(false)).isPresent();
                if (told || e.error().isPresent()) {
                  examination.kept();
                } else {
                  examination.broken(
                      e,
                      "A tool is run without an argument that its inputSchema requires.",
                      "Arguments are checked against the inputSchema, which is JSON Schema 2020-12"
                          + " unless it says otherwise; what does not conform is refused.",
                      "The answer is " + Answer.told(e) + ".",
                      "Validate arguments before the tool runs, and answer with isError or -32602.");
                }
              });
    }
    return examination.verdict();
  }

  /** The page asks this of a server that speaks no earlier revision. */
  private static Verdict oldHeadersAreIgnored(Recording recording) {
    Examination examination = new Examination(recording);
    boolean earlier =
        recording
            .exchanges("lawful")
            .limit(1)
            .flatMap(e -> e.result().stream())
            .flatMap(r -> r.path("supportedVersions").valueStream())
            .anyMatch(v -> v.asString("").compareTo(Era.STATELESS.revision()) < 0);
    if (earlier) {
      return new Verdict.NotApplicable("the server speaks earlier revisions, too");
    }
    if (examination.served(Probes.LAWFUL)) {
      examination
          .answered("old-headers")
          .ifPresent(
              e -> {
                if (e.accepted() && e.header("Mcp-Session-Id").isEmpty()) {
                  examination.kept();
                } else {
                  examination.broken(
                      e,
                      "Headers of earlier revisions are not ignored.",
                      "Mcp-Session-Id and Last-Event-ID mean nothing in this revision: the request"
                          + " is served like its twin, and no session id comes back.",
                      "The answer is " + Answer.told(e) + ".",
                      "Do not read these headers in requests of this revision.");
                }
              });
    }
    return examination.verdict();
  }
}
