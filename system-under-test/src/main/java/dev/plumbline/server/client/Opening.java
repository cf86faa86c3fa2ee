package dev.plumbline.server.client;

import dev.plumbline.server.client.wire.LegacySseWire;
import dev.plumbline.server.client.wire.Reach;
import dev.plumbline.server.client.wire.RefusedException;
import dev.plumbline.server.client.wire.Wire;
import dev.plumbline.server.era.Meta;
import dev.plumbline.server.era.Revisions;
import dev.plumbline.server.machine.ClientEvent;
import dev.plumbline.server.machine.ClientState;
import dev.plumbline.server.machine.StateMachine;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.Reply;
import dev.plumbline.server.protocol.RpcError;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Opens a connection and finds out what the server speaks: the stateless era is asked for first, a
 * server that answers as none of that era does is taken for an older one, and one that does not
 * even take an initialize is tried with the transport of 2024-11-05 (2026-07-28 basic/versioning,
 * streamable-http and stdio, backward compatibility).
 */
final class Opening {
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int NOT_ALLOWED = 405;
  private static final int BAD_REQUEST = 400;

  /** A finished opening. */
  record Opened(Link link, ServerProfile profile) {}

  private final Target target;
  private final ClientOptions options;
  private final Link.Host host;
  private final StateMachine<ClientState, ClientEvent> machine;
  private final Reach reach;

  Opening(
      Target target,
      ClientOptions options,
      Link.Host host,
      StateMachine<ClientState, ClientEvent> machine,
      Reach reach) {
    this.target = target;
    this.options = options;
    this.host = host;
    this.machine = machine;
    this.reach = reach;
  }

  /**
   * Opens.
   *
   * @param known how the server was last spoken with, or null when that is not known
   */
  Opened open(@Nullable ServerProfile known) throws IOException, InterruptedException {
    boolean older =
        options.era() == EraPreference.HANDSHAKE || (known != null && !known.stateless());
    Link link = link(target.wire(options, reach));
    try {
      if (!older) {
        Optional<ServerProfile> modern = probe(link);
        if (modern.isPresent()) {
          return new Opened(link, modern.get());
        }
        if (!link.alive()) {
          // An old server may leave when it hears a question it does not know.
          link.close();
          machine.fire(ClientEvent.LOST);
          link = link(target.wire(options, reach));
        }
      }
      return handshake(link);
    } catch (IOException | InterruptedException | RuntimeException e) {
      link.close();
      throw e;
    }
  }

  private Link link(Wire wire) throws IOException, InterruptedException {
    Link link = new Link(wire, host, options.timeouts(), new Dialect.Handshake(""));
    try {
      link.open();
    } catch (IOException | InterruptedException | RuntimeException e) {
      link.close();
      throw e;
    }
    machine.fire(ClientEvent.OPENED);
    return link;
  }

  /** What the first question came to. */
  private sealed interface Heard {
    /** A server of the stateless era introduced itself. */
    record Modern(ObjectNode result) implements Heard {}

    /** No answer to the question: an error or none, and the HTTP status where there was one. */
    record Refusal(@Nullable RpcError error, int status) implements Heard {
      boolean is(ErrorCode code) {
        return error != null && error.is(code);
      }
    }
  }

  /** Asks as the stateless era does; empty when the server is of the older one. */
  private Optional<ServerProfile> probe(Link link) throws IOException, InterruptedException {
    link.speak(new Dialect.Stateless(Revisions.STATELESS, options));
    Heard heard = question(link);
    if (heard instanceof Heard.Refusal(var error, _) && error != null && choose(error) != null) {
      // The server speaks what it was asked in: once more.
      heard = question(link);
    }
    return switch (heard) {
      case Heard.Modern(var result) -> discovered(result);
      case Heard.Refusal refusal -> judged(refusal);
    };
  }

  private Optional<ServerProfile> judged(Heard.Refusal refusal) throws NoCommonRevisionException {
    boolean only = options.era() == EraPreference.STATELESS;
    if (refusal.error() != null && refusal.is(ErrorCode.UNSUPPORTED_VERSION)) {
      return fallBack(only, versions(refusal.error()));
    }
    boolean modern =
        refusal.is(ErrorCode.HEADER_MISMATCH) || refusal.is(ErrorCode.MISSING_CAPABILITY);
    boolean unknownMethod =
        refusal.is(ErrorCode.METHOD_NOT_FOUND) && (refusal.status() == NOT_FOUND || only);
    return modern || unknownMethod
        ? Optional.of(ServerProfile.silent(Revisions.STATELESS))
        : fallBack(only, List.of());
  }

  private Heard question(Link link) throws IOException, InterruptedException {
    boolean only = options.era() == EraPreference.STATELESS;
    CallOptions patient = CallOptions.DEFAULT.withTimeout(options.timeouts().probe());
    try {
      return switch (link.ask(
          "server/discover", JsonNodeFactory.instance.objectNode(), Map.of(), patient)) {
        case Reply.Result(var result) -> new Heard.Modern(result);
        case Reply.Failure(var error) -> new Heard.Refusal(error, 0);
      };
    } catch (RefusedException e) {
      if (e.status() == UNAUTHORIZED || e.status() == FORBIDDEN) {
        throw e;
      }
      return new Heard.Refusal(e.error(), e.status());
    } catch (IOException e) {
      boolean silent = e instanceof RequestTimeoutException;
      if (only || (!silent && unreachable(link, e))) {
        throw e;
      }
      return new Heard.Refusal(null, 0);
    }
  }

