package dev.plumbline.server.mutant;

import dev.plumbline.server.ServerParts;
import dev.plumbline.server.era.Answer;
import dev.plumbline.server.era.Inbound;
import dev.plumbline.server.era.Meta;
import dev.plumbline.server.era.Revisions;
import dev.plumbline.server.era.Wire;
import dev.plumbline.server.protocol.Decoded;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.transport.StdioLines;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Defects in the transports of the handshake era. */
final class HandshakeTransportMutants {
  private HandshakeTransportMutants() {}

  static List<Mutant> all() {
    return List.of(
        // TRAN-001
        new Mutant("stdout-ping-log", HandshakeTransportMutants::chatty),
        // TRAN-002
        Planting.handshakeAnswer(
            "notification-answered-200", HandshakeTransportMutants::notificationOk),
        // TRAN-003
        Planting.handshake(
            "get-answers-json",
            parts -> parts.withGet(_ -> new Answer(200, Map.of(), new Answer.Body.Raw("{}")))),
        // TRAN-004
        Planting.handshake("session-survives-delete", parts -> parts.withTerminate(_ -> {})),
        // TRAN-005
        Planting.handshake(
            "version-header-ignored",
            parts ->
                parts.withVersionLawful(
                    in -> parts.versionLawful().test(in) || hasUnknownVersion(in))),
        // TRAN-006
        new Mutant(
            "foreign-origin-accepted",
            parts ->
                OriginDefect.unchecked(parts, version -> !version.equals(Revisions.STATELESS))));
  }

  private static ServerParts chatty(ServerParts parts) {
    StdioLines original = parts.stdioLines();
    return parts.withStdioLines(
        (decoded, answer) -> {
          List<byte[]> lines = new ArrayList<>(original.lines(decoded, answer));
          if (decoded instanceof Decoded.Valid(Message.Request request)
              && request.method().equals("ping")
              && Meta.version(request.params()) == null) {
            lines.add("[debug] ping answered".getBytes(StandardCharsets.UTF_8));
          }
          return lines;
        });
  }

  private static Answer notificationOk(Inbound in, Message message, Answer answer) {
    boolean spoil =
        in.wire() == Wire.HTTP
            && message instanceof Message.Notification notification
            && !notification.method().equals("notifications/initialized")
            && answer.status() == 202;
    return spoil ? answer.withStatus(200) : answer;
  }

  private static boolean hasUnknownVersion(Inbound in) {
    List<String> given = in.headers().all(Inbound.VERSION_HEADER);
    return given.size() == 1 && !Revisions.isKnown(given.getFirst());
  }
}
