package dev.plumbline.server.era;

import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.protocol.ErrorCode;

/** HTTP statuses of the errors that are the same in both eras. */
final class ErrorStatus {
  static final String RETRY_AFTER_SECONDS = Long.toString(Limits.RETRY_AFTER.toSeconds());

  private ErrorStatus() {}

  static int of(ErrorCode code) {
    return switch (code) {
      case PARSE_ERROR, INVALID_REQUEST, HEADER_MISMATCH, MISSING_CAPABILITY, UNSUPPORTED_VERSION ->
          400;
      case OVERLOADED -> 429;
      case DRAINING, UNAVAILABLE, STORE_UNAVAILABLE -> 503;
      case DEADLINE_EXCEEDED -> 504;
      // An error about a well-formed request is an ordinary answer.
      case METHOD_NOT_FOUND,
          INVALID_PARAMS,
          INTERNAL_ERROR,
          RESOURCE_NOT_FOUND,
          CANCELLED,
          URL_ELICITATION_REQUIRED ->
          200;
    };
  }
}
