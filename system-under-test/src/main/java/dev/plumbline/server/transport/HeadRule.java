package dev.plumbline.server.transport;

import dev.plumbline.server.era.Answer;
import java.util.Optional;

/**
 * One thing the head of an HTTP request must satisfy before its body is read.
 *
 * @param name what a mutant or a test calls it
 * @param check the refusal, or empty
 */
public record HeadRule(String name, Check check) {
  /** The check of a rule. */
  @FunctionalInterface
  public interface Check {
    /** The refusal, or empty. */
    Optional<Answer> refusal(RequestHead head);
  }
}
