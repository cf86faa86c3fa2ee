package dev.plumbline.server.mutant;

import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.Reply;
import java.util.List;

/** Defects of the handshake era in what either side is told: ends, changes, losses. */
final class HandshakeNewsMutants {
  /** The id of the call that is cancelled. */
  private static final String SLOW = "plumbline-slow";

  private static final int INTERNAL_ERROR = -32603;

  private HandshakeNewsMutants() {}

  static List<Mutant> all() {
    return List.of(
        // CANC-004
        Planting.handshakeAnswer(
            "cancelled-call-answered",
            (in, message, answer) -> {
              if (message instanceof Message.Notification(var method, var params)
                  && method.equals("notifications/cancelled")
                  && params.path("requestId").asString("").equals(SLOW)) {
                HandshakeFlowMutants.say(
                    in,
                    "{\"jsonrpc\":\"2.0\",\"id\":\""
                        + SLOW
                        + "\",\"error\":{\"code\":0,\"message\":\"Request cancelled\"}}");
              }
              return answer;
            }),
        // TOOL-009, PROM-003, RES-003
        changing("session-not-told-of-tools", "tools", "test_trigger_tool_change"),
        changing("session-not-told-of-prompts", "prompts", "test_trigger_prompt_change"),
        changing("session-not-told-of-resources", "resources", "test_trigger_resource_change"),
        // ROOT-013, ROOT-009
        Planting.handshakeAnswer(
            "changed-roots-refused",
            (_, message, answer) ->
                HandshakeFlowMutants.isNotification(message, "notifications/roots/list_changed")
                    ? answer.withStatus(400)
                    : answer),
        HandshakeFlowMutants.shaken(
            "lost-roots-break",
            message ->
                message instanceof Message.Response(_, Reply.Failure(var error))
                    && error.code() == INTERNAL_ERROR));
  }

  private static Mutant changing(String name, String feature, String tool) {
    return StatelessEndingMutants.changing(name, feature, tool, Planting::handshakeMethod);
  }
}
