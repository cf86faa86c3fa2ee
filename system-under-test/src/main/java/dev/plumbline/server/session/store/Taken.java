package dev.plumbline.server.session.store;

/** The answer of every store to a second session of one id. */
final class Taken {
  private Taken() {}

  static StoreException id() {
    return new StoreException(
        StoreException.Kind.MISCONFIGURED, "two sessions of one id cannot be stored");
  }
}
