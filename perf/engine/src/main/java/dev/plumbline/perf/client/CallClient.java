package dev.plumbline.perf.client;

import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Transport;
import dev.plumbline.perf.load.Answer;
import dev.plumbline.perf.load.LoadClient;
import dev.plumbline.perf.load.Outcome;
import dev.plumbline.perf.load.Ticker;
import java.time.Duration;

/** One MCP conversation: a keep-alive connection with its session, or a process. */
public final class CallClient implements LoadClient {
  private static final String LABEL = "load";

  /** How long the end of a session is waited for. */
  private static final Duration FAREWELL = Duration.ofMillis(500);

  private final Conversation conversation;
  private final Call call;
  private final Ticker ticker;

  /**
   * @param conversation an open conversation with a recorder that forgets; closed by this client
   */
  public CallClient(Conversation conversation, Call call, Ticker ticker) {
    this.conversation = conversation;
    this.call = call;
    this.ticker = ticker;
  }

  @Override
  public Answer call(int index) throws HarnessException, InterruptedException {
    Exchange exchange =
        conversation.send(LABEL, conversation.draft(call.method(), call.params().deepCopy()));
    long end = ticker.nanos();
    Outcome outcome = call.outcome(exchange);
    return new Answer(outcome, end, outcome.isOk() ? "" : exchange.receivedText());
  }

  /** Ends the session politely where there is one, then the connection. */
  @Override
  public void close() {
    try {
      if (conversation.transport() == Transport.HTTP && conversation.session().isPresent()) {
        conversation.send("end", conversation.http("DELETE").deadline(FAREWELL));
      }
    } catch (HarnessException e) {
      // The session is the target's to expire then.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      conversation.close();
    }
  }
}
