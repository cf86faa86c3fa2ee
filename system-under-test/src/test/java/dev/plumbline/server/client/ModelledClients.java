package dev.plumbline.server.client;

import dev.plumbline.server.client.wire.Wire;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tools.jackson.databind.node.JsonNodeFactory;

/** Clients whose waiting is told instead of waited. */
public final class ModelledClients {
  private ModelledClients() {}

  /** What such a client is like: it lets itself be asked by elicitation, and by nothing else. */
  public static ClientOptions options(boolean stateless) {
    Handlers handlers =
        Handlers.NONE.withElicitation(
            _ -> JsonNodeFactory.instance.objectNode().put("action", "decline"));
    return ClientOptions.named("walk", "1")
        .withEra(stateless ? EraPreference.STATELESS : EraPreference.HANDSHAKE)
        .withTasks(stateless)
        .withTimeouts(ClientOptions.Timeouts.of(Duration.ofMinutes(2)))
        .withHandlers(handlers);
  }

  /** A client over wires of the test's own; whoever wants to wait says so instead. */
  public static McpClient over(Supplier<Wire> wires, boolean stateless, Consumer<Duration> paused) {
    return new McpClient(
        new Target.Own(wires), options(stateless), System::nanoTime, paused::accept);
  }
}
