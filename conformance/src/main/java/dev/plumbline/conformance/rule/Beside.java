package dev.plumbline.conformance.rule;

import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Draft;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * An HTTP request that runs beside others, on a connection of its own: a subscription that listens,
 * or a call that takes its time. Whoever closes it closes the connection; what came of it is in the
 * recording then.
 */
public final class Beside implements AutoCloseable {
  /** How long the end of a closed connection is waited for. */
  private static final Duration END = Duration.ofSeconds(5);

  private final Inbox<JsonNode> heard = new Inbox<>();
  private final Conversation conversation;
  private final FutureTask<Exchange> task;

  private Beside(Conversation conversation, String label, Function<Conversation, Draft> draft) {
    this.conversation = conversation;
    Draft listening = draft.apply(conversation).listener(heard::add);
    this.task = new FutureTask<>(() -> conversation.send(label, listening));
  }

  /** Sends on a fresh connection. */
  public static Beside send(Stage stage, String label, Function<Conversation, Draft> draft)
      throws TargetException, HarnessException, InterruptedException {
    Conversation fresh = stage.another();
    fresh.open();
    Beside beside = new Beside(fresh, label, draft);
    Thread.ofVirtual().name("beside").start(beside.task);
    return beside;
  }

  /** Waits until such a message was heard on the stream; false when none was in time. */
  public boolean hears(Predicate<JsonNode> wanted, Duration time) throws InterruptedException {
    return heard.await(wanted, time).isPresent();
  }

  /** Closes the connection and waits until what was seen is taken down. */
  @Override
  public void close() throws HarnessException, InterruptedException {
    conversation.close();
    try {
      task.get(END.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new HarnessException("a request beside others failed: " + e.getCause(), e);
    } catch (TimeoutException e) {
      throw new HarnessException("a closed connection did not end within " + END, e);
    }
  }
}
