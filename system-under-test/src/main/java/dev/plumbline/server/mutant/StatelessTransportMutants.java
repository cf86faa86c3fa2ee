package dev.plumbline.server.mutant;

import dev.plumbline.server.ServerParts;
import dev.plumbline.server.era.Answer;
import dev.plumbline.server.era.Inbound;
import dev.plumbline.server.era.Meta;
import dev.plumbline.server.era.Revisions;
import dev.plumbline.server.era.StatelessRule;
import dev.plumbline.server.era.StatelessRules;
import dev.plumbline.server.protocol.Decoded;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.Reply;
import dev.plumbline.server.transport.StdioLines;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Defects in the transports of the stateless era. */
final class StatelessTransportMutants {
  private StatelessTransportMutants() {}

  static List<Mutant> all() {
    return List.of(
        // TRAN-501
        Planting.stateless(
            "version-mismatch-accepted",
            parts ->
                parts.withRule(
                    StatelessRules.VERSION_HEADER, StatelessTransportMutants::mismatchAccepted)),
        // TRAN-502
        Planting.stateless(
            "mcp-method-unchecked",
            parts -> parts.withRule(StatelessRules.METHOD_HEADER, _ -> (_, _) -> Optional.empty())),
        // TRAN-503
        Planting.stateless(
            "mcp-name-unchecked",
            parts -> parts.withRule(StatelessRules.NAME_HEADER, _ -> (_, _) -> Optional.empty())),
        // TRAN-504
        Planting.statelessAnswer(
            "unknown-method-status-200",
            (_, _, answer) -> isUnknownMethod(answer) ? answer.withStatus(200) : answer),
        // TRAN-505
        new Mutant(
            "foreign-origin-accepted-stateless",
            parts -> OriginDefect.unchecked(parts, Revisions.STATELESS::equals)),
        // TRAN-506
        new Mutant("stdout-warning-line", StatelessTransportMutants::chatty));
  }

  private static StatelessRule.Check mismatchAccepted(StatelessRule.Check check) {
    return (in, request) -> {
      boolean planted =
          in.headers().all(Inbound.VERSION_HEADER).equals(List.of(Revisions.NEWEST_HANDSHAKE))
              && Revisions.STATELESS.equals(Meta.version(request.params()));
      return planted ? Optional.empty() : check.refusal(in, request);
    };
  }

  private static boolean isUnknownMethod(Answer answer) {
    return answer.body() instanceof Answer.Body.Rpc(_, Reply.Failure(var error))
        && error.is(ErrorCode.METHOD_NOT_FOUND);
  }

  private static ServerParts chatty(ServerParts parts) {
    StdioLines original = parts.stdioLines();
    return parts.withStdioLines(
        (decoded, answer) -> {
          List<byte[]> lines = new ArrayList<>();
          if (decoded instanceof Decoded.Valid(Message.Request request)
              && Meta.version(request.params()) != null
              && isUnknownMethod(answer)) {
            lines.add("WARN unknown method".getBytes(StandardCharsets.UTF_8));
          }
          lines.addAll(original.lines(decoded, answer));
          return lines;
        });
  }
}
