package dev.plumbline.conformance.rule.stateless;

import dev.plumbline.conformance.rule.Answer;
import dev.plumbline.conformance.rule.Every;
import dev.plumbline.conformance.rule.Every.Subject;
import dev.plumbline.conformance.rule.MessageShapes;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Seen;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Rules of the page {@code 2026-07-28/basic} on every message, and those of other pages that ask
 * the same. All of them judge the one recording of a walk through everything that is offered.
 */
public final class MessageRules {
  private static final String ERRORS = "the target sent no error";
  private static final Set<String> TYPES = Set.of("complete", "input_required");

  /** JSON-RPC 2.0 §5.1 and 2026-07-28 basic, error codes. */
  private static final Set<Integer> DEFINED =
      Set.of(-32700, -32600, -32601, -32602, -32603, -32020, -32021, -32022);

  /** Defined by earlier revisions: 2025-11-25 server/resources and client/elicitation. */
  private static final Set<Integer> RETIRED = Set.of(-32002, -32042);

  private MessageRules() {}

  /** The page's rules on messages. */
  public static List<Rule> rules() {
    return List.of(
        walk("BASE-510", envelope()),
        walk("BASE-514", resultOrError()),
        walk("BASE-515", knownType()),
        walk("BASE-504", wholeError()),
        walk("BASE-519", integerCode()),
        walk("BASE-520", implementationCode()),
        walk("BASE-505", specifiedCode()),
        walk("BASE-522", retiredCode()),
        walk("BASE-524", reservedCode()),
        walk("BASE-526", noRequest()),
        walk("PATT-501", noRequest()),
        walk("MRTR-501", noRequest()),
        new Rule("TRAN-545", Probes.HTTP, Probes.STATELESS, MessageShapes.SCRIPT, noRequest()),
        new Rule("TRAN-510", Probes.STDIO, Probes.STATELESS, MessageShapes.SCRIPT, noRequest()));
  }

  /** A rule over the walk through everything. */
  static Rule walk(String clause, Function<Recording, Verdict> judge) {
    return new Rule(clause, Probes.ANY, Probes.STATELESS, MessageShapes.SCRIPT, judge);
  }

  /** The same for a clause on a feature. */
  static Rule walk(String clause, String capability, Function<Recording, Verdict> judge) {
    return new Rule(
        clause, Probes.ANY, Probes.STATELESS.capability(capability), MessageShapes.SCRIPT, judge);
  }

  static Optional<String> when(boolean wrong, String what) {
    return wrong ? Optional.of(what) : Optional.empty();
  }

  private static Function<Recording, Verdict> envelope() {
    return Every.of(Seen::messages, "nothing came")
        .judge(
            s -> {
              JsonNode m = s.node();
              boolean kind = m.has("result") || m.has("error") || m.has("method");
              boolean named = m.path("jsonrpc").asString("").equals("2.0");
              return when(!named, "does not say jsonrpc 2.0")
                  .or(() -> when(!m.isObject() || !kind, "is no response and no notification"));
            },
            "Every message is a JSON-RPC 2.0 object: jsonrpc is the string \"2.0\", and it is a"
                + " request, a response or a notification.",
            "Write \"jsonrpc\": \"2.0\" into every message, best in the one place that encodes"
                + " them.");
  }

  private static Function<Recording, Verdict> resultOrError() {
    return Every.of(Seen::responses, "no response came")
        .judge(
            s ->
                when(
                    s.node().has("result") == s.node().has("error"),
                    "holds both a result and an error"),
            "A response holds exactly one of result and error.",
            "Leave out the result of a request that failed, and the error of one that did not.");
  }

  private static Function<Recording, Verdict> knownType() {
    return Every.of(
            r -> Seen.results(r).filter(s -> s.node().path("resultType").isString()),
            "no result states its type")
        .judge(
            s ->
                when(
                    !TYPES.contains(s.node().path("resultType").stringValue()),
                    "has resultType " + s.node().path("resultType")),
            "A resultType is \"complete\" or \"input_required\", or one of an extension both sides"
                + " declared; the client declared none.",
            "State one of these types; types of an extension only to clients that declare it.");
  }

  private static Function<Recording, Verdict> wholeError() {
    return Every.of(Seen::errors, ERRORS)
        .judge(
            s -> {
              boolean code = s.node().path("code").canConvertToExactIntegral();
              boolean message = s.node().path("message").isString();
              return when(!code || !message, "lacks its integer code or its message");
            },
            "An error is an object with an integer code and a message that is text.",
            "Write both members into every error.");
  }

  private static Function<Recording, Verdict> integerCode() {
    return Every.of(Seen::errors, ERRORS)
        .judge(
            s ->
                when(
                    !s.node().path("code").isIntegralNumber(),
                    "has the code " + Answer.compact(s.node().path("code"))),
            "An error code is an integer.",
            "Write the code as a JSON number without fraction.");
  }

  private static Stream<Subject> coded(Recording recording) {
    return Seen.errors(recording).filter(s -> s.node().path("code").canConvertToInt());
  }

  private static int code(Subject error) {
    return error.node().path("code").intValue();
  }

  private static boolean between(int code, int least, int most) {
    return code >= least && code <= most;
  }

  private static Function<Recording, Verdict> implementationCode() {
    return Every.of(MessageRules::coded, ERRORS)
        .judge(
            s ->
                when(
                    between(code(s), -32019, -32000) && !RETIRED.contains(code(s)),
                    "has code " + code(s) + ", which new implementations stay away from"),
            "Codes from -32019 to -32000 are left to what exists already.",
            "Use a code that JSON-RPC or the specification defines, or one of your own outside of"
                + " -32768 to -32000.");
  }

  private static Function<Recording, Verdict> specifiedCode() {
    return Every.of(MessageRules::coded, ERRORS)
        .judge(
            s ->
                when(
                    between(code(s), -32099, -32020) && !DEFINED.contains(code(s)),
                    "has code " + code(s) + ", which the specification does not define"),
            "Codes from -32099 to -32020 mean only what the specification says they mean.",
            "Use -32602 or -32603, or a code of your own outside of -32768 to -32000.");
  }

  private static Function<Recording, Verdict> retiredCode() {
    return Every.of(MessageRules::coded, ERRORS)
        .judge(
            s ->
                when(
                    RETIRED.contains(code(s)),
                    "has code " + code(s) + ", which this revision retired"),
            "Codes that earlier revisions defined and this one retired are not sent.",
            "Answer with -32602 where earlier revisions had -32002, and with an input_required"
                + " result where they had -32042.");
  }

  private static Function<Recording, Verdict> reservedCode() {
    return Every.of(MessageRules::coded, ERRORS)
        .judge(
            s ->
                when(
                    between(code(s), -32768, -32000) && !DEFINED.contains(code(s)),
                    "has code " + code(s) + " of the reserved range without being defined"),
            "A code of one's own lies outside of -32768 to -32000.",
            "Move codes of your own out of the range JSON-RPC reserves.");
  }

  private static Function<Recording, Verdict> noRequest() {
    return Every.of(Seen::messages, "nothing came")
        .judge(
            s -> when(s.node().has("method") && s.node().has("id"), "has an id: it is a request"),
            "A server sends responses and notifications only; it asks its client by an"
                + " input_required result.",
            "Do not send requests: answer with resultType input_required and put the question into"
                + " inputRequests. Notifications have no id.");
  }
}
