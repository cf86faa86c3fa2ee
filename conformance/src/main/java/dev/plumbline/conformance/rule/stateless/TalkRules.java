package dev.plumbline.conformance.rule.stateless;

import static dev.plumbline.conformance.rule.stateless.MessageRules.walk;
import static dev.plumbline.conformance.rule.stateless.MessageRules.when;

import dev.plumbline.conformance.rule.Every;
import dev.plumbline.conformance.rule.Every.Subject;
import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Seen;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Rules of the pages on progress, logging, cancellation and subscriptions about what a server says
 * besides its answers.
 */
public final class TalkRules {
  private static final String PROGRESS = "notifications/progress";
  private static final String LOG = "notifications/message";
  private static final String CANCELLED = "notifications/cancelled";
  private static final String ACKNOWLEDGED = "notifications/subscriptions/acknowledged";
  private static final String SUBSCRIPTION = "io.modelcontextprotocol/subscriptionId";
  private static final String NO_PROGRESS = "no tool reported progress";
  private static final String NO_LOG = "no tool logged";

  private TalkRules() {}

  /** The rules on what is said besides answers. */
  public static List<Rule> rules() {
    return List.of(
        walk("PROG-501", TalkRules::tokens),
        walk("PROG-503", TalkRules::grows),
        walk("PROG-505", running()),
        walk("PROG-508", running()),
        walk("LOGG-502", TalkRules::declared),
        walk("LOGG-503", quiet()),
        walk("LOGG-506", "logging", TalkRules::context),
        walk("CANC-503", onlySubscriptions()),
        walk("CANC-511", onlySubscriptions()),
        walk("SUBS-501", onlyAsked()),
        walk("SUBS-502", TalkRules::acknowledged),
        walk("SUBS-503", TalkRules::acknowledged),
        walk("BASE-555", namesSubscription()));
  }

  // --- progress ----------------------------------------------------------------------------------

  private static Stream<Subject> progress(Recording recording) {
    return Seen.notifications(recording, PROGRESS);
  }

  private static JsonNode token(JsonNode message) {
    return message.path("params").path("progressToken");
  }

  private static JsonNode given(Exchange exchange) {
    return exchange
        .sentMessage()
        .orElseGet(Messages::object)
        .path("params")
        .path("_meta")
        .path("progressToken");
  }

  private static Verdict tokens(Recording recording) {
    return Every.of(TalkRules::progress, NO_PROGRESS)
        .judge(
            s ->
                when(
                    recording.exchanges().stream()
                        .map(TalkRules::given)
                        .anyMatch(
                            sent ->
                                sent.asString("").equals(token(s.node()).asString(""))
                                    && !sent.getNodeType().equals(token(s.node()).getNodeType())),
                    "has the token " + token(s.node()) + ", of another type than was given"),
            "A progress token is a string or an integer, and comes back as it was given.",
            "Keep the token as the JSON value that was received and write that value back.")
        .apply(recording);
  }

  private static Verdict grows(Recording recording) {
    Map<String, BigDecimal> last = new HashMap<>();
    return Every.of(TalkRules::progress, NO_PROGRESS)
        .judge(
            s -> {
              JsonNode value = s.node().path("params").path("progress");
              BigDecimal now = value.isNumber() ? value.decimalValue() : BigDecimal.ZERO;
              BigDecimal before = last.put(token(s.node()).toString(), now);
              return when(
                  before != null && now.compareTo(before) <= 0, "says " + now + " after " + before);
            },
            "The progress of one request grows with every notification.",
            "Report only values above the last one.")
        .apply(recording);
  }

  private static Function<Recording, Verdict> running() {
    return Every.of(TalkRules::progress, NO_PROGRESS)
        .judge(
            s ->
                when(
                    !given(s.exchange()).asString("").equals(token(s.node()).asString("")),
                    "has the token "
                        + token(s.node())
                        + ", which no request that runs at that time gave"),
            "Progress names the token of a request that is running, and ends with its answer.",
            "Send progress only between a request and its answer, with the token it brought.");
  }

  // --- logging -----------------------------------------------------------------------------------

  private static Stream<Subject> logs(Recording recording) {
    return Seen.notifications(recording, LOG);
  }

  private static Verdict declared(Recording recording) {
    return Every.of(TalkRules::logs, NO_LOG)
        .judge(
            s ->
                when(
                    !recording
                        .exchange(Probes.LAWFUL)
                        .flatMap(Exchange::result)
                        .orElseGet(Messages::object)
                        .path("capabilities")
                        .has("logging"),
                    "comes from a server that does not declare logging"),
            "Who sends log messages declares logging in server/discover.",
            "Add logging to the capabilities of server/discover.")
        .apply(recording);
  }

