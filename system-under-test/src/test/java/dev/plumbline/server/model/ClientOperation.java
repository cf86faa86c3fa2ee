package dev.plumbline.server.model;

import dev.plumbline.server.client.CallOptions;
import dev.plumbline.server.client.CancelSignal;
import dev.plumbline.server.client.McpClient;
import dev.plumbline.server.client.Subscription;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.RpcException;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** One thing a user of a client wants, on a thread of its own. */
final class ClientOperation {
  private static final Set<String> OPENING = Set.of("initialize", "server/discover");

  private final int number;
  private final String what;
  private final McpClient client;
  private final BiConsumer<Integer, Message.Notification> news;
  private final CancelSignal cancel = new CancelSignal();
  private final Thread thread;
  private volatile @Nullable Subscription subscription;
  private JsonNode newest = MissingNode.getInstance();
  private String method = "";
  private boolean waiting;
  private boolean over;
  private boolean givenUp;
  private long paused;

  ClientOperation(
      int number,
      String what,
      McpClient client,
      BiConsumer<Integer, Message.Notification> news,
      Consumer<ClientOperation> ended) {
    this.number = number;
    this.what = what;
    this.client = client;
    this.news = news;
    this.thread =
        Thread.ofVirtual()
            .name("user-" + number)
            .unstarted(
                () -> {
                  try {
                    act();
                  } catch (RpcException | IOException e) {
                    // Whether a user gets what is wanted is not what walks are about.
                    return;
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  } finally {
                    ended.accept(this);
                  }
                });
  }

  private void act() throws RpcException, IOException, InterruptedException {
    client.connect();
    CallOptions options = CallOptions.DEFAULT.withCancel(cancel).withProgress(_ -> {});
    switch (what) {
      case "tools/list" -> client.listTools();
      case "prompts/list" -> client.listPrompts();
      case "listen/tools", "listen/prompts" -> {
        String topic = what.substring("listen/".length()) + "ListChanged";
        subscription = client.listen(object().put(topic, true), told -> news.accept(number, told));
      }
      case "resources/read" ->
          client.request(what, object().put("uri", "walk:///" + number), options);
      case "ping" -> client.request(what, object(), options);
      default -> {
        ObjectNode params = object().put("name", "work-" + number);
        params.putObject("arguments");
        client.request(what, params, options);
      }
    }
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  void start() {
    thread.start();
  }

  void giveUp() {
    givenUp = true;
    Subscription open = subscription;
    if (open != null) {
      open.close();
    } else {
      cancel.cancel("no longer wanted");
    }
  }

  int number() {
    return number;
  }

  boolean isCurrent() {
    return Thread.currentThread().equals(thread);
  }

  /** It sent that and waits. */
  void asked(JsonNode id, String asks) {
    newest = id;
    method = asks;
    waiting = true;
  }

  /** It got what it waited for, or never will. */
  void answered() {
    waiting = false;
  }

  JsonNode newest() {
    return newest;
  }

  boolean isWaiting() {
    return waiting;
  }

  boolean isConnecting() {
    return waiting && OPENING.contains(method);
  }

  boolean isGivenUp() {
    return givenUp;
  }

  void end() {
    over = true;
  }

  boolean isOver() {
    return over;
  }

  void pause(long millis) {
    paused += millis;
  }

  /** How long it paused since it was asked last. */
  long paused() {
    long since = paused;
    paused = 0;
    return since;
  }

  void join(long millis) throws InterruptedException {
    if (!thread.join(Duration.ofMillis(millis))) {
      throw new AssertionError("operation " + number + " does not end with its client");
    }
  }
}
