package dev.plumbline.conformance.mutant;

import static dev.plumbline.conformance.mutant.Mutants.http;

import dev.plumbline.conformance.mutant.Mutants.Mutant;
import java.util.List;

/** Defects in messages and their content, handshake era. */
final class HandshakeMutants {
  private HandshakeMutants() {}

  static List<Mutant> all() {
    return List.of(
        http("result-beside-error", "BASE-003", "both a result and an error").misshapen(),
        http("response-with-neither", "BASE-011", "neither result nor error").misshapen(),
        http("request-id-fraction", "BASE-008", "neither a string nor an integer").misshapen(),
        http("request-id-null", "BASE-009", "the id null").misshapen(),
        http("request-id-reused", "BASE-010", "request id \"again\" twice"),
        http("log-message-with-id", "BASE-013", "notifications/message carries an id").misshapen(),
        http("schema-of-draft-07", "BASE-016", "draft-07"),
        http("output-schema-invalid", "BASE-021", "not valid in its own dialect"),
        http("meta-prefix-twice", "BASE-023", "plumbline.example/a/b has no lawful prefix"),
        http("meta-label-digit", "BASE-024", "1plumbline.example/a has a prefix"),
        http("meta-name-hyphen", "BASE-026", "plumbline.example/-a has a name"),
        http("progress-token-fraction", "PROG-001", "a string nor an integer: 1.5")
            .misshapen()
            .and("PROG-006"),
        http("progress-stands-still", "PROG-003", "it did not grow"),
        http("progress-for-unknown-token", "PROG-005", "which no request gave").and("PROG-006"),
        http("progress-floods", "PROG-010", "More than 1000 progress notifications"),
        http("tool-name-twice", "TOOL-005", "Two tools have the name"),
        http("tool-name-too-long", "TOOL-011", "has 129 characters"),
        http("tool-name-with-space", "TOOL-013", "characters beyond letters"),
        http("embedded-resource-undeclared", "TOOL-015", "the server declares no resources"),
        http("structured-without-text", "TOOL-016", "as JSON in a text"),
        http("scheme-with-underscore", "RES-006", "is no URI: \"plumb_line:///x\"").misshapen(),
        http("blob-unpadded", "RES-010", "not Base64 with padding"),
        http("prompt-image-type", "PROM-004", "\"picture/png\""),
        http("prompt-audio-type", "PROM-005", "\"sound\""),
        http("prompt-resource-without-type", "PROM-006", "has no media type"),
        http("logging-undeclared", "LOG-001", "without declaring logging"),
        http("form-asks-for-password", "ELIC-001", "asks for a secret"),
        http("elicitation-without-message", "ELIC-007", "has no message").misshapen(),
        http("form-is-nested", "ELIC-009", "a property that is not flat").misshapen(),
        http("page-without-id", "ELIC-011", "lacks mode, message, url").misshapen(),
        http("page-address-without-host", "ELIC-012", "is no URL"),
        http("page-address-with-token", "ELIC-038", "carries credentials"),
        http("form-with-link", "ELIC-039", "an address to click on"),
        http("page-over-http", "ELIC-040", "does not use https"),
        http("sampling-all-servers", "SAMP-006", "the context allServers"),
        http("sampling-context-undeclared", "SAMP-007", "asks for context"),
        http("sampling-tools-undeclared", "SAMP-004", "offers tools"),
        http("sampling-undeclared", "LIFE-016", "asks for sampling/createMessage"),
        http("elicitation-undeclared", "ELIC-006", "asks for elicitation/create"),
        http("roots-undeclared", "ROOT-012", "asks for roots/list"));
  }
}
