package dev.plumbline.server.access;

import dev.plumbline.server.era.Answer;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.RequestId;
import dev.plumbline.server.protocol.RpcError;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The refusals of a protected server, each with its challenge (RFC 6750 §3, RFC 9728 §5.1). */
final class Challenges {
  private Challenges() {}

  /** No token came: 401 without an error. */
  static Answer missing(String resource, Set<String> scopes) {
    return refusal(
        401, null, "send an access token as Authorization: Bearer", resource, "", scopes);
  }

  /** The token is no good: 401. */
  static Answer invalid(String resource, Set<String> scopes) {
    return refusal(
        401, null, "the access token is not valid here", resource, "invalid_token", scopes);
  }

  /** The field is malformed: 400. */
  static Answer malformed(String resource) {
    return refusal(
        400,
        null,
        "Authorization must be Bearer and one token",
        resource,
        "invalid_request",
        Set.of());
  }

  /** The token allows too little for this: 403, with everything this needs. */
  static Answer insufficient(@Nullable RequestId id, String resource, Set<String> scopes) {
    return refusal(
        403, id, "the access token allows too little", resource, "insufficient_scope", scopes);
  }

  private static Answer refusal(
      int status,
      @Nullable RequestId id,
      String why,
      String resource,
      String error,
      Set<String> scopes) {
    StringBuilder challenge = new StringBuilder("Bearer ");
    if (!error.isEmpty()) {
      challenge.append("error=\"").append(error).append("\", ");
    }
    if (!scopes.isEmpty()) {
      challenge.append("scope=\"").append(String.join(" ", new TreeSet<>(scopes))).append("\", ");
    }
    challenge
        .append("resource_metadata=\"")
        .append(resource.isEmpty() ? "" : ResourceMetadata.address(resource))
        .append('"');
    return Answer.refusal(status, id, RpcError.of(ErrorCode.INVALID_REQUEST, why))
        .with("WWW-Authenticate", challenge.toString());
  }
}
