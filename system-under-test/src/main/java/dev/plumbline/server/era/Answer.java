package dev.plumbline.server.era;

import dev.plumbline.server.limit.Refusal;
import dev.plumbline.server.observe.Outcome;
import dev.plumbline.server.protocol.Encoder;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.Reply;
import dev.plumbline.server.protocol.RequestId;
import dev.plumbline.server.protocol.RpcError;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What goes back for one message.
 *
 * @param status HTTP status; ignored on stdio
 * @param headers further HTTP header fields; ignored on stdio
 * @param body what is sent
 */
public record Answer(int status, Map<String, String> headers, Body body) {
  /** What is sent. */
  public sealed interface Body {
    /** Nothing. */
    record Empty() implements Body {}

    /** An event stream that ends without an event: a cancelled request is not answered. */
    record EndedStream() implements Body {}

    /**
     * Everything was said through the event sink: nothing is added, the stream ends.
     *
     * @param last the reply that was said, or null when there was none
     */
    record Streamed(@Nullable Reply last) implements Body {}

    /** A JSON-RPC response. */
    record Rpc(@Nullable RequestId id, Reply reply) implements Body {}

    /** JSON as it stands. */
    record Raw(String json) implements Body {}
  }

  private static final Body EMPTY = new Body.Empty();

  /** Copies the headers. */
  public Answer {
    headers = Map.copyOf(headers);
  }

  /** A status without a body. */
  public static Answer empty(int status) {
    return new Answer(status, Map.of(), EMPTY);
  }

  /** Nothing may be said any more. */
  public static Answer silence() {
    return new Answer(200, Map.of(), new Body.EndedStream());
  }

  /** This answer was said through the event sink. */
  public static Answer streamed(Answer said) {
    Reply reply = said.body() instanceof Body.Rpc(_, var last) ? last : null;
    return new Answer(200, Map.of(), new Body.Streamed(reply));
  }

  /** Everything was said through the event sink. */
  public static Answer streamed() {
    return new Answer(200, Map.of(), new Body.Streamed(null));
  }

  /** A JSON-RPC response. */
  public static Answer of(int status, @Nullable RequestId id, Reply reply) {
    return new Answer(status, Map.of(), new Body.Rpc(id, reply));
  }

  /** A refusal. */
  public static Answer refusal(int status, @Nullable RequestId id, RpcError error) {
    return of(status, id, new Reply.Failure(error));
  }

  /** A refusal by a limit, with the time to wait (C19). */
  public static Answer refused(@Nullable RequestId id, Refusal refusal) {
    return refused(id, refusal.error());
  }

  /** A refusal by a limit, or by a part of the server that takes no work now. */
  public static Answer refused(@Nullable RequestId id, RpcError error) {
    ErrorCode code = error.is(ErrorCode.UNAVAILABLE) ? ErrorCode.UNAVAILABLE : ErrorCode.OVERLOADED;
    return refusal(ErrorStatus.of(code), id, error)
        .with("Retry-After", Refusal.retryAfterSeconds(error));
  }

  /** A refusal because the server stops; another one may be there in a moment. */
  public static Answer draining(@Nullable RequestId id) {
    return refusal(ErrorStatus.of(ErrorCode.DRAINING), id, RpcError.of(ErrorCode.DRAINING))
        .with("Retry-After", ErrorStatus.RETRY_AFTER_SECONDS);
  }

  /** A refusal because nobody can say, or store, what a session is; soon somebody may. */
  public static Answer storeless(@Nullable RequestId id) {
    return refusal(
            ErrorStatus.of(ErrorCode.STORE_UNAVAILABLE),
            id,
            RpcError.of(ErrorCode.STORE_UNAVAILABLE))
        .with("Retry-After", ErrorStatus.RETRY_AFTER_SECONDS);
  }

  /** The same answer with one more header field. */
  public Answer with(String name, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(name, value);
    return new Answer(status, more, body);
  }

  /** The same answer with another status. */
  public Answer withStatus(int other) {
    return new Answer(other, headers, body);
  }

  /** The same answer with another body. */
  public Answer withBody(Body other) {
    return new Answer(status, headers, other);
  }

  /** The error it carries or carried, if any. */
  public Optional<RpcError> failure() {
    return switch (body) {
      case Body.Rpc(_, Reply.Failure(var error)) -> Optional.of(error);
      case Body.Streamed(Reply.Failure(var error)) -> Optional.of(error);
      case Body.Rpc _, Body.Streamed _, Body.Empty _, Body.EndedStream _, Body.Raw _ ->
          Optional.empty();
    };
  }

  /** What became of the request this answers. */
  public Outcome outcome() {
    return failure()
        .map(Answer::outcome)
        .orElse(body instanceof Body.EndedStream ? Outcome.CANCELLED : Outcome.OK);
  }

  private static Outcome outcome(RpcError error) {
    if (error.is(ErrorCode.OVERLOADED)
        || error.is(ErrorCode.DRAINING)
        || error.is(ErrorCode.UNAVAILABLE)) {
      return Outcome.REFUSED;
    }
    return error.is(ErrorCode.INTERNAL_ERROR) || error.is(ErrorCode.DEADLINE_EXCEEDED)
        ? Outcome.SERVER_ERROR
        : Outcome.CLIENT_ERROR;
  }

  /** The bytes of the body; empty when nothing is sent. */
  public byte[] bytes() {
    return switch (body) {
      case Body.Empty _, Body.EndedStream _, Body.Streamed _ -> new byte[0];
      case Body.Rpc(var id, var reply) -> Encoder.encode(id, reply);
      case Body.Raw(var json) -> json.getBytes(StandardCharsets.UTF_8);
    };
  }
}
