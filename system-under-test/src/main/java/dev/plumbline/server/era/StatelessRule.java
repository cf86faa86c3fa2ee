package dev.plumbline.server.era;

import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.RpcError;
import java.util.Optional;

/**
 * One thing a stateless request must carry.
 *
 * @param name what a mutant or a test calls it
 * @param check the reason to refuse, or empty
 */
public record StatelessRule(String name, Check check) {
  /** The check of a rule. */
  @FunctionalInterface
  public interface Check {
    /** The reason to refuse, or empty. */
    Optional<RpcError> refusal(Inbound in, Message.Request request);
  }
}
