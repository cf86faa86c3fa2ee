package dev.plumbline.server.access;

import dev.plumbline.server.era.Answer;
import tools.jackson.databind.JsonNode;

/**
 * What an authorization server tells of itself (RFC 8414 §2), said again at the root of this
 * server: clients of 2025-03-26 look for it there.
 */
final class IssuerMetadata {
  /** RFC 8414 §3. */
  static final String WELL_KNOWN = "/.well-known/oauth-authorization-server";

  private IssuerMetadata() {}

  /**
   * The answer with the document of this file.
   *
   * @throws UnusableFileException when it is no metadata of this issuer
   */
  static Answer read(String file, String issuer) {
    return IssuerFile.read("authorization.issuerMetadata", file, text -> parse(text, issuer));
  }

  static Answer parse(String json, String issuer) {
    JsonNode document = IssuerFile.json(json);
    if (!document.path("issuer").asString("").equals(issuer)) {
      throw new UnusableFileException("these are not the metadata of " + issuer);
    }
    return Answer.empty(200).withBody(new Answer.Body.Raw(document.toString()));
  }
}
