package dev.plumbline.conformance.mutant;

import static dev.plumbline.conformance.mutant.Mutants.http;
import static dev.plumbline.conformance.mutant.Mutants.stdio;

import dev.plumbline.conformance.mutant.Mutants.Mutant;
import java.util.List;

/** More planted defects of the stateless era, page by page. */
final class StatelessKills {
  private StatelessKills() {}

  static List<Mutant> all() {
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
        http("schema-type-unknown", "BASE-539", "is not valid").and("BASE-536"),
        http("schema-refers-to-network", "BASE-540", "https://schemas.example/far.json"));
  }
}
