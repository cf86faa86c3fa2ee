package dev.plumbline.conformance.wire;

import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import dev.plumbline.evidence.model.Transport;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One connection or one process (stdio) in one era. Hands out lawful drafts and records whatever is
 * sent and received. For one thread at a time.
 */
public interface Conversation extends AutoCloseable {
  /** The era the drafts belong to. */
  Era era();

  /** What carries the messages. */
  Transport transport();

  /** The negotiated revision; before {@link #open()} the one that will be asked for. */
  String revision();

  /**
   * Asks for this revision when the conversation is opened, instead of the era's newest. Without
   * effect once it is open and in the stateless era, where every request names its revision.
   */
  void ask(String revision);

  /**
   * Declares these capabilities instead of none, and answers what a target asks by right of them: a
   * form is declined, there are no roots, and sampling is refused. Without effect once open.
   */
  void declare(ObjectNode capabilities);

  /**
   * Answers the target's requests of this method by what is given, instead of as {@link #declare}
   * says.
   */
  void answering(String method, Answers answers);

  /** Answers requests of this method as {@link #declare} says again. */
  void usual(String method);

  /** What is said to a request of the target. */
  @FunctionalInterface
  interface Answers {
    /**
     * The messages to send, one after the other, while the exchange that brought the request goes
     * on; none leaves the request without an answer. Exchanges of other conversations may be made
     * meanwhile, of this one none.
     *
     * @throws HarnessException when Plumbline itself failed
     */
    java.util.List<ObjectNode> to(JsonNode request) throws HarnessException, InterruptedException;
  }

  /**
   * Sends on a connection of its own, beside what follows; only over HTTP. A stream is read to its
   * end, also when the answer has come. What came is recorded when it ends.
   *
   * @throws IllegalStateException over another transport
   */
  default Beside beside(String label, Draft draft) {
    throw new IllegalStateException(transport().id() + " has one connection only");
  }

  /** An exchange that goes on beside others. */
  interface Beside {
    /**
     * Waits for its end, closes its connection when there was none in that time, and tells what
     * came.
     */
    Exchange end(Duration time) throws HarnessException, InterruptedException;
  }

  /** The session id the target assigned, or empty. */
  java.util.Optional<String> session();

  /** How long a send waits for its answer unless the draft says otherwise. */
  void deadline(Duration deadline);

  /**
   * Tells a tool's input schema, so that lawful calls of it carry the headers the schema asks for
   * ({@code x-mcp-header}, stateless era over HTTP).
   */
  void know(String tool, JsonNode inputSchema);

  /**
   * Makes the conversation usable. Handshake era: {@code initialize} (labelled {@code initialize})
   * and {@code notifications/initialized} (labelled {@code initialized}), both recorded. Stateless
   * era: nothing.
   *
   * @throws TargetException when the target did not initialize; one line. What was seen is recorded
   * @throws HarnessException when Plumbline itself failed
   */
  void open() throws TargetException, HarnessException, InterruptedException;

  /** What {@link #open()} was told: the result of {@code initialize}; missing before. */
  JsonNode opened();

  /** A lawful request without parameters of its own. */
  default Draft draft(String method) {
    return draft(method, Messages.object());
  }

  /** A lawful request; in the stateless era {@code _meta} and mirrored headers are added. */
  Draft draft(String method, ObjectNode params);

  /** A lawful notification. */
  Draft notification(String method, ObjectNode params);

  /** A lawful HTTP request without body, such as GET or DELETE; only over HTTP. */
  Draft http(String httpMethod);

  /**
   * Sends the draft, waits for what comes of it, and records both. Whatever the target does is told
   * by {@link Exchange#end()}.
   *
   * @param label names the exchange in the recording; made unique when used before
   * @throws HarnessException when Plumbline itself failed, never for what the target does
   */
  Exchange send(String label, Draft draft) throws HarnessException, InterruptedException;

  /**
   * Takes down what arrives without sending anything, until the time is over or the other side
   * ends. On HTTP nothing can arrive between exchanges: use a GET draft instead.
   */
  Exchange listen(String label, Duration time) throws HarnessException, InterruptedException;

  /**
   * Ends our direction and waits for the end of the other, {@link End#CLOSED} when it came in time;
   * on stdio that of the process. HTTP: closes the connection.
   */
  Exchange hangUp(String label, Duration time) throws HarnessException, InterruptedException;

  /**
   * Asks the process to end, as whoever operates it would, and takes down what it still says;
   * {@link End#CLOSED} when it ended in time. Only over stdio.
   *
   * @throws IllegalStateException over another transport
   */
  default Exchange stop(String label, Duration time) throws HarnessException, InterruptedException {
    throw new IllegalStateException(transport().id() + " has no process of its own");
  }

  /** Everything recorded so far, sealed. */
  Recording recording(String id, Map<String, String> facts);

  /** Ends connection or process; never throws, returns in bounded time. */
  @Override
  void close();
}