  /**
   * True when nothing can be concluded: nobody was there. An answer that makes no sense is one of
   * an older server.
   */
  private static boolean unreachable(Link link, IOException why) {
    boolean absent =
        why instanceof ConnectException
            || why instanceof HttpTimeoutException
            || why instanceof SSLException;
    return absent || (!link.streamPerRequest() && link.alive());
  }

  private static List<String> versions(RpcError error) {
    List<String> named = new ArrayList<>();
    if (error.data() != null) {
      error.data().path("supported").forEach(version -> named.add(version.asString("")));
    }
    return named;
  }

  /** The stateless revision a server that refused a revision says it speaks, or null. */
  static @Nullable String choose(RpcError error) {
    return error.is(ErrorCode.UNSUPPORTED_VERSION) && versions(error).contains(Revisions.STATELESS)
        ? Revisions.STATELESS
        : null;
  }

  /** The server is of the older era, or of a revision nobody here speaks. */
  private static Optional<ServerProfile> fallBack(boolean only, List<String> theirs)
      throws NoCommonRevisionException {
    boolean older = theirs.isEmpty() || theirs.stream().anyMatch(Revisions::isHandshake);
    if (only || !older) {
      throw new NoCommonRevisionException(
          theirs.isEmpty() ? "an older era" : String.join(", ", theirs), Revisions.STATELESS);
    }
    return Optional.empty();
  }

  private Optional<ServerProfile> discovered(ObjectNode result) throws NoCommonRevisionException {
    List<String> revisions = new ArrayList<>();
    result.path("supportedVersions").forEach(version -> revisions.add(version.asString("")));
    if (!revisions.isEmpty() && !revisions.contains(Revisions.STATELESS)) {
      return fallBack(options.era() == EraPreference.STATELESS, revisions);
    }
    return Optional.of(
        new ServerProfile(
            true,
            Revisions.STATELESS,
            revisions,
            result.path("_meta").path(Meta.SERVER_INFO),
            result.path("capabilities"),
            result.path("instructions").asString("")));
  }

  private Opened handshake(Link link) throws IOException, InterruptedException {
    link.speak(new Dialect.Handshake(""));
    try {
      return new Opened(link, initialize(link));
    } catch (RefusedException e) {
      boolean refused =
          e.status() == BAD_REQUEST || e.status() == NOT_FOUND || e.status() == NOT_ALLOWED;
      if (!(target instanceof Target.Http(var endpoint)) || !refused || modern(e.error())) {
        throw e;
      }
      link.close();
      machine.fire(ClientEvent.LOST);
      try {
        Link old =
            link(
                new LegacySseWire(
                    endpoint, options.http("https".equalsIgnoreCase(endpoint.getScheme())), reach));
        return new Opened(old, initialize(old));
      } catch (IOException second) {
        e.addSuppressed(second);
        throw e;
      }
    }
  }

  private static boolean modern(@Nullable RpcError error) {
    return error != null
        && (error.is(ErrorCode.UNSUPPORTED_VERSION)
            || error.is(ErrorCode.HEADER_MISMATCH)
            || error.is(ErrorCode.MISSING_CAPABILITY));
  }

  /** As long as any request, but no longer than the client's table leaves to a handshake. */
  private Duration patience() {
    Duration request = options.timeouts().request();
    return machine
        .left(ClientEvent.HANDSHAKE_TIMEOUT)
        .filter(left -> left.compareTo(request) < 0)
        .orElse(request);
  }

  /** The handshake (2025-11-25 basic/lifecycle). */
  ServerProfile initialize(Link link) throws IOException, InterruptedException {
    ObjectNode params = JsonNodeFactory.instance.objectNode();
    params.put("protocolVersion", Revisions.NEWEST_HANDSHAKE);
    params.set("capabilities", options.capabilities());
    params.set("clientInfo", options.clientInfo());
    link.speak(new Dialect.Handshake(""));
    Reply reply =
        link.ask("initialize", params, Map.of(), CallOptions.DEFAULT.withTimeout(patience()));
    ObjectNode result =
        switch (reply) {
          case Reply.Result(var value) -> value;
          case Reply.Failure(var error) ->
              throw new IOException("the server refused to initialize: " + error.message());
        };
    String revision = result.path("protocolVersion").asString("");
    if (!Revisions.isHandshake(revision)) {
      throw new NoCommonRevisionException(
          revision.isEmpty() ? "no revision it names" : revision,
          String.join(", ", Revisions.HANDSHAKE));
    }
    link.speak(new Dialect.Handshake(revision));
    link.send(
        new Message.Notification(
            "notifications/initialized", JsonNodeFactory.instance.objectNode()));
    if (!options.handlers().equals(Handlers.NONE)) {
      // A stream of its own is for what nobody asked for; without a handler nobody would hear it.
      link.listen();
    }
    JsonNode info = result.path("serverInfo");
    return new ServerProfile(
        false,
        revision,
        List.of(revision),
        info,
        result.path("capabilities"),
        result.path("instructions").asString(""));
  }
}
