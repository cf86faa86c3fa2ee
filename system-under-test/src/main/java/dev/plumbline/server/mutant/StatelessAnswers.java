package dev.plumbline.server.mutant;

import dev.plumbline.server.era.Answer;
import dev.plumbline.server.protocol.JsonLimits;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.ObjectNode;

/** Answers as trees, for defects that change them. */
final class StatelessAnswers {
  private StatelessAnswers() {}

  static ObjectNode tree(Answer answer) {
    return tree(new String(answer.bytes(), StandardCharsets.UTF_8));
  }

  static ObjectNode tree(String json) {
    return (ObjectNode) JsonLimits.mapper().readTree(json);
  }
}
