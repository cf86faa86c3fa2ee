package dev.plumbline.server.era;

import dev.plumbline.server.feature.ClientRequest;
import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.limit.Refusal;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.RpcError;
import dev.plumbline.server.protocol.RpcException;
import dev.plumbline.server.session.Session;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a client may be asked: only what its revision knows and what it declared. */
final class HandshakeQuestions {
  private static final String ELICITATION = "elicitation";
  private static final String URL_MODE = "url";

  private HandshakeQuestions() {}

  /**
   * The request in the form of the session's revision.
   *
   * @throws RpcException when this client must not be asked
   */
  static ClientRequest lawful(Session session, ClientRequest request) throws RpcException {
    ObjectNode params = request.params().deepCopy();
    switch (request.method()) {
      case "ping" -> {}
      case "roots/list" -> need(session, "roots");
      case "sampling/createMessage" -> sampling(session, params);
      case "elicitation/create" -> elicitation(session, params);
      default -> throw refusal("clients are not asked for " + request.method());
    }
    return new ClientRequest(request.method(), params);
  }

  private static void sampling(Session session, ObjectNode params) throws RpcException {
    need(session, "sampling");
    if (params.has("tools") || params.has("toolChoice")) {
      // 2025-11-25 client/sampling, tools in sampling.
      if (Revisions.isBefore(session.revision(), Revisions.NEWEST_HANDSHAKE)) {
        throw refusal("sampling with tools is not part of this revision");
      }
      need(session, "sampling/tools");
    }
    if (!Revisions.isBefore(session.revision(), Revisions.NEWEST_HANDSHAKE)
        && !session.client().declares("sampling/context")) {
      // 2025-11-25 client/sampling, capabilities: without the capability there is no context.
      params.remove("includeContext");
    }
  }

  private static void elicitation(Session session, ObjectNode params) throws RpcException {
    if (Revisions.isBefore(session.revision(), Revisions.ELICITING)) {
      throw refusal("elicitation is not part of this revision");
    }
    need(session, ELICITATION);
    boolean url = params.path("mode").asString("form").equals(URL_MODE);
    if (Revisions.isBefore(session.revision(), Revisions.NEWEST_HANDSHAKE)) {
      if (url) {
        throw refusal("URL mode elicitation is not part of this revision");
      }
      if (choosesSeveral(params)) {
        // 2025-06-18 client/elicitation, requested schema: fields hold one primitive value.
        throw refusal("a choice of several values is not part of this revision");
      }
      params.remove("mode");
    } else if (url) {
      need(session, "elicitation/url");
      JsonNode id = params.path("elicitationId");
      if (!id.isString() || !params.path(URL_MODE).isString()) {
        throw refusal("URL mode elicitation needs url and elicitationId");
      }
      if (!session.elicitations().add(id.stringValue())) {
        throw new RpcException(Refusal.of("session_elicitations", Limits.MAX_ELICITATIONS).error());
      }
    } else if (!session.client().capabilities().path(ELICITATION).isEmpty()) {
      // 2025-11-25 client/elicitation, capabilities: an empty object means form mode.
      need(session, "elicitation/form");
    }
  }

  private static boolean choosesSeveral(ObjectNode params) {
    return params
        .path("requestedSchema")
        .path("properties")
        .valueStream()
        .anyMatch(field -> field.path("type").asString("").equals("array"));
  }

  private static void need(Session session, String capability) throws RpcException {
    if (!session.client().declares(capability)) {
      throw refusal("the client did not declare " + capability.replace('/', '.'));
    }
  }

  private static RpcException refusal(String why) {
    return new RpcException(RpcError.of(ErrorCode.INVALID_REQUEST, why));
  }
}
