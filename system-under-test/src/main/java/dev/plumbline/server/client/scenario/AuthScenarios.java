package dev.plumbline.server.client.scenario;

import dev.plumbline.server.client.CallOptions;
import dev.plumbline.server.client.ClientOptions;
import dev.plumbline.server.client.McpClient;
import dev.plumbline.server.client.auth.ClientIdentity;
import dev.plumbline.server.client.auth.ClientSettings;
import dev.plumbline.server.client.auth.Grant;
import dev.plumbline.server.client.auth.OAuthAuthorizer;
import dev.plumbline.server.client.auth.jose.SigningKey;
import dev.plumbline.server.client.auth.user.HeadlessUserAgent;
import dev.plumbline.server.client.wire.Authorizer;
import java.net.URI;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The {@code auth/…} scenarios: always the same calls, each time with another configuration. */
final class AuthScenarios {
  private static final String NAME = "plumbline-client";

  /** Where that scenario pretends our metadata document is. */
  private static final URI METADATA_DOCUMENT =
      URI.create("https://conformance-test.local/client-metadata.json");

  private AuthScenarios() {}

  /** Connects, looks around and calls the suite's tool, all of it protected. */
  static int run(String name, URI server, JsonNode context, String revision) throws Exception {
    ClientOptions options = Clients.options(revision).withAuthorizer(authorizer(name, context));
    try (McpClient client = Clients.client(server, options)) {
      client.connect();
      client.listTools();
      client.callTool("test-tool", JsonNodeFactory.instance.objectNode(), CallOptions.DEFAULT);
      return 0;
    }
  }

  /** The authorizer for a scenario, with what the suite says beside it. */
  private static Authorizer authorizer(String scenario, JsonNode context) {
    return new OAuthAuthorizer(settings(scenario, context), grant(scenario, context));
  }

  private static ClientSettings settings(String scenario, JsonNode context) {
    ClientSettings settings = ClientSettings.named(NAME);
    if (scenario.startsWith("auth/2025-03-26-")) {
      return settings.servingWithoutResourceMetadata();
    }
    return switch (scenario) {
      case "auth/basic-cimd" -> settings.withMetadataDocument(METADATA_DOCUMENT);
      case "auth/pre-registration" ->
          settings.withPreRegistered(secretClient(context).boundTo(text(context, "issuer")));
      default -> settings;
    };
  }

  private static Grant grant(String scenario, JsonNode context) {
    return switch (scenario) {
      case "auth/client-credentials-basic" -> new Grant.ClientCredentials(secretClient(context));
      case "auth/client-credentials-jwt" -> {
        SigningKey key =
            SigningKey.fromPem(
                text(context, "private_key_pem"),
                SigningKey.Algorithm.valueOf(text(context, "signing_algorithm")));
        yield new Grant.ClientCredentials(ClientIdentity.withKey(text(context, "client_id"), key));
      }
      case "auth/enterprise-managed-authorization" ->
          new Grant.EnterpriseManaged(
              secretClient(context),
              URI.create(text(context, "idp_token_endpoint")),
              ClientIdentity.publicClient(text(context, "idp_client_id")),
              () -> text(context, "idp_id_token"));
      case "auth/wif-jwt-bearer" ->
          new Grant.WorkloadIdentity(
              ClientIdentity.publicClient(text(context, "client_id")),
              () -> text(context, "valid_jwt"));
      default -> new Grant.AuthorizationCode(new HeadlessUserAgent());
    };
  }

  private static ClientIdentity secretClient(JsonNode context) {
    return ClientIdentity.withSecret(text(context, "client_id"), text(context, "client_secret"));
  }

  private static String text(JsonNode context, String name) {
    return context.path(name).asString();
  }
}
