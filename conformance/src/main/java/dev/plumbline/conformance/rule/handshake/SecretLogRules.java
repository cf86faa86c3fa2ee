package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.probe.CallableTool;
import dev.plumbline.conformance.probe.ToolInfo;
import dev.plumbline.conformance.rule.Every;
import dev.plumbline.conformance.rule.Every.Broken;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Stage;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The rule on secrets in log messages, page {@code 2025-11-25/server/utilities/logging}. */
public final class SecretLogRules {
  private static final String CALL = "call-with-secret";
  private static final String MESSAGE = "notifications/message";

  /** What stands in every argument that is a secret by its name. */
  private static final String SECRET = "plumbline-secret-7fd41c";

  /** Names that mean nothing but a secret; a token may be many things. */
  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)password|passwd|passphrase|secret|(api|private|secret)[_-]?key|client[_-]?secret"
              + "|(access|auth|bearer|refresh)[_-]?token");

  private static final int MAX_TOOLS = 16;

  private SecretLogRules() {}

  /** The rule. */
  public static List<Rule> rules() {
    return List.of(
        new Rule(
            "LOG-004",
            Probes.ANY,
            Probes.HANDSHAKE.capability("logging"),
            SecretLogRules::logIn,
            SecretLogRules::keepsSecrets));
  }

  private static void logIn(Stage stage)
      throws TargetException, HarnessException, InterruptedException {
    Conversation conversation = stage.open();
    Probes.lawful(conversation);
    conversation.send(
        "set-level", conversation.draft("logging/setLevel", Probes.params("level", "debug")));
    List<ToolInfo> tools =
        stage.probe().tools().stream()
            .filter(tool -> tool.callable() && stage.consent().covers(tool.needs()))
            .filter(tool -> !secrets(tool).isEmpty())
            .limit(MAX_TOOLS)
            .toList();
    for (ToolInfo tool : tools) {
      ObjectNode arguments = (ObjectNode) tool.arguments().deepCopy();
      secrets(tool).forEach(name -> arguments.put(name, SECRET));
      CallableTool callable = new CallableTool(tool, arguments);
      conversation.send(CALL, conversation.draft("tools/call", callable.params()));
    }
  }

  private static List<String> secrets(ToolInfo tool) {
    return tool.inputSchema().path("properties").properties().stream()
        .filter(p -> NAMED.matcher(p.getKey()).matches())
        .filter(p -> p.getValue().path("type").asString("").equals("string"))
        .map(p -> p.getKey())
        .toList();
  }

  private static Optional<JsonNode> leak(Exchange call) {
    return call.messages().stream()
        .filter(m -> m.path("method").asString("").equals(MESSAGE))
        .filter(m -> m.toString().contains(SECRET))
        .findFirst();
  }

  private static Verdict keepsSecrets(Recording recording) {
    return Every.verdict(
        recording,
        recording
            .exchanges(CALL)
            .filter(
                call ->
                    call.messages().stream()
                        .anyMatch(m -> m.path("method").asString("").equals(MESSAGE))),
        "the target gave no occasion: a tool that takes a password and logs",
        call ->
            leak(call)
                .map(
                    message ->
                        new Broken(
                            call,
                            "A log message holds a secret that the call was given.",
                            "Log messages hold no credentials and no other secrets.",
                            "It reads: " + EveryPiece.quoted(message),
                            "Leave arguments that are secrets out of what is logged.")));
  }
}
