package dev.plumbline.conformance.target;

import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Recorder;
import dev.plumbline.conformance.wire.Redactor;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import dev.plumbline.evidence.model.TargetIdentity;
import dev.plumbline.evidence.model.Transport;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A server under judgement. Everything it started is ended by {@link #close()}. Thread-safe. */
public interface Target extends AutoCloseable {
  /** How it is reached. */
  TargetIdentity.Kind kind();

  /** The URL, or the command line joined by spaces; never a credential. */
  String address();

  /** What it can be reached over. */
  List<Transport> transports();

  /** SHA-256 in hex of what is started, by file name; empty for a URL. */
  Map<String, String> digests();

  /** Blots out the credentials this target is reached with. */
  Redactor redactor();

  /** Further tokens that its owner prepared. */
  default Credentials credentials() {
    return Credentials.NONE;
  }

  /**
   * A conversation with a recording of its own.
   *
   * @see #converse(Era, Transport, Recorder)
   */
  default Conversation converse(Era era, Transport transport)
      throws TargetException, HarnessException {
    return converse(era, transport, new Recorder());
  }

  /**
   * A fresh connection, or a fresh process, recorded by the given recorder. The connection is made
   * by the first send.
   *
   * @throws TargetException when the target cannot be reached over that transport
   */
  Conversation converse(Era era, Transport transport, Recorder recorder)
      throws TargetException, HarnessException;

  /**
   * The same HTTP target, dialled at another address: Host, path and server name stay unchanged.
   * Closing the result does not end this target.
   */
  Target through(InetSocketAddress dial);

  /** The MCP endpoint; empty for a command. */
  Optional<URI> url();

  /** The control endpoint; only the bundled server has one. */
  Optional<URI> control();

  /** The process that serves HTTP, when we started it. */
  OptionalLong pid();

  /**
   * How the process that serves HTTP was killed from outside, in one sentence; empty while it runs,
   * when it ended by itself, or when we did not start it. Whoever kills a server we started spoils
   * the run: that is no failure of the server.
   */
  default Optional<String> killed() {
    return Optional.empty();
  }

  /** Ends everything that was started; never throws, returns in bounded time. */
  @Override
  void close();
}
