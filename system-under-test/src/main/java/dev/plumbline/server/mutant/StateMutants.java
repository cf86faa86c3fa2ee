package dev.plumbline.server.mutant;

import dev.plumbline.server.era.EventSink;
import dev.plumbline.server.era.HandshakeParts;
import dev.plumbline.server.era.Inbound;
import dev.plumbline.server.era.Meta;
import dev.plumbline.server.era.Peer;
import dev.plumbline.server.era.StatelessRule;
import dev.plumbline.server.era.StatelessRules;
import dev.plumbline.server.feature.Method;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.RpcException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Defects that no single exchange shows: each needs a certain sequence. */
final class StateMutants {
  private static final String LISTEN = "subscriptions/listen";
  private static final String LAST_EVENT_ID = "Last-Event-ID";

  /** So many requests make a session outlive its end. */
  private static final int BUSY = 3;

  /** From so many times on, the defect shows. */
  private static final int TWICE = 2;

  private StateMutants() {}

  static List<Mutant> all() {
    return List.of(
        // TRAN-004
        Planting.handshake("state-busy-session-outlives-delete", StateMutants::outliving),
        // TRAN-039
        Planting.handshake("state-second-resume-repeats-id", StateMutants::repeating),
        // TASK-052
        new Mutant("state-task-revived-by-cancels", parts -> parts.withHandshake(reviving())),
        // SUBS-501
        Planting.stateless(
            "state-filters-of-a-connection-add-up",
            parts -> parts.withRule(StatelessRules.META_VERSION, StateMutants::adding)),
        // MRTR-514
        Planting.stateless(
            "state-capabilities-stick-to-a-connection",
            parts -> parts.withRule(StatelessRules.META_VERSION, StateMutants::sticking)));
  }

  private static int count(Map<String, Integer> counts, String key) {
    return counts.merge(key, 1, Integer::sum);
  }

  private static HandshakeParts outliving(HandshakeParts parts) {
    Map<String, Integer> requests = new ConcurrentHashMap<>();
    return parts
        .withAnswers(
            (in, message, answer) -> {
              if (message instanceof Message.Request) {
                in.headers()
                    .first(Inbound.SESSION_HEADER)
                    .ifPresent(
                        id -> {
                          var _ = count(requests, id);
                        });
              }
              return parts.answers().shape(in, message, answer);
            })
        .withTerminate(
            session -> {
              if (requests.getOrDefault(session.id(), 0) < BUSY) {
                parts.terminate().accept(session);
              }
            });
  }

  private static HandshakeParts repeating(HandshakeParts parts) {
    Map<String, Integer> resumed = new ConcurrentHashMap<>();
    return parts.withGet(
        in -> {
          Optional<String> last = in.headers().first(LAST_EVENT_ID);
          String session = in.headers().first(Inbound.SESSION_HEADER).orElse("");
          boolean again = last.isPresent() && count(resumed, session) >= TWICE;
          return parts.get().apply(again ? through(in, last.get()) : in);
        });
  }

  /** Every event gets the id that the client named. */
  private static Inbound through(Inbound in, String id) {
    EventSink original = in.sink();
    EventSink sink =
        new EventSink() {
          @Override
          public boolean open() {
            return original.open();
          }

          @Override
          public boolean event(Event event) throws InterruptedException {
            return original.event(new Event(id, event.retry(), event.data(), event.kind()));
          }

          @Override
          public void end() {
            original.end();
          }
        };
    return new Inbound(in.wire(), in.headers(), in.peer(), sink, in.lease());
  }

  private static UnaryOperator<HandshakeParts> reviving() {
    Map<String, Integer> refused = new ConcurrentHashMap<>();
    return parts ->
        parts.withMethods(
            table -> {
              Method cancel = table.find("tasks/cancel").orElseThrow();
              Method get = table.find("tasks/get").orElseThrow();
              return table
                  .with(
                      "tasks/cancel",
                      (context, params) -> {
                        try {
                          return cancel.call(context, params);
                        } catch (RpcException e) {
                          var _ = count(refused, params.path("taskId").asString(""));
                          throw e;
                        }
                      })
                  .with(
                      "tasks/get",
                      (context, params) -> {
                        ObjectNode task = get.call(context, params);
                        String id = params.path("taskId").asString("");
                        return refused.getOrDefault(id, 0) < TWICE
                            ? task
                            : task.put("status", "working");
                      });
            });
  }

  private static StatelessRule.Check adding(StatelessRule.Check check) {
    Map<Peer, ObjectNode> wishes = new ConcurrentHashMap<>();
    return (in, request) -> {
      if (request.method().equals(LISTEN)
          && request.params().get("notifications") instanceof ObjectNode wish) {
        ObjectNode all =
            wishes.computeIfAbsent(in.peer(), _ -> JsonNodeFactory.instance.objectNode());
        synchronized (all) {
          all.setAll(wish);
          wish.setAll(all);
        }
      }
      return check.refusal(in, request);
    };
  }

  private static StatelessRule.Check sticking(StatelessRule.Check check) {
    Map<Peer, ObjectNode> declared = new ConcurrentHashMap<>();
    Map<Peer, Integer> times = new ConcurrentHashMap<>();
    return (in, request) -> {
      JsonNode given = Meta.field(request.params(), Meta.CLIENT_CAPABILITIES);
      if (given instanceof ObjectNode own && !own.isEmpty()) {
        declared.put(in.peer(), own.deepCopy());
        var _ = times.merge(in.peer(), 1, Integer::sum);
      } else if (given instanceof ObjectNode none && times.getOrDefault(in.peer(), 0) >= TWICE) {
        none.setAll(declared.getOrDefault(in.peer(), none.deepCopy()));
      }
      return check.refusal(in, request);
    };
  }
}
