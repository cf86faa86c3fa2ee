package dev.plumbline.server.era;

import dev.plumbline.server.feature.Context;
import dev.plumbline.server.protocol.RpcException;
import dev.plumbline.server.subscription.Topic;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** One member of the filter of {@code subscriptions/listen}. */
@FunctionalInterface
public interface ListenFilter {
  /**
   * What is honoured of a member.
   *
   * @param shown as the acknowledgement shows it
   * @param topics what is listened for
   */
  record Honoured(JsonNode shown, Set<Topic> topics) {
    /** Copies the set. */
    public Honoured {
      topics = Set.copyOf(topics);
    }
  }

  /**
   * Looks at what a client asks for.
   *
   * @return empty when nothing of it is honoured
   * @throws RpcException when it is malformed, or needs a capability that was not declared
   */
  Optional<Honoured> honour(Context context, JsonNode asked) throws RpcException;
}
