package dev.plumbline.server.feature;

import tools.jackson.databind.node.ObjectNode;

/**
 * Something a server asks its client for.
 *
 * @param method {@code sampling/createMessage}, {@code elicitation/create} or {@code roots/list}
 * @param params its parameters, as the client pages give them
 */
public record ClientRequest(String method, ObjectNode params) {}
