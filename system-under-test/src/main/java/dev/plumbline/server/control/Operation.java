package dev.plumbline.server.control;

import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Something that was acknowledged and goes on; its completion is told here (C1). */
public final class Operation {
  private final String id;
  private final String kind;
  private final String subject;
  private final InstantSource clock;
  private final Instant began;
  private @Nullable Instant ended;
  private String state;

  Operation(String id, String kind, String subject, String state, InstantSource clock) {
    this.id = id;
    this.kind = kind;
    this.subject = subject;
    this.state = state;
    this.clock = clock;
    this.began = clock.instant();
  }

  /** Its name, for whoever wants to look again. */
  public String id() {
    return id;
  }

  /** It is over. */
  synchronized void end(String last) {
    state = last;
    ended = clock.instant();
  }

  /** True once it is over. */
  public synchronized boolean over() {
    return ended != null;
  }

  /** What its subject is now. */
  public synchronized String state() {
    return state;
  }

  /** As JSON. */
  public synchronized ObjectNode toJson() {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", id)
            .put("kind", kind)
            .put("subject", subject)
            .put("state", state)
            .put("over", ended != null)
            .put("began_at", began.toString());
    if (ended != null) {
      json.put("ended_at", ended.toString());
    }
    return json;
  }
}
