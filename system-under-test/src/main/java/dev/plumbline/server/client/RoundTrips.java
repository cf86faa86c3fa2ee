package dev.plumbline.server.client;

import dev.plumbline.server.client.wire.Backoff;
import dev.plumbline.server.protocol.RpcError;
import dev.plumbline.server.protocol.RpcException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ThreadLocalRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings a request of the stateless era to its end: answers what the server asks in between and
 * follows tasks (2026-07-28 basic/patterns/mrtr; tasks extension). What the server gave for one
 * request goes into its own repetition and nowhere else.
 */
final class RoundTrips {
  /** Most rounds of one request. */
  private static final int MAX_ROUNDS = 16;

  private static final Set<String> ASKING = Set.of("tools/call", "prompts/get", "resources/read");
  private static final long DEFAULT_POLL_MILLIS = 1_000;
  private static final long SHORTEST_POLL_MILLIS = 20;
  private static final long LONGEST_POLL_MILLIS = 60_000;

  private final Connection connection;
  private final Handlers handlers;
  private final Pause pause;

  RoundTrips(Connection connection, Pause pause) {
    this.connection = connection;
    this.pause = pause;
    this.handlers = connection.options().handlers();
  }

  /** The result of a request, when it is complete. */
  ObjectNode complete(
      String method, ObjectNode params, Map<String, String> mirrored, CallOptions call)
      throws RpcException, IOException, InterruptedException {
    Backoff backoff = new Backoff(() -> ThreadLocalRandom.current().nextDouble());
    ObjectNode next = params;
    for (int round = 0; round < MAX_ROUNDS; round++) {
      ObjectNode result = connection.request(method, next, mirrored, call);
      if (!connection.ready().profile().stateless()) {
        return result;
      }
      String type = result.path("resultType").asString("complete");
      switch (type) {
        case "complete" -> {
          return result;
        }
        case "input_required" -> {
          if (!ASKING.contains(method)) {
            throw new IOException("the server asks for input on " + method + ", where it must not");
          }
          next = repetition(params, result);
          if (!next.has("inputResponses")) {
            pause.sleep(backoff.next());
          }
        }
        case "task" -> {
          if (!connection.options().tasks() || !method.equals("tools/call")) {
            throw new IOException("the server answers with a task, which was not offered");
          }
          return followed(result, call);
        }
        default -> throw new IOException("the server's result is of an unknown type: " + type);
      }
    }
    throw new IOException("the server asked for input " + MAX_ROUNDS + " times");
  }

  private ObjectNode repetition(ObjectNode params, ObjectNode result)
      throws RpcException, IOException, InterruptedException {
    ObjectNode again = params.deepCopy();
    JsonNode requests = result.path("inputRequests");
    JsonNode state = result.get("requestState");
    if (!requests.isObject() && state == null) {
      throw new IOException("the server asks for input and does not say which");
    }
    if (requests.isObject()) {
      again.set("inputResponses", responses(requests));
    }
    if (state != null) {
      again.set("requestState", state);
    }
    return again;
  }

  private ObjectNode responses(JsonNode requests)
      throws RpcException, IOException, InterruptedException {
    ObjectNode responses = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> each : requests.properties()) {
      String method = each.getValue().path("method").asString("");
      Handlers.Handler handler =
          handlers
              .of(method)
              .orElseThrow(
                  () ->
                      new IOException("the server asks for " + method + ", which was not offered"));
      ObjectNode params =
          each.getValue().path("params") instanceof ObjectNode given
              ? given.deepCopy()
              : JsonNodeFactory.instance.objectNode();
      responses.set(each.getKey(), handler.handle(params));
    }
    return responses;
  }

  /** Asks for a task until it has ended, and answers what it asks. */
  private ObjectNode followed(ObjectNode created, CallOptions call)
      throws RpcException, IOException, InterruptedException {
    ObjectNode named =
        JsonNodeFactory.instance.objectNode().put("taskId", created.path("taskId").asString(""));
    long end = System.nanoTime() + connection.options().timeouts().longest().toNanos();
    JsonNode task = created;
    Set<String> answered = new HashSet<>();
    try {
      while (System.nanoTime() < end) {
        pause.sleep(interval(task));
        task = connection.request("tasks/get", named, Map.of(), call);
        Optional<ObjectNode> result = step(task, named, answered, call);
        if (result.isPresent()) {
          return result.get();
        }
      }
    } catch (InterruptedException e) {
      Thread.ofVirtual().name("task-cancel").start(() -> cancelQuietly(named));
      throw e;
    } catch (IOException e) {
      // Ended from this side, the task has to be told; otherwise it may well be alive and there is
      // nobody to tell.
      if (e.getCause() instanceof CancellationException) {
        cancelQuietly(named);
      }
      throw e;
    }
    cancelQuietly(named);
    throw new RequestTimeoutException(
        "tools/call", connection.options().timeouts().longest().toMillis());
  }

  /** What a look at a task asks for; its result when it has ended well. */
  private Optional<ObjectNode> step(
      JsonNode task, ObjectNode named, Set<String> answered, CallOptions call)
      throws RpcException, IOException, InterruptedException {
    switch (task.path("status").asString("")) {
      case "completed" -> {
        if (task.path("result") instanceof ObjectNode result) {
          return Optional.of(result);
        }
        throw new IOException("the task is completed and has no result");
      }
      case "failed" -> throw new RpcException(error(task.path("error")));
      case "cancelled" -> throw new IOException("the server cancelled the task");
      case "input_required" -> {
        ObjectNode questions =
            task.path("inputRequests") instanceof ObjectNode shown
                ? shown.deepCopy()
                : JsonNodeFactory.instance.objectNode();
        // A task may go on showing what was answered (tasks extension, tasks/update).
        questions.remove(answered);
        if (!questions.isEmpty()) {
          ObjectNode update = named.deepCopy();
          update.set("inputResponses", responses(questions));
          answered.addAll(questions.propertyNames());
          connection.request("tasks/update", update, Map.of(), call);
        }
      }
      default -> {}
    }
    return Optional.empty();
  }

  private void cancelQuietly(ObjectNode named) {
    try {
      connection.request("tasks/cancel", named, Map.of(), CallOptions.DEFAULT);
    } catch (RpcException | IOException e) {
      // It will end of its own time-to-live.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static RpcError error(JsonNode error) {
    return new RpcError(
        error.path("code").asInt(0), error.path("message").asString(""), error.get("data"));
  }

  private static Duration interval(JsonNode task) {
    long asked = task.path("pollIntervalMs").asLong(DEFAULT_POLL_MILLIS);
    return Duration.ofMillis(Math.clamp(asked, SHORTEST_POLL_MILLIS, LONGEST_POLL_MILLIS));
  }
}
