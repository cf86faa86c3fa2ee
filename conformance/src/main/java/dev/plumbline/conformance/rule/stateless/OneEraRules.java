package dev.plumbline.conformance.rule.stateless;

import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Script;
import dev.plumbline.conformance.rule.Stage;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import dev.plumbline.evidence.model.Transport;
import dev.plumbline.evidence.model.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rules of the pages on versioning and Streamable HTTP for servers that speak the stateless era
 * only: how they turn down what an older client sends.
 */
public final class OneEraRules {
  private static final String INITIALIZE = "initialize";
  private static final String VERSION = "MCP-Protocol-Version";
  private static final String UNVERSIONED = "without-version";
  private static final int NOT_ALLOWED = 405;

  /** Why a rule for servers of one era does not apply. */
  static final String EARLIER = "the server speaks earlier revisions, too";

  /** A GET of an older client may open a stream that lasts. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private OneEraRules() {}

  /** The rules for servers of one era. */
  public static List<Rule> rules() {
    return List.of(
        rule("VERS-508", Probes.ANY, OneEraRules::namesVersions),
        rule(
            "TRAN-553",
            Probes.HTTP,
            Twins.refused(
                Probes.LAWFUL,
                "A request without " + VERSION + " at a server without older revisions",
                Twins.HEADER,
                UNVERSIONED)),
        rule("TRAN-508", Probes.HTTP, OneEraRules::notAllowed));
  }

  private static Rule rule(
      String clause, Set<Transport> transports, Function<Recording, Verdict> judge) {
    return new Rule(
        clause, transports, Probes.STATELESS, SCRIPT, recording -> judged(recording, judge));
  }

  /** What an older client might send. */
  static final Script SCRIPT = OneEraRules::run;

  private static void run(Stage stage)
      throws TargetException, HarnessException, InterruptedException {
    Conversation conversation = stage.open();
    if (!Probes.lawful(conversation).accepted()) {
      return;
    }
    ObjectNode params = Messages.object().put("protocolVersion", Era.HANDSHAKE.revision());
    params.putObject("capabilities");
    params.putObject("clientInfo").put("name", "plumbline").put("version", "0.1.0");
    conversation.send(
        INITIALIZE,
        conversation
            .draft(INITIALIZE)
            .body(
                body -> {
                  body.set("params", params);
                  return body;
                })
            .withoutHeader(VERSION)
            .withoutHeader("Mcp-Method"));
    if (stage.transport().isHttp()) {
      conversation.send(UNVERSIONED, conversation.draft("server/discover").withoutHeader(VERSION));
      conversation.send("get", conversation.http("GET").withoutHeader(VERSION).deadline(PATIENCE));
      conversation.send(
          "delete", conversation.http("DELETE").withoutHeader(VERSION).deadline(PATIENCE));
    }
  }

  private static Verdict judged(Recording recording, Function<Recording, Verdict> judge) {
    boolean older =
        speaksEarlier(recording)
            || recording.exchange(INITIALIZE).filter(Exchange::accepted).isPresent();
    return older ? new Verdict.NotApplicable(EARLIER) : judge.apply(recording);
  }

  /** Whether the server lists revisions of the handshake era. */
  static boolean speaksEarlier(Recording recording) {
    return versions(recording).stream().anyMatch(v -> v.compareTo(Era.STATELESS.revision()) < 0);
  }

  private static List<String> versions(Recording recording) {
    return recording
        .exchange(Probes.LAWFUL)
        .flatMap(Exchange::result)
        .orElseGet(Messages::object)
        .path("supportedVersions")
        .valueStream()
        .map(JsonNode::stringValueOpt)
        .flatMap(Optional::stream)
        .toList();
  }

  private static Verdict namesVersions(Recording recording) {
    return Twins.kept(
            Probes.LAWFUL,
            INITIALIZE,
            e ->
                versions(recording).stream()
                    .allMatch(e.error().map(JsonNode::toString).orElse("")::contains),
            "initialize is refused without naming the versions that are spoken.",
            "A server that knows no initialize says in its error which versions it speaks, so"
                + " that an older client can tell its user.",
            "Name the versions of server/discover in message or data of the error.")
        .apply(recording);
  }

  private static Verdict notAllowed(Recording recording) {
    Examination examination = new Examination(recording);
    if (examination.served(Probes.LAWFUL)) {
      for (String label : List.of("get", "delete")) {
        examination
            .answered(label)
            .ifPresent(
                e ->
                    Twins.hold(
                        examination,
                        e,
                        answer -> answer.status().orElse(0) == NOT_ALLOWED,
                        "A "
                            + label.toUpperCase(Locale.ROOT)
                            + " of an older client is not answered with status 405.",
                        "GET and DELETE mean nothing in this revision: status 405.",
                        "Answer every HTTP method but POST with 405 Method Not Allowed."));
      }
    }
    return examination.verdict();
  }
}
