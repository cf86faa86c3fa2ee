package dev.plumbline.conformance.rule;

import dev.plumbline.conformance.probe.CallableTool;
import dev.plumbline.conformance.probe.ToolInfo;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.evidence.model.HarnessException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells whether work goes on: a tool that is called like the slow one with {@code _state} behind,
 * and answers with a JSON object whose member {@code running} counts the calls.
 *
 * @param slow the tool that is watched
 * @param params how the witness is called
 */
public record Witness(SlowTool slow, ObjectNode params) {
  private static final Duration BETWEEN = Duration.ofMillis(20);

  /** A slow tool that is watched and may be called, with its witness. */
  public static Optional<Witness> of(Stage stage) {
    return SlowTool.of(stage).stream()
        .flatMap(
            slow ->
                stage.probe().tools().stream()
                    .filter(tool -> tool.name().equals(slow.tool().name() + "_state"))
                    .filter(tool -> tool.callable() && stage.consent().covers(tool.needs()))
                    .map(tool -> new Witness(slow, params(tool))))
        .findFirst();
  }

  private static ObjectNode params(ToolInfo tool) {
    return new CallableTool(tool, (ObjectNode) tool.arguments().deepCopy()).params();
  }

  /** Asks until the number of calls is as wanted; false when it was not in that time. */
  public boolean await(Conversation conversation, String label, IntPredicate wanted, Duration time)
      throws HarnessException, InterruptedException {
    long until = System.nanoTime() + time.toNanos();
    do {
      Exchange said = conversation.send(label, conversation.draft("tools/call", params));
      OptionalInt running = running(said);
      if (running.isEmpty() || wanted.test(running.getAsInt())) {
        return running.isPresent();
      }
      TimeUnit.NANOSECONDS.sleep(BETWEEN.toNanos());
    } while (System.nanoTime() < until);
    return false;
  }

  /** How many calls run, by what the witness said. */
  public static OptionalInt running(Exchange said) {
    return said.result().stream()
        .flatMap(r -> r.path("content").valueStream())
        .flatMap(block -> Messages.parse(block.path("text").asString("")).stream())
        .map(state -> state.path("running"))
        .filter(JsonNode::isInt)
        .mapToInt(JsonNode::intValue)
        .findFirst();
  }
}
