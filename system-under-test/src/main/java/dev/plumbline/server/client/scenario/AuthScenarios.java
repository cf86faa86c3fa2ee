package dev.plumbline.server.client.scenario;

import dev.plumbline.server.client.auth.ClientIdentity;
import dev.plumbline.server.client.auth.ClientSettings;
import dev.plumbline.server.client.auth.Grant;
import dev.plumbline.server.client.auth.OAuthAuthorizer;
import dev.plumbline.server.client.auth.jose.SigningKey;
import dev.plumbline.server.client.auth.user.HeadlessUserAgent;
import dev.plumbline.server.client.wire.Authorizer;
import java.net.URI;
import tools.jackson.databind.JsonNode;

/** How the client is configured in the {@code auth/…} scenarios. */
public final class AuthScenarios {
  private static final String NAME = "plumbline-client";

  /** Where that scenario pretends our metadata document is. */
  private static final URI METADATA_DOCUMENT =
      URI.create("https://conformance-test.local/client-metadata.json");

  private AuthScenarios() {}

  /** The authorizer for a scenario, with what the suite says beside it. */
  static Authorizer authorizer(String scenario, JsonNode context) {
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