  private static Function<Recording, Verdict> quiet() {
    return Every.of(
            r -> r.exchanges("quiet").map(e -> new Subject(e, "A call", Messages.object())),
            "no tool logs even when asked to")
        .judge(
            s ->
                s.exchange().messages().stream()
                    .filter(m -> m.path("method").asString("").equals(LOG))
                    .findFirst()
                    .map(m -> "without a log level is told the log message " + m.path("params")),
            "Without a log level in its _meta no log message is sent for a request.",
            "Look for io.modelcontextprotocol/logLevel in the request before logging to the client.");
  }

  private static Verdict context(Recording recording) {
    Map<String, JsonNode> loggers = new HashMap<>();
    return Every.of(TalkRules::logs, NO_LOG)
        .judge(
            s -> {
              JsonNode data = s.node().path("params").path("data");
              JsonNode logger = s.node().path("params").path("logger");
              JsonNode before = loggers.putIfAbsent(Seen.called(s.exchange()), logger);
              boolean empty = data.isMissingNode() || data.isNull() || data.asString("x").isBlank();
              return when(empty, "has no data")
                  .or(
                      () ->
                          when(
                              before != null && !before.equals(logger),
                              "names another logger than before"));
            },
            "Log messages carry data, and those of one source name the same logger.",
            "Say in data what happened, and keep the logger's name.")
        .apply(recording);
  }

  // --- cancellation and subscriptions ------------------------------------------------------------

  private static Function<Recording, Verdict> onlySubscriptions() {
    return Every.of(Seen::messages, "nothing came")
        .judge(
            s -> {
              boolean cancels = s.node().path("method").asString("").equals(CANCELLED);
              boolean listening = Seen.method(s.exchange()).equals("subscriptions/listen");
              boolean own =
                  s.exchange()
                      .sentId()
                      .filter(
                          id -> Messages.isSameId(id, s.node().path("params").path("requestId")))
                      .isPresent();
              return when(cancels && !(listening && own), "cancels what is no subscription");
            },
            "A server sends notifications/cancelled for nothing but an open subscriptions/listen.",
            "Answer other requests, with an error when they cannot be served.");
  }

  private static Stream<Subject> heard(Recording recording) {
    return Seen.notifications(recording)
        .filter(s -> Seen.method(s.exchange()).equals("subscriptions/listen"))
        .filter(s -> !s.node().has("id"));
  }

  private static Function<Recording, Verdict> onlyAsked() {
    return Every.of(TalkRules::heard, "no subscription could be opened")
        .judge(
            s -> {
              String method = s.node().path("method").asString("");
              boolean fits =
                  List.of(ACKNOWLEDGED, CANCELLED, "notifications/tools/list_changed")
                      .contains(method);
              return when(!fits, "comes on a subscription to changes of tools only");
            },
            "A subscription carries no type of notification that was not asked for.",
            "Keep the filter of each subscription and send only what it names.");
  }

  private static Verdict acknowledged(Recording recording) {
    Examination examination = new Examination(recording);
    Optional<Exchange> listen = examination.exchange("listen");
    if (!examination.served(Probes.LAWFUL) || listen.isEmpty()) {
      return examination.verdict();
    }
    List<JsonNode> messages = listen.get().messages();
    if (messages.isEmpty() || listen.get().error().isPresent()) {
      examination.unseen("no subscription could be opened");
      return examination.verdict();
    }
    JsonNode first = messages.getFirst();
    boolean named = first.path("method").asString("").equals(ACKNOWLEDGED);
    JsonNode id = first.path("params").path("_meta").path(SUBSCRIPTION);
    if (named && listen.get().sentId().filter(sent -> Messages.isSameId(sent, id)).isPresent()) {
      examination.kept();
    } else {
      examination.broken(
          listen.get(),
          "A subscription does not begin with its acknowledgement.",
          "The first message of a subscription is "
              + ACKNOWLEDGED
              + " with the id of its request"
              + " as subscription id; nothing comes before.",
          "The first message is " + first + ".",
          "Acknowledge before anything is published to the stream.");
    }
    return examination.verdict();
  }

  private static Function<Recording, Verdict> namesSubscription() {
    return Every.of(TalkRules::heard, "no subscription could be opened")
        .judge(
            s ->
                when(
                    s.exchange()
                        .sentId()
                        .filter(
                            id ->
                                Messages.isSameId(
                                    id, s.node().path("params").path("_meta").path(SUBSCRIPTION)))
                        .isEmpty(),
                    "does not name its subscription"),
            "A notification on a subscription stream carries " + SUBSCRIPTION + " in _meta.",
            "Write the id of the listen request there.");
  }
}
