package dev.plumbline.server.client.auth;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the client is configured with.
 *
 * @param name shown to people who are asked for consent
 * @param metadataDocument the https URL of our Client ID Metadata Document, if we publish one
 * @param preRegistered identities given by authorization servers, each bound to its issuer
 * @param refreshTokens whether refresh tokens are wanted
 * @param withoutResourceMetadata whether servers of 2025-03-26, which publish no protected resource
 *     metadata, are served: their own origin is then the authorization server
 * @param time most that one exchange with an authorization server may take
 */
public record ClientSettings(
    String name,
    Optional<URI> metadataDocument,
    List<ClientIdentity> preRegistered,
    boolean refreshTokens,
    boolean withoutResourceMetadata,
    Duration time) {

  private static final Duration DEFAULT_TIME = Duration.ofSeconds(30);

  /** Refuses a metadata document that no authorization server may accept. */
  public ClientSettings {
    preRegistered = List.copyOf(preRegistered);
    for (ClientIdentity identity : preRegistered) {
      if (identity.issuer() == null) {
        throw new IllegalArgumentException("a pre-registered client belongs to one issuer");
      }
    }
    // 2026-07-28 basic/authorization/client-registration, metadata documents
    if (metadataDocument.isPresent()
        && (!"https".equals(metadataDocument.get().getScheme())
            || SafeUrls.trimmedPath(metadataDocument.get()).isEmpty())) {
      throw new IllegalArgumentException("a client metadata document is an https URL with a path");
    }
  }

  /** Nothing but a name. */
  public static ClientSettings named(String name) {
    return new ClientSettings(name, Optional.empty(), List.of(), true, false, DEFAULT_TIME);
  }

  /** With a Client ID Metadata Document. */
  public ClientSettings withMetadataDocument(URI url) {
    return new ClientSettings(
        name, Optional.of(url), preRegistered, refreshTokens, withoutResourceMetadata, time);
  }

  /** With the identities that authorization servers gave us beforehand. */
  public ClientSettings withPreRegistered(ClientIdentity... identities) {
    return new ClientSettings(
        name, metadataDocument, List.of(identities), refreshTokens, withoutResourceMetadata, time);
  }

  /** Also for servers of 2025-03-26. */
  public ClientSettings servingWithoutResourceMetadata() {
    return new ClientSettings(name, metadataDocument, preRegistered, refreshTokens, true, time);
  }
}
