package dev.plumbline.server.round;

import dev.plumbline.server.feature.ClientRequest;
import dev.plumbline.server.feature.InputRequired;
import dev.plumbline.server.protocol.RpcException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One round of a request: the answers of earlier rounds, and those that came with this one. */
public final class Round {
  /** The round of a request that may not ask. */
  static final Round NEVER_ASKS =
      new Round(Map.of(), JsonNodeFactory.instance.objectNode(), new byte[0], false);

  private final Map<String, ObjectNode> settled;
  private final ObjectNode fresh;
  private final byte[] binding;
  private final boolean retry;

  Round(Map<String, ObjectNode> settled, ObjectNode fresh, byte[] binding, boolean retry) {
    this.settled = new LinkedHashMap<>(settled);
    this.fresh = fresh;
    this.binding = binding;
    this.retry = retry;
  }

  /**
   * The answers to these questions.
   *
   * @param declared the capabilities the client declared on this request
   * @throws RpcException when an answer does not fit its question, or a question needs a capability
   *     that was not declared
   * @throws InputRequired with the questions that are still open
   */
  public Map<String, ObjectNode> answers(ObjectNode declared, Map<String, ClientRequest> questions)
      throws RpcException {
    if (this == NEVER_ASKS) {
      throw new IllegalStateException("this request may not ask its client");
    }
    Map<String, ClientRequest> open = new LinkedHashMap<>();
    Map<String, ObjectNode> answers = new LinkedHashMap<>();
    for (Map.Entry<String, ClientRequest> question : questions.entrySet()) {
      ObjectNode answer = answer(question.getKey(), question.getValue());
      if (answer == null) {
        open.put(question.getKey(), question.getValue());
      } else {
        answers.put(question.getKey(), answer);
      }
    }
    if (!open.isEmpty()) {
      ClientNeeds.check(declared, open.values());
      throw new InputRequired(open);
    }
    return answers;
  }

  private @Nullable ObjectNode answer(String key, ClientRequest question) throws RpcException {
    ObjectNode known = settled.get(key);
    if (known != null) {
      return known;
    }
    JsonNode given = fresh.get(key);
    if (given == null) {
      return null;
    }
    Optional<String> problem = AnswerCheck.problem(question, given);
    if (problem.isPresent()) {
      throw RpcException.invalidParams("inputResponses." + key + " " + problem.get());
    }
    ObjectNode answer = (ObjectNode) given;
    settled.put(key, answer);
    return answer;
  }

  /** True when the request repeats an earlier one: its result depends on more than its name. */
  public boolean isRetry() {
    return retry;
  }

  Map<String, ObjectNode> settled() {
    return Collections.unmodifiableMap(settled);
  }

  byte[] binding() {
    return binding.clone();
  }
}
