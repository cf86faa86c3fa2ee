package dev.plumbline.server.machine;

/** Hears what the events of every machine of one table came to. */
@FunctionalInterface
public interface Observer {
  /** Nobody. */
  Observer NONE = _ -> {};

  /** One event was fired. Called on the thread that fired it, often: must be cheap, never block. */
  void fired(Outcome<?, ?> outcome);
}
