package dev.plumbline.server.limit;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Where somebody who may ask keeps their gate; made when they ask for the first time. */
public final class RateSlot {
  private final AtomicReference<@Nullable RateGate> gate = new AtomicReference<>();

  /** Nobody asked yet. */
  public RateSlot() {}

  RateGate gate(Rates rates) {
    RateGate known = gate.get();
    if (known != null) {
      return known;
    }
    RateGate made = rates.newGate();
    RateGate raced = gate.compareAndExchange(null, made);
    return raced == null ? made : raced;
  }
}
