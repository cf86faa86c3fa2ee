package dev.plumbline.server.client.auth;

import dev.plumbline.server.client.auth.user.UserAgent;
import java.net.URI;
import java.util.function.Supplier;

/** How the client comes to its tokens. */
public sealed interface Grant {
  /** A person decides, in a browser (2026-07-28 basic/authorization). */
  record AuthorizationCode(UserAgent agent) implements Grant {}

  /** The client acts for itself (extension io.modelcontextprotocol/oauth-client-credentials). */
  record ClientCredentials(ClientIdentity client) implements Grant {}

  /**
   * The identity provider of an organization decides (extension
   * io.modelcontextprotocol/enterprise-managed-authorization).
   *
   * @param client known to the authorization server of the MCP server
   * @param provider where the identity assertion is exchanged
   * @param atProvider the client as the identity provider knows it
   * @param identityToken the OpenID identity token of the person; asked for at every exchange
   */
  record EnterpriseManaged(
      ClientIdentity client,
      URI provider,
      ClientIdentity atProvider,
      Supplier<String> identityToken)
      implements Grant {}

  /**
   * The platform vouches for a workload with a token of its own (RFC 7523 §2.1).
   *
   * @param assertion asked for at every request; platforms rotate it
   */
  record WorkloadIdentity(ClientIdentity client, Supplier<String> assertion) implements Grant {}
}
