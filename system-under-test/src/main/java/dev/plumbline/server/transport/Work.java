package dev.plumbline.server.transport;

import dev.plumbline.server.era.Answer;
import dev.plumbline.server.era.Lease;

/** What a virtual thread does for one message. */
@FunctionalInterface
interface Work {
  /** Does it; tells the lease the request's id as soon as it is known. */
  Answer run(Lease lease);
}
