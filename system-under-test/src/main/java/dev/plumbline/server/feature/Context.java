package dev.plumbline.server.feature;

import dev.plumbline.server.observe.trace.Trace;
import dev.plumbline.server.protocol.RequestId;
import dev.plumbline.server.protocol.RpcException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The request a method is working on, and what can be said to its client meanwhile. The same code
 * serves both eras: each era brings its own context. Used on the request's own thread.
 */
public interface Context {
  /** The id of the request. */
  RequestId id();

  /** The method that was called, for example {@code tools/call}. */
  String method();

  /** The protocol revision the request speaks. */
  String revision();

  /** Who asks, for state that must not pass from one client to another. */
  String principal();

  /** The capabilities the client declared: for its session, or on this very request. */
  ObjectNode clientCapabilities();

  /** The request's {@code _meta}; empty when it has none. Not to be changed. */
  ObjectNode meta();

  /** The trace the request belongs to, when its client named one. */
  default Optional<Trace> trace() {
    return Trace.of(meta());
  }

  /**
   * Reports progress; nothing is sent when the client gave no progress token or the value does not
   * exceed the last one (progress page of both revisions).
   *
   * @param total what progress will be at the end, or null when that is not known
   * @param message one line for a person, or null
   */
  void progress(double progress, @Nullable Double total, @Nullable String message)
      throws InterruptedException;

  /** Sends a log message when the client asked for this level. */
  void log(LogLevel level, @Nullable String logger, JsonNode data) throws InterruptedException;

  /** True when a log message of this level would reach the client. */
  boolean wants(LogLevel level);

  /** Sends a notification ahead of the answer, on the request's own stream. */
  void tell(String method, ObjectNode params) throws InterruptedException;

  /**
   * Starts the request's deadline anew with this length, because it waits for something that takes
   * longer than work does.
   */
  void extend(Duration atMost);

  /**
   * Asks the client, and waits for its answers: with requests of the server in the handshake era,
   * with the multi-round-trip form in the stateless era. There the method is run again from its
   * beginning when the answers are here, so whatever it does before asking must be harmless to
   * repeat.
   *
   * @param requests what to ask, by keys that are stable between runs; at least one
   * @return the client's results by the same keys
   * @throws RpcException when the client did not declare a needed capability, or refused
   * @throws InputRequired not to be caught: carries the questions to the client
   */
  Map<String, ObjectNode> ask(Map<String, ClientRequest> requests)
      throws RpcException, InterruptedException;

  /**
   * Closes the connection that carries this request's event stream, so that the client comes back
   * for the rest (2025-11-25 basic/transports, resumability). Does nothing where streams cannot be
   * resumed.
   */
  void disconnect() throws InterruptedException;

  /** True once the client cancelled the request; its thread is interrupted as well. */
  boolean cancelled();
}
