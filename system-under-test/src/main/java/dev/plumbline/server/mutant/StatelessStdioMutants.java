package dev.plumbline.server.mutant;

import dev.plumbline.server.era.Answer;
import dev.plumbline.server.era.Meta;
import dev.plumbline.server.protocol.Decoded;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.transport.StdioLines;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Defects of the stateless era that stdio alone shows. */
final class StatelessStdioMutants {
  private static final String SPREAD =
      "{\"jsonrpc\":\"2.0\",\n\"method\":\"notifications/tools/list_changed\"}";

  private StatelessStdioMutants() {}

  static List<Mutant> all() {
    return List.of(
        // TRAN-516
        lines("message-over-two-lines", original -> saying(original, SPREAD)),
        // BASE-532
        Planting.statelessAnswer(
            "token-demanded-on-stdio",
            (_, message, answer) ->
                message instanceof Message.Request request
                        && request.method().equals("prompts/list")
                    ? answer.withBody(new Answer.Body.Raw(challenge(answer)))
                    : answer));
  }

  private static String challenge(Answer answer) {
    var tree = StatelessAnswers.tree(answer);
    tree.remove("result");
    tree.putObject("error").put("code", -32603).put("message", "WWW-Authenticate: Bearer");
    return tree.toString();
  }

  private static Mutant lines(String name, java.util.function.UnaryOperator<StdioLines> change) {
    return new Mutant(name, parts -> parts.withStdioLines(change.apply(parts.stdioLines())));
  }

  private static StdioLines saying(StdioLines original, String first) {
    return (decoded, answer) -> {
      List<byte[]> lines = new ArrayList<>();
      if (decoded instanceof Decoded.Valid(Message.Request request)
          && request.method().equals("prompts/list")
          && Meta.version(request.params()) != null) {
        lines.add(first.getBytes(StandardCharsets.UTF_8));
      }
      lines.addAll(original.lines(decoded, answer));
      return lines;
    };
  }
}
