package dev.plumbline.server.era;

import dev.plumbline.server.session.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last look at a message that is said ahead of an answer: a notification, a request of the
 * server. The correct server changes nothing here.
 */
@FunctionalInterface
public interface SaidShape {
  /** Says every message as it is. */
  SaidShape AS_IT_IS = (_, message) -> List.of(message);

  /** The messages to say instead, in order. */
  List<byte[]> shape(@Nullable Session session, byte[] message);

  /** Where the events of a request's stream go. */
  default EventSink sink(Inbound in) {
    return in.sink();
  }
}
