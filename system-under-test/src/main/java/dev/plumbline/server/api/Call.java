package dev.plumbline.server.api;

import dev.plumbline.server.feature.ClientRequest;
import dev.plumbline.server.feature.Context;
import dev.plumbline.server.feature.LogLevel;
import dev.plumbline.server.protocol.RpcException;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The call a handler works on, and what it can say and ask meanwhile. In the stateless era a
 * question ends this run of the handler; it is run again from its beginning when the answer is
 * there, so ask before doing anything that must not happen twice.
 */
public final class Call {
  private final Context context;

  /** The call of a request. */
  public Call(Context context) {
    this.context = context;
  }

  /** The request itself. */
  public Context context() {
    return context;
  }

  /** Reports progress of an unknown whole; never less than before. */
  public void progress(double done) throws InterruptedException {
    context.progress(done, null, null);
  }

  /** Reports progress of a known whole. */
  public void progress(double done, double total) throws InterruptedException {
    context.progress(done, total, null);
  }

  /** Reports progress with a line for a person. */
  public void progress(double done, double total, String message) throws InterruptedException {
    context.progress(done, total, message);
  }

  /** Sends a log message, if the client wants this level. */
  public void log(LogLevel level, String text) throws InterruptedException {
    context.log(level, null, JsonNodeFactory.instance.stringNode(text));
  }

  /** Sends an ordinary log message. */
  public void log(String text) throws InterruptedException {
    log(LogLevel.INFO, text);
  }

  /** True once the client gave up; the thread is interrupted as well. */
  public boolean cancelled() {
    return context.cancelled();
  }

  /** Closes the connection of the answer's stream; the client comes back for the rest. */
  public void disconnect() throws InterruptedException {
    context.disconnect();
  }

  /** True when the client declared this capability, for example {@code sampling}. */
  public boolean declares(String capability) {
    return context.clientCapabilities().has(capability);
  }

  /**
   * Asks the user to fill in a form.
   *
   * @param key names the question; the same in every run of the handler
   * @param type a flat record
   * @throws RpcException when the client cannot be asked, or its answer does not fit
   */
  public <R extends Record> Elicited<R> elicit(String key, String message, Class<R> type)
      throws RpcException, InterruptedException {
    return Elicited.of(ask(key, Question.form(message, type)), type);
  }

  /**
   * Asks the client's model.
   *
   * @throws RpcException when the client cannot be asked, or refused
   */
  public Sampled sample(String key, String text, int maxTokens)
      throws RpcException, InterruptedException {
    return Sampled.of(ask(key, Question.sample(text, maxTokens)));
  }

  /**
   * Asks which folders the client works in.
   *
   * @throws RpcException when the client cannot be asked
   */
  public List<Root> roots(String key) throws RpcException, InterruptedException {
    return Root.listOf(ask(key, Question.roots()));
  }

  /** Asks one question; the client's result as it came. */
  public ObjectNode ask(String key, ClientRequest question)
      throws RpcException, InterruptedException {
    ObjectNode answer = ask(Map.of(key, question)).get(key);
    if (answer == null) {
      throw RpcException.invalidParams("there is no answer to " + key);
    }
    return answer;
  }

  /** Asks several questions at once; the client's results by the same keys. */
  public Map<String, ObjectNode> ask(Map<String, ClientRequest> questions)
      throws RpcException, InterruptedException {
    return context.ask(questions);
  }
}
