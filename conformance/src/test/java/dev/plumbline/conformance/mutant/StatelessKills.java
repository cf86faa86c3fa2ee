package dev.plumbline.conformance.mutant;

import static dev.plumbline.conformance.mutant.Mutants.http;
import static dev.plumbline.conformance.mutant.Mutants.stdio;

import dev.plumbline.conformance.mutant.Mutants.Mutant;
import java.util.List;
import java.util.stream.Stream;

/** More planted defects of the stateless era, page by page. */
final class StatelessKills {
  private StatelessKills() {}

  static List<Mutant> all() {
    return Stream.of(messages(), offerings(), talk(), mutations()).flatMap(List::stream).toList();
  }

  private static List<Mutant> messages() {
    return List.of(
        http("jsonrpc-one", "BASE-510", "does not say jsonrpc 2.0").misshapen(),
        http("error-beside-result", "BASE-514", "both a result and an error").misshapen(),
        http("result-type-unknown", "BASE-515", "has resultType \"done\""),
        http("error-code-fraction", "BASE-519", "has the code -32602.5")
            .and("BASE-504")
            .misshapen(),
        http("error-without-message", "BASE-504", "lacks its integer code or its message")
            .misshapen(),
        http("error-code-32005", "BASE-520", "new implementations stay away").and("BASE-524"),
        http("error-code-32050", "BASE-505", "does not define").and("BASE-524"),
        http("server-request", "BASE-526", "has an id: it is a request")
            .and("PATT-501", "TRAN-545", "MRTR-501")
            .misshapen(),
        stdio("server-request", "TRAN-510", "has an id: it is a request"),
        http("meta-prefix-empty-label", "BASE-545", "no series of labels"),
        http("meta-label-begins-with-digit", "BASE-546", "has the label 1st"),
        http("meta-name-begins-with-hyphen", "BASE-548", "does not begin and end"),
        http("traceparent-malformed", "BASE-556", "a malformed traceparent"),
        http("server-info-missing", "BASE-507", "does not name the server in _meta"),
        http("schema-draft-07", "BASE-534", "is written in http://json-schema.org/draft-07"),
        http("schema-type-unknown", "BASE-539", "is not valid").and("BASE-536", "TOOL-504"),
        http("schema-refers-to-network", "BASE-540", "https://schemas.example/far.json"));
  }

  private static List<Mutant> offerings() {
    return List.of(
        http("tools-undeclared-stateless", "TOOL-508", "tools/list without declaring tools"),
        http(
                "resources-undeclared-stateless",
                "RES-504",
                "resources/list without declaring resources")
            .and("TOOL-524")
            .withFixture(),
        http("prompts-undeclared-stateless", "PROM-504", "prompts/list without declaring prompts")
            .and("PROM-513"),
        http("completions-undeclared-stateless", "COMP-502", "without declaring completions"),
        http("logging-undeclared-stateless", "LOGG-502", "does not declare logging").withFixture(),
        http("tools-list-empty-object", "TOOL-509", "declares tools but does not list them")
            .misshapen(),
        http("resources-list-object", "RES-505", "declares resources but does not list them")
            .misshapen(),
        http("schema-type-string", "TOOL-504", "whose type is not object").misshapen(),
        http("tool-name-long", "TOOL-514", "a name of 129 characters"),
        http("tool-name-with-dollar", "TOOL-516", "a character that names lack"),
        http("tool-name-with-space-stateless", "TOOL-517", "a space, a comma").and("TOOL-516"),
        http("tool-listed-twice", "TOOL-518", "is listed twice"),
        http("header-name-empty", "TOOL-533", "is empty or no string"),
        http("header-name-with-space", "TOOL-534", "is no HTTP field name"),
        http("header-name-with-line-feed", "TOOL-535", "a control character").and("TOOL-534"),
        http("header-name-twice", "TOOL-536", "as another of the same tool"),
        http("header-of-number", "TOOL-537", "on a parameter of type \"number\""),
        http("header-of-large-integer", "TOOL-538", "allows 9007199254740992"),
        http("header-below-items", "TOOL-539", "is not below properties alone")
            .and("TRAN-564", "TRAN-565"),
        http("header-of-password", "TOOL-540", "looks like a secret"),
        http("structured-content-without-text", "TOOL-525", "does not repeat its structured"),
        http("resource-uri-without-scheme", "RES-510", "is no URI").misshapen(),
        http("blob-not-base64", "RES-515", "is not Base64").misshapen(),
        http("prompt-image-not-base64", "PROM-507", "is not Base64").misshapen().withFixture(),
        http("prompt-audio-as-image", "PROM-508", "has the MIME type \"image/png\""),
        http("prompt-resource-without-mime-type", "PROM-509", "has no MIME type").withFixture(),
        http("time-to-live-negative", "CACH-509", "has ttlMs -1").and("CACH-501").misshapen(),
        http("last-page-private", "CACH-502", "another cacheScope than the first page"),
        http("extension-without-prefix", "VERS-504", "has no prefix"),
        http("discover-unnamed", "DISC-503", "does not say name and version").and("BASE-507"));
  }

