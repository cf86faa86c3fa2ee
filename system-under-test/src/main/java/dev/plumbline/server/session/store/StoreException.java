package dev.plumbline.server.session.store;

import org.jspecify.annotations.Nullable;

/** A store cannot do what was asked; the message is one line and says what to do. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What kind of trouble it is. */
  public enum Kind {
    /** It cannot be reached or written now; later it may. */
    UNAVAILABLE,
    /** There is no way to it: whoever asks again at once waits in vain. */
    UNREACHABLE,
    /** What is stored is damaged. */
    CORRUPT,
    /** What is stored was written by a newer version of this program. */
    FUTURE,
    /** Another process has it open. */
    LOCKED,
    /** It cannot be used as it was configured. */
    MISCONFIGURED,
    /** No further session can be held. */
    FULL
  }

  private final Kind kind;

  /** A failure of a kind. */
  public StoreException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** A failure of a kind, and what led to it. */
  public StoreException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** What kind of trouble it is. */
  public Kind kind() {
    return kind;
  }
}
