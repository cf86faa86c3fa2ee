package dev.plumbline.server.round;

import dev.plumbline.server.feature.ClientRequest;
import dev.plumbline.server.protocol.JsonLimits;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.RpcException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Requests that may take several rounds. Between two rounds nothing is kept here: the answers so
 * far travel in the sealed state.
 */
public final class RoundTrips {
  /** The requests that may ask for input (2026-07-28 basic/patterns/mrtr, supported requests). */
  public static final Set<String> SUPPORTED = Set.of("tools/call", "prompts/get", "resources/read");

  private static final String RESPONSES = "inputResponses";
  private static final String STATE = "requestState";
  private static final Set<String> NOT_BOUND = Set.of("_meta", RESPONSES, STATE);

  private final StateSeal seal;

  /** Rounds under a seal. */
  public RoundTrips(StateSeal seal) {
    this.seal = seal;
  }

  /**
   * Begins one round of a request.
   *
   * @param principal who asks
   * @throws RpcException when the state or the answers are not what a client may send
   */
  public Round begin(String principal, Message.Request request) throws RpcException {
    if (!SUPPORTED.contains(request.method())) {
      return Round.NEVER_ASKS;
    }
    ObjectNode params = request.params();
    JsonNode given = params.path(RESPONSES);
    if (!given.isMissingNode() && !given.isObject()) {
      throw RpcException.invalidParams(RESPONSES + " must be an object");
    }
    JsonNode state = params.path(STATE);
    if (!state.isMissingNode() && !state.isString()) {
      throw RpcException.invalidParams(STATE + " must be a string");
    }
    byte[] binding = binding(principal, request);
    Map<String, ObjectNode> settled =
        state.isString() ? opened(state.stringValue(), binding) : Map.of();
    ObjectNode fresh =
        given instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
    return new Round(settled, fresh, binding, !given.isMissingNode() || state.isString());
  }

  /**
   * The result that asks the client.
   *
   * @param open what is still to be answered
   * @throws RpcException when the answers so far are too long to travel
   */
  public ObjectNode inputRequired(Round round, Map<String, ClientRequest> open)
      throws RpcException {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    result.put("resultType", "input_required");
    ObjectNode requests = result.putObject("inputRequests");
    open.forEach((key, question) -> requests.set(key, json(question)));
    ObjectNode answers = JsonNodeFactory.instance.objectNode();
    round.settled().forEach(answers::set);
    byte[] content = JsonLimits.mapper().writeValueAsBytes(answers);
    Optional<String> state = seal.seal(content, round.binding());
    if (state.isEmpty()) {
      throw RpcException.invalidParams("the answers are longer than this server can remember");
    }
    return result.put(STATE, state.get());
  }

  private static ObjectNode json(ClientRequest question) {
    ObjectNode params = question.params().deepCopy();
    // Gone since 2026-07-28: whoever correlates, does so in the state.
    params.remove("elicitationId");
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    request.put("method", question.method());
    request.set("params", params);
    return request;
  }

  private Map<String, ObjectNode> opened(String state, byte[] binding) throws RpcException {
    byte[] content =
        seal.open(state, binding)
            .orElseThrow(
                () -> RpcException.invalidParams(STATE + " is not one that fits this request"));
    Map<String, ObjectNode> answers = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> answer : JsonLimits.mapper().readTree(content).properties()) {
      if (answer.getValue() instanceof ObjectNode object) {
        answers.put(answer.getKey(), object);
      }
    }
    return answers;
  }

  private static byte[] binding(String principal, Message.Request request) {
    byte[] who = principal.getBytes(StandardCharsets.UTF_8);
    byte[] what = request.method().getBytes(StandardCharsets.UTF_8);
    byte[] with = Canonical.digest(request.params(), NOT_BOUND);
    return ByteBuffer.allocate(2 * Integer.BYTES + who.length + what.length + with.length)
        .putInt(who.length)
        .put(who)
        .putInt(what.length)
        .put(what)
        .put(with)
        .array();
  }
}
