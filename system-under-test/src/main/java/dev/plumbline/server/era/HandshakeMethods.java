package dev.plumbline.server.era;

import dev.plumbline.server.feature.Catalog;
import dev.plumbline.server.feature.Context;
import dev.plumbline.server.feature.LogLevel;
import dev.plumbline.server.feature.Offerings;
import dev.plumbline.server.feature.Params;
import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.limit.Refusal;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.RpcError;
import dev.plumbline.server.protocol.RpcException;
import dev.plumbline.server.session.Session;
import dev.plumbline.server.session.Sessions;
import dev.plumbline.server.session.store.StoreException;
import dev.plumbline.server.uri.Uri;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The methods that only exist where there are sessions. */
final class HandshakeMethods {
  private final Offerings offerings;
  private final Sessions sessions;

  private HandshakeMethods(Offerings offerings, Sessions sessions) {
    this.offerings = offerings;
    this.sessions = sessions;
  }

  /** The table with these methods added. */
  static MethodTable added(MethodTable methods, Offerings offerings, Sessions sessions) {
    HandshakeMethods own = new HandshakeMethods(offerings, sessions);
    return methods
        .with("ping", (_, _) -> nothing())
        .with("logging/setLevel", own::setLevel)
        .with("resources/subscribe", own::subscribe)
        .with("resources/unsubscribe", own::unsubscribe);
  }

  private ObjectNode setLevel(Context context, ObjectNode params) throws RpcException {
    LogLevel level =
        LogLevel.of(Params.text(params, "level"))
            .orElseThrow(() -> RpcException.invalidParams("no such log level"));
    change(session(context), session -> session.logLevel(level));
    return nothing();
  }

  private ObjectNode subscribe(Context context, ObjectNode params) throws RpcException {
    Uri asked = Params.uri(params);
    String uri = asked.text();
    if (!isOffered(asked)) {
      throw RpcException.resourceNotFound(uri);
    }
    Session session = session(context);
    if (session.subscriptions().contains(uri)) {
      return nothing();
    }
    Optional<Refusal> noRoom = sessions.noRoom();
    if (noRoom.isPresent()) {
      throw new RpcException(noRoom.get().error());
    }
    AtomicBoolean added = new AtomicBoolean();
    change(session, own -> added.set(own.subscriptions().add(uri)));
    if (!added.get()) {
      throw new RpcException(noMore(session.subscriptions().size()).error());
    }
    return nothing();
  }

  private static Refusal noMore(int subscriptions) {
    return subscriptions >= Limits.MAX_SUBSCRIPTIONS
        ? Refusal.of("session_subscriptions", Limits.MAX_SUBSCRIPTIONS)
            .saying("At most " + Limits.MAX_SUBSCRIPTIONS + " subscriptions")
        : Refusal.of("session_subscribed_characters", Limits.MAX_SUBSCRIBED_CHARACTERS)
            .saying(
                "At most "
                    + Limits.MAX_SUBSCRIBED_CHARACTERS
                    + " characters in the URIs of all subscriptions");
  }

  private ObjectNode unsubscribe(Context context, ObjectNode params) throws RpcException {
    Uri asked = Params.uri(params);
    String uri = asked.text();
    Session session = session(context);
    if (session.subscriptions().contains(uri)) {
      change(
          session,
          own -> {
            var _ = own.subscriptions().remove(uri);
          });
    } else if (!isOffered(asked)) {
      // What was subscribed and is offered no more can still be unsubscribed.
      throw RpcException.resourceNotFound(uri);
    }
    return nothing();
  }

  private boolean isOffered(Uri uri) {
    Catalog catalog = offerings.catalog();
    return catalog.resource(uri) != null
        || catalog.templates().stream()
            .anyMatch(template -> template.uris().match(uri.text()).isPresent());
  }

  /** Changes a session so that the answer may say it is changed. */
  private void change(Session session, Consumer<Session> how) throws RpcException {
    try {
      sessions.change(session, how);
    } catch (StoreException e) {
      throw new RpcException(RpcError.of(ErrorCode.STORE_UNAVAILABLE));
    }
  }

  private static Session session(Context context) {
    if (context instanceof HandshakeContext own && own.session().isPresent()) {
      return own.session().get();
    }
    throw new IllegalStateException("a session method was called outside a session");
  }

  private static ObjectNode nothing() {
    return JsonNodeFactory.instance.objectNode();
  }
}