  private static List<Mutant> talk() {
    return List.of(
        http("progress-token-as-text", "PROG-501", "of another type than was given"),
        http("progress-shrinks", "PROG-503", "says 0.1 after 0.2"),
        http("progress-of-nobody", "PROG-505", "which no request that runs").and("PROG-508"),
        http("log-unasked", "LOGG-503", "is told the log message").withFixture(),
        http("log-without-data", "LOGG-506", "has no data"),
        http("server-cancels-list", "CANC-503", "cancels what is no subscription").and("CANC-511"),
        http("subscription-hears-prompts", "SUBS-501", "to changes of tools only")
            .and("SUBS-502", "SUBS-503"),
        http("change-before-acknowledgement", "SUBS-502", "does not begin with").and("SUBS-503"),
        http("change-without-subscription", "BASE-555", "does not name its subscription")
            .and("SUBS-502", "SUBS-503"),
        http("completion-asks", "MRTR-504", "asks for input"),
        http("question-of-unknown-kind", "MRTR-506", "has the method \"ping\"")
            .misshapen()
            .withFixture(),
        http("asks-for-nothing", "MRTR-512", "without inputRequests").withFixture(),
        http("form-asks-for-password-stateless", "ELIC-501", "asks for password")
            .and("ELIC-545")
            .withFixture(),
        http("sampling-with-tools", "SAMP-505", "has tools").withFixture(),
        http("sampling-with-all-servers", "SAMP-507", "includeContext allServers").withFixture(),
        http("sampling-role-system", "SAMP-513", "without role or content")
            .misshapen()
            .withFixture());
  }

  private static List<Mutant> mutations() {
    return List.of(
        http("id-fraction-accepted", "BASE-511", "whose id is a fraction is not refused"),
        http("id-null-accepted", "BASE-512", "whose id is null is not refused"),
        http("batch-accepted", "TRAN-539", "body that is an array is not refused"),
        http("error-without-id", "BASE-518", "does not carry the id"),
        http("notification-answered", "BASE-525", "notification is answered"),
        http("reserved-key-refused", "BASE-544", "an unknown key in _meta is not served"),
        http("client-name-steers", "BASE-554", "to a client of another name").and("BASE-527"),
        http("tools-come-and-go", "TOOL-510", "list of tools is another one").and("BASE-506"),
        http("prompts-come-and-go", "PROM-505", "list of prompts is another one").and("BASE-506"),
        http("resources-come-and-go", "RES-506", "list of resources is another one")
            .and("BASE-506"),
        http("cursor-wears-out", "PAGE-504", "list of resources is another one")
            .and("BASE-528", "BASE-530", "BASE-506", "RES-506"),
        http("log-level-unchecked", "LOGG-505", "unknown log level is not refused"),
        http("tool-names-ignore-case", "TOOL-515", "in other case is not refused"),
        http("arguments-unchecked", "TOOL-528", "without an argument that its inputSchema requires")
            .and("BASE-533", "BASE-535"),
        http("unknown-prompt-broken-stateless", "PROM-502", "an unknown prompt is not refused"),
        http("prompt-arguments-optional", "PROM-510", "without its argument is not refused"),
        http("prompt-arguments-as-text", "PROM-511", "an object as argument is not refused"),
        http(
            "completion-of-unknown-prompt",
            "COMP-503",
            "without prompt or argument is not refused"),
        http("completion-of-number-as-text", "COMP-505", "Completing a number is not refused"),
        http("resource-uri-unchecked", "RES-513", "what is no URI is not refused"),
        http("name-marks-not-decoded", "TRAN-509", "in Base64 marks is not served").and("TRAN-573"),
        http("name-marks-in-upper-case", "TRAN-571", "marks of upper case is not refused"),
        http("session-id-answered", "TRAN-599", "earlier revisions are not ignored"));
  }
}
