package dev.plumbline.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.conformance.model.Breach;
import dev.plumbline.conformance.model.Choices;
import dev.plumbline.conformance.model.Shrinker;
import dev.plumbline.conformance.model.Walk;
import dev.plumbline.conformance.model.Walker;
import dev.plumbline.conformance.model.client.ClientLifecycleModel;
import dev.plumbline.conformance.model.client.ClientModel;
import dev.plumbline.conformance.model.client.ClientRoundTripModel;
import dev.plumbline.conformance.model.client.ClientTaskModel;
import dev.plumbline.server.client.wire.Outgoing;
import dev.plumbline.server.client.wire.Receiver;
import dev.plumbline.server.client.wire.Wire;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.RequestId;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Long walks that meet a planted defect of a client become the shortest that show it. */
class PlantedClientDefectsTest {
  private static final int LONG = 40;
  private static final int AT_LEAST = 8;

  /** What a client says otherwise than it should. */
  interface Defect {
    /** What is sent in the place of that. */
    List<Message> instead(Message message);
  }

  /**
   * A planted defect.
   *
   * @param name in a few words
   * @param model the model that shows it
   * @param clause the clause it breaks
   * @param defect the client's wire lies like this
   * @param steps what the shortest walk does
   */
  record Planted(
      String name, ClientModel<?> model, String clause, Defect defect, List<String> steps) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Planted> planted() {
    return Stream.of(
        new Planted(
            "never says initialized",
            new ClientLifecycleModel(),
            "LIFE-007",
            PlantedClientDefectsTest::withoutInitialized,
            List.of("want-tools-list", "agree-1")),
        new Planted(
            "answers a task under another key",
            new ClientTaskModel(),
            "TASK-531",
            PlantedClientDefectsTest::underAnotherKey,
            List.of("want-tools-call", "answer-1", "task-1", "ask-1")),
        new Planted(
            "trims the state of a request",
            new ClientRoundTripModel(),
            "MRTR-517",
            PlantedClientDefectsTest::withoutState,
            List.of("want-tools-call", "answer-1", "ask-1")),
        new Planted(
            "cancels a task as a request",
            new ClientTaskModel(),
            "CANC-510",
            PlantedClientDefectsTest::cancelling,
            List.of("want-tools-call", "answer-1", "task-1", "give-up-1")));
  }

  private static List<Message> withoutInitialized(Message message) {
    boolean ready =
        message instanceof Message.Notification(var method, _)
            && method.equals("notifications/initialized");
    return ready ? List.of() : List.of(message);
  }

  private static List<Message> underAnotherKey(Message message) {
    if (message instanceof Message.Request(var id, var method, var params)
        && method.equals("tasks/update")) {
      ObjectNode other = params.deepCopy();
      other.putObject("inputResponses").putObject("another");
      return List.of(new Message.Request(id, method, other));
    }
    return List.of(message);
  }

  private static List<Message> withoutState(Message message) {
    if (message instanceof Message.Request(var id, var method, var params)
        && params.has("requestState")) {
      ObjectNode shorter = params.deepCopy();
      shorter.put("requestState", params.path("requestState").asString("").strip() + " ");
      return List.of(new Message.Request(id, method, shorter));
    }
    return List.of(message);
  }

  private static List<Message> cancelling(Message message) {
    if (message instanceof Message.Request(_, var method, _) && method.equals("tasks/cancel")) {
      ObjectNode params = JsonNodeFactory.instance.objectNode().put("requestId", 2);
      return List.of(new Message.Notification("notifications/cancelled", params), message);
    }
    return List.of(message);
  }

  private static UnaryOperator<Wire> between(Defect defect) {
    return wire ->
        new Wire() {
          @Override
          public void open(Receiver receiver) throws IOException, InterruptedException {
            wire.open(receiver);
          }

          @Override
          public void send(Outgoing outgoing) throws IOException, InterruptedException {
            for (Message message : defect.instead(outgoing.message())) {
              wire.send(new Outgoing(message, outgoing.fields(), outgoing.stateless()));
            }
          }

          @Override
          public void abandon(RequestId id) {
            wire.abandon(id);
          }

          @Override
          public boolean streamPerRequest() {
            return wire.streamPerRequest();
          }

          @Override
          public void close() {
            wire.close();
          }
        };
  }

  @ParameterizedTest
  @MethodSource("planted")
  void aLongWalkBecomesTheKnownMinimalOne(Planted planted) throws Exception {
    Walk found = null;
    for (int seed = 0; found == null; seed++) {
      assertThat(seed).as("no walk shows it").isLessThan(2_000);
      Walk walk = walk(planted.model(), planted.defect(), Choices.random(seed, LONG));
      Optional<String> clause = walk.breach().map(Breach::clause);
      if (clause.equals(Optional.of(planted.clause())) && walk.choices().size() >= AT_LEAST) {
        found = walk;
      }
    }
    Walk small =
        Shrinker.shrink(
            found, choices -> walk(planted.model(), planted.defect(), Choices.of(choices)));
    assertThat(small.labels().stream().map(label -> label.substring(label.indexOf('-') + 1)))
        .containsExactlyElementsOf(planted.steps());
  }

  private static <N> Walk walk(ClientModel<N> model, Defect defect, Choices choices)
      throws InterruptedException {
    try (ClientPort port = new ClientPort(model.stateless(), between(defect))) {
      return new Walker<>(model, Walked.OFFER).walk(choices, port);
    }
  }
}
