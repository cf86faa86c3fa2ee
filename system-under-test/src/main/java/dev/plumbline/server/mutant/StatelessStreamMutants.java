package dev.plumbline.server.mutant;

import dev.plumbline.server.era.Answer;
import dev.plumbline.server.era.AnswerShape;
import dev.plumbline.server.era.StatelessRules;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.RpcError;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Defects in the form of HTTP answers and in what event streams carry. */
final class StatelessStreamMutants {
  private static final String GET = "prompts/get";
  private static final String CHANGED =
      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}";

  private StatelessStreamMutants() {}

  static List<Mutant> all() {
    return List.of(
        // TRAN-531
        answer("prompts-elsewhere", _ -> Answer.empty(405)),
        // TRAN-542
        answer("answers-as-text", answer -> answer.with("Content-Type", "text/plain")),
        // TRAN-544
        Planting.statelessSays("change-beside-answer", GET, CHANGED),
        // TRAN-546
        answer("stream-goes-on", answer -> stream(answer, 2).with("X-Accel-Buffering", "no")),
        // TRAN-547
        answer("stream-buffered", answer -> stream(answer, 1)),
        // TRAN-541
        Planting.statelessAnswer(
            "notification-refused-in-success",
            (_, message, answer) ->
                message instanceof Message.Notification ? answer.withStatus(200) : answer),
        // TRAN-588
        Planting.stateless(
            "header-names-compared-as-written",
            parts ->
                parts.withRule(
                    StatelessRules.METHOD_HEADER,
                    check ->
                        (in, request) ->
                            in.headers().names().stream().anyMatch("mCP-mETHOD"::equals)
                                ? Optional.of(
                                    RpcError.of(
                                        ErrorCode.HEADER_MISMATCH, "Mcp-Method is required"))
                                : check.refusal(in, request))));
  }

  /** Changes what is answered to those who get a prompt. */
  private static Mutant answer(String name, UnaryOperator<Answer> change) {
    AnswerShape shape =
        (_, message, answer) ->
            message instanceof Message.Request request
                    && request.method().equals(GET)
                    && answer.failure().isEmpty()
                ? change.apply(answer)
                : answer;
    return Planting.statelessAnswer(name, shape);
  }

  private static Answer stream(Answer answer, int times) {
    String event = "data: " + new String(answer.bytes(), StandardCharsets.UTF_8) + "\n\n";
    return answer
        .withBody(new Answer.Body.Raw(event.repeat(times)))
        .with("Content-Type", "text/event-stream");
  }
}
