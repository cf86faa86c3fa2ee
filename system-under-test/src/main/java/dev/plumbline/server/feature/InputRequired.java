package dev.plumbline.server.feature;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Leaves a method that cannot go on before its client has answered; the stateless era turns it into
 * an {@code input_required} result. Cheap, without a stack trace; methods do not catch it.
 */
public final class InputRequired extends Detour {
  private static final long serialVersionUID = 1L;

  private final transient Map<String, ClientRequest> requests;

  /** Wraps what the client is asked. */
  public InputRequired(Map<String, ClientRequest> requests) {
    super("input required");
    this.requests = Collections.unmodifiableMap(new LinkedHashMap<>(requests));
  }

  /** What the client is asked, by key, in the order it was asked. */
  public Map<String, ClientRequest> requests() {
    return requests;
  }
}
