package dev.plumbline.server.limit;

/** A limit that cannot be set; nothing was changed. The message is one line for an operator. */
public abstract sealed class LimitException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String line;

  private LimitException(String line) {
    super(line, null, false, false);
    this.line = line;
  }

  /** The line for an operator. */
  public String line() {
    return line;
  }

  /** No role has this name. */
  public static final class UnknownRole extends LimitException {
    private static final long serialVersionUID = 1L;

    UnknownRole(String role, Iterable<String> known) {
      super("there is no role " + role + "; roles are " + String.join(", ", known));
    }
  }

  /** A limit is zero or more. */
  public static final class Negative extends LimitException {
    private static final long serialVersionUID = 1L;

    Negative(String role, int limit) {
      super("the limit of role " + role + " cannot be " + limit + ": it must not be negative");
    }
  }

  /** More is held than the limit would allow. */
  public static final class BelowDepth extends LimitException {
    private static final long serialVersionUID = 1L;

    BelowDepth(String role, int limit, int held) {
      super(
          "the limit of role "
              + role
              + " cannot be "
              + limit
              + " now: "
              + held
              + " are held; try again when fewer are");
    }
  }
}
