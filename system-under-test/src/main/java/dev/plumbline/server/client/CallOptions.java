package dev.plumbline.server.client;

import java.time.Duration;
import java.util.Optional;

/**
 * What may be said of one request.
 *
 * @param timeout longest silence before the request is cancelled; progress starts it anew
 * @param progress who hears of progress; asked for only when somebody does
 * @param cancel who may end it early
 * @param logLevel least severe log message the server may send for it (stateless era)
 */
public record CallOptions(
    Optional<Duration> timeout,
    Optional<Progress.Listener> progress,
    Optional<CancelSignal> cancel,
    Optional<String> logLevel) {
  /** Nothing special. */
  public static final CallOptions DEFAULT =
      new CallOptions(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** The same with another longest silence. */
  public CallOptions withTimeout(Duration longest) {
    return new CallOptions(Optional.of(longest), progress, cancel, logLevel);
  }

  /** The same with somebody who hears of progress. */
  public CallOptions withProgress(Progress.Listener listener) {
    return new CallOptions(timeout, Optional.of(listener), cancel, logLevel);
  }

  /** The same with somebody who may end it. */
  public CallOptions withCancel(CancelSignal signal) {
    return new CallOptions(timeout, progress, Optional.of(signal), logLevel);
  }

  /** The same with log messages from this level on. */
  public CallOptions withLogLevel(String level) {
    return new CallOptions(timeout, progress, cancel, Optional.of(level));
  }
}
