package dev.plumbline.server.uri;

/** A URI that cannot be brought into one form; its message says why and repeats nothing of it. */
public final class UriRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Flaw flaw;

  UriRefusedException(Flaw flaw) {
    super(flaw.text(), null, false, false);
    this.flaw = flaw;
  }

  /** Why. */
  public Flaw flaw() {
    return flaw;
  }
}
