package dev.plumbline.server.transport;

import dev.plumbline.server.era.Answer;
import dev.plumbline.server.protocol.RequestId;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What a virtual thread does for one message. */
@FunctionalInterface
interface Work {
  /** Does it; puts the request's id aside as soon as it is known, for whoever gives up first. */
  Answer run(AtomicReference<@Nullable RequestId> id);
}
