package dev.plumbline.server.feature.task;

import dev.plumbline.server.feature.ClientRequest;
import dev.plumbline.server.protocol.RpcException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What a task asks at once. Guarded by the lock of its task. */
final class Questions {
  private final Map<String, String> keys;
  private final Map<String, ClientRequest> open;
  private final Map<String, ObjectNode> answers = new LinkedHashMap<>();
  private @Nullable RpcException refusal;

  /**
   * Questions nobody has answered.
   *
   * @param keys from the key on the wire to the key of whoever asks
   * @param asked by the key on the wire
   */
  Questions(Map<String, String> keys, Map<String, ClientRequest> asked) {
    this.keys = Map.copyOf(keys);
    this.open = new LinkedHashMap<>(asked);
  }

  /** What is not answered yet, by the key on the wire; a copy. */
  Map<String, ClientRequest> open() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(open));
  }

  /** Takes an answer; one to a question that is not open is ignored. */
  void answer(String key, ObjectNode answer) {
    String asker = keys.get(key);
    if (asker != null && open.remove(key) != null) {
      answers.put(asker, answer);
    }
  }

  /** There will be no answers. */
  void refuse(RpcException reason) {
    open.clear();
    refusal = reason;
  }

  /** True when nothing is open. */
  boolean settled() {
    return open.isEmpty();
  }

  /** The answers by the keys of whoever asked. */
  Map<String, ObjectNode> answers() throws RpcException {
    if (refusal != null) {
      throw refusal;
    }
    return answers;
  }
}
