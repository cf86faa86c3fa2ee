package dev.plumbline.conformance.rule.stateless;

import static dev.plumbline.conformance.rule.stateless.Mutations.CALL;
import static dev.plumbline.conformance.rule.stateless.Mutations.COMPLETE;
import static dev.plumbline.conformance.rule.stateless.Mutations.GET;
import static dev.plumbline.conformance.rule.stateless.Mutations.READ;
import static dev.plumbline.conformance.rule.stateless.Mutations.REQUIRED;
import static dev.plumbline.conformance.rule.stateless.Twins.ANYHOW;
import static dev.plumbline.conformance.rule.stateless.Twins.HEADER;
import static dev.plumbline.conformance.rule.stateless.Twins.PARAMS;
import static dev.plumbline.conformance.rule.stateless.Twins.kept;
import static dev.plumbline.conformance.rule.stateless.Twins.refused;
import static dev.plumbline.conformance.rule.stateless.Twins.served;

import dev.plumbline.conformance.rule.Answer;
import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.Listing;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Requires;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.wire.Bytes;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Inbound;
import dev.plumbline.conformance.wire.Line;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Recording;
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
  private MutationRules() {}

  /** The rules on mutations. */
  public static List<Rule> rules() {
    return List.of(
        any(
            "BASE-511",
            refused(Probes.LAWFUL, "A request whose id is a fraction", ANYHOW, "id-fraction")),
        any("BASE-512", refused(Probes.LAWFUL, "A request whose id is null", ANYHOW, "id-null")),
        any("TRAN-511", MutationRules::isUtf8),
        any("BASE-518", MutationRules::errorsNameTheirRequest),
        any("BASE-525", MutationRules::notificationsGetNoAnswer),
        any(
            "BASE-544",
            served(Probes.LAWFUL, "A request with an unknown key in _meta", "meta-unknown")),
        any("BASE-554", same("-first", "-other-client", "to a client of another name")),
        any("BASE-527", same("-first", "-other-client", "to a client of another name")),
        any("BASE-506", same("-first", "-fresh", "on a fresh connection")),
        any("BASE-528", same("-page", "-page-fresh", "on a fresh connection")),
        any("BASE-530", same("-page", "-page-fresh", "on a fresh connection")),
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
        of("TOOL-528", "tools", checksArguments()),
        any("BASE-533", checksArguments()),
        any("BASE-535", checksArguments()),
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
        http("TRAN-541", MutationRules::refusedNotifications),
        new Rule(
            "TRAN-588",
            Set.of(Transport.HTTP),
            Probes.STATELESS,
            Mutations.SCRIPT,
            served(
                Probes.LAWFUL,
                "A request with the names of its headers in other case",
                "header-case")),
        http("TRAN-509", MutationRules::decoded),
        http("TRAN-573", MutationRules::decoded),
        http(
            "TRAN-571",
            refused(CALL, "A name in Base64 marks of upper case", HEADER, "name-upper-marks")),
        http("TRAN-599", MutationRules::oldHeadersAreIgnored));
  }

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

  private static Verdict decoded(Recording recording) {
    Examination examination = new Examination(recording);
    if (examination.served(CALL)) {
      String what = "A call whose Mcp-Name is in Base64 marks";
      examination.answered("name-encoded").ifPresent(e -> Twins.judgeServed(e, what, examination));
      examination
          .answered("name-encoded-other")
          .ifPresent(
              e -> Twins.judge(e, "A call with another name in Base64 marks", HEADER, examination));
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
          List<String> names = Listing.names(recording, feature, feature + one);
          compare(
              feature,
              names,
              Listing.names(recording, feature, feature + other),
              second.get(),
              how,
              examination);
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

  private static Verdict isUtf8(Recording recording) {
    Examination examination = new Examination(recording);
    if (!examination.served(Probes.LAWFUL)) {
      return examination.verdict();
    }
    examination
        .answered("id-letters")
        .ifPresent(
            e ->
                Twins.hold(
                    examination,
                    e,
                    answer ->
                        answer.response().isPresent()
                            && bytes(answer).allMatch(b -> b.utf8().isPresent()),
                    "Letters beyond ASCII do not come back as they were sent.",
                    "Messages are encoded in UTF-8 in both directions: the id comes back letter by"
                        + " letter.",
                    "Decode and encode every message as UTF-8, whatever the locale of the machine."));
    return examination.verdict();
  }

  private static Stream<Bytes> bytes(Exchange exchange) {
    return switch (exchange.received()) {
      case Inbound.HttpResponse response -> Stream.of(response.body());
      case Inbound.Lines lines -> lines.lines().stream().map(Line::bytes);
      case Inbound.Unparsed unparsed -> Stream.of(unparsed.bytes());
      case Inbound.Nothing nothing -> Stream.empty();
    };
  }

  /** Only what the server says itself shows that it did not accept a notification. */
  private static Verdict refusedNotifications(Recording recording) {
    Examination examination = new Examination(recording);
    if (examination.served(Probes.LAWFUL)) {
      recording
          .exchanges("notified-")
          .filter(e -> e.status().isPresent() && e.refused())
          .forEach(
              e ->
                  Twins.hold(
                      examination,
                      e,
                      refused -> refused.status().orElse(0) >= 400,
                      "A notification is refused with an error in the body of a success.",
                      "A notification that is not accepted is answered with an HTTP error status,"
                          + " such as 400.",
                      "Set the status when the notification is refused."));
    }
    return examination.verdict();
  }

  private static Function<Recording, Verdict> checksArguments() {
    return kept(
        REQUIRED,
        "required-missing",
        e ->
            e.error().isPresent()
                || e.result().filter(r -> r.path("isError").asBoolean(false)).isPresent(),
        "A tool is run without an argument that its inputSchema requires.",
        "Arguments are checked against the inputSchema, which is JSON Schema 2020-12 unless it says"
            + " otherwise; what does not conform is refused.",
        "Validate arguments before the tool runs, and answer with isError or -32602.");
  }

  /** The page asks this of a server that speaks no earlier revision. */
  private static Verdict oldHeadersAreIgnored(Recording recording) {
    return OneEraRules.speaksEarlier(recording)
        ? new Verdict.NotApplicable(OneEraRules.EARLIER)
        : kept(
                Probes.LAWFUL,
                "old-headers",
                e -> e.accepted() && e.header("Mcp-Session-Id").isEmpty(),
                "Headers of earlier revisions are not ignored.",
                "Mcp-Session-Id and Last-Event-ID mean nothing in this revision: the request is"
                    + " served like its twin, and no session id comes back.",
                "Do not read these headers in requests of this revision.")
            .apply(recording);
  }
}
