package dev.plumbline.server.domain;

/** Somebody named a failure domain, a session or a fault that is not there. */
public final class UnknownDomainException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Says what is not there. */
  public UnknownDomainException(String message) {
    super(message);
  }
}
