package dev.plumbline.server.mutant;

import dev.plumbline.server.ServerParts;
import dev.plumbline.server.feature.Context;
import dev.plumbline.server.feature.Method;
import dev.plumbline.server.protocol.RpcException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Defects in how requests and subscriptions end, and in what those who listen are told. */
final class StatelessEndingMutants {
  private static final String CALL = "tools/call";
  private static final String LISTEN = "subscriptions/listen";
  private static final String SLOW = "plumbline-slow";

  private StatelessEndingMutants() {}

  static List<Mutant> all() {
    return List.of(
        // TRAN-523, CANC-512
        StatelessMutationMutants.decoding(
            "cancellation-ignored",
            text ->
                text.contains(SLOW)
                    ? text.replace("notifications/cancelled", "notifications/ignored")
                    : text),
        // TRAN-548, CANC-504, TRAN-549
        Planting.statelessMethod("closed-call-works-on", CALL, (_, m) -> detached(m)),
        // TRAN-550
        listened(
            "closed-call-heard-elsewhere",
            wanted -> wanted.has("promptsListChanged") && !wanted.has("resourcesListChanged"),
            "notifications/progress",
            "\"progressToken\":\"plumbline-gone\",\"progress\":1"),
        // LOGG-504
        listened(
            "log-beside-changes",
            wanted -> wanted.has("resourcesListChanged"),
            "notifications/message",
            "\"level\":\"info\",\"data\":\"beside\""),
        // TOOL-512, PROM-506, RES-507
        changing(
            "tools-change-unannounced",
            "tools",
            "test_trigger_tool_change",
            Planting::statelessMethod),
        changing(
            "prompts-change-unannounced",
            "prompts",
            "test_trigger_prompt_change",
            Planting::statelessMethod),
        changing(
            "resources-change-unannounced",
            "resources",
            "test_trigger_resource_change",
            Planting::statelessMethod));
  }

  // --- calls -------------------------------------------------------------------------------------

  /** Work on a thread that nobody interrupts. */
  private static Method detached(Method original) {
    return (context, params) -> {
      CompletableFuture<ObjectNode> done = new CompletableFuture<>();
      Thread.startVirtualThread(() -> work(original, context, params, done));
      try {
        return done.get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RpcException failure) {
          throw failure;
        }
        throw new IllegalStateException(e.getCause());
      }
    };
  }

  static void work(
      Method original, Context context, ObjectNode params, CompletableFuture<ObjectNode> done) {
    try {
      done.complete(original.call(context, params));
    } catch (RpcException | RuntimeException e) {
      done.completeExceptionally(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      done.completeExceptionally(e);
    }
  }

  // --- listeners ---------------------------------------------------------------------------------

  private static Mutant listened(
      String name, java.util.function.Predicate<JsonNode> when, String method, String params) {
    String message =
        "{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\",\"params\":{" + params + "}}";
    return Planting.statelessSays(
        name,
        LISTEN,
        request ->
            when.test(request.params().path("notifications")) ? List.of(message) : List.of());
  }

  /** Every call of the tool takes something off the list, or puts it back, and tells nobody. */
  static Mutant changing(String name, String feature, String tool, Planting.OfMethod planting) {
    AtomicBoolean shorter = new AtomicBoolean();
    UnaryOperator<ServerParts> call =
        planting.plant(name, CALL, (_, m) -> toggling(m, tool, shorter)).change();
    UnaryOperator<ServerParts> list =
        planting.plant(name, feature + "/list", (_, m) -> shortened(m, feature, shorter)).change();
    return new Mutant(name, parts -> list.apply(call.apply(parts)));
  }

  private static Method toggling(Method original, String tool, AtomicBoolean shorter) {
    return (context, params) -> {
      if (!params.path("name").asString("").equals(tool)) {
        return original.call(context, params);
      }
      shorter.set(!shorter.get());
      ObjectNode result = JsonNodeFactory.instance.objectNode();
      result.putArray("content").addObject().put("type", "text").put("text", "changed");
      return result;
    };
  }

  private static Method shortened(Method original, String feature, AtomicBoolean shorter) {
    return (context, params) -> {
      ObjectNode result = original.call(context, params);
      if (shorter.get() && !params.has("cursor")) {
        result.withArrayProperty(feature).remove(0);
      }
      return result;
    };
  }
}
