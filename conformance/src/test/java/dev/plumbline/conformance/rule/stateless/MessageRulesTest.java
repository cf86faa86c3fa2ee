package dev.plumbline.conformance.rule.stateless;

import java.util.stream.Stream;

/** Rules that judge every message, every tool or every key of a walk through what is offered. */
class MessageRulesTest extends WalkCases {
  private static final String ERROR = "\"error\":{\"code\":-32602,\"message\":\"m\"}";

  private static Case error(String clause, String bad, String summary) {
    return new Case(
        clause, "x/y", ERROR, "\"error\":" + bad, "The error that answers x/y " + summary + ".");
  }

  private static Case key(String clause, String bad, String summary) {
    return new Case(
        clause,
        "x/y",
        "\"result\":{\"_meta\":{\"com.example/a-b.c\":1}}",
        "\"result\":{\"_meta\":{\"" + bad + "\":1}}",
        "The _meta key " + bad + " " + summary + ".");
  }

  private static Case schema(String clause, String bad, String summary) {
    return tool(clause, "\"inputSchema\":" + bad, "The inputSchema of tool t " + summary);
  }

  static Case tool(String clause, String bad, String summary) {
    return new Case(
        clause,
        "tools/list",
        "\"result\":{\"tools\":[{\"name\":\"t\",\"inputSchema\":{\"type\":\"object\"}}]}",
        "\"result\":{\"tools\":[{\"name\":\"t\"," + bad + "}]}",
        summary + ".");
  }

  static Stream<Case> cases() {
    String request = "\"id\":5,\"method\":\"ping\"";
    return Stream.of(
        new Case(
            "BASE-514",
            "x/y",
            "\"result\":{}",
            "\"result\":{}," + ERROR,
            "The answer to x/y holds both a result and an error."),
        new Case(
            "BASE-515",
            "x/y",
            "\"result\":{\"resultType\":\"input_required\"}",
            "\"result\":{\"resultType\":\"task\"}",
            "The result of x/y has resultType \"task\"."),
        error("BASE-504", "{\"code\":-1}", "lacks its integer code or its message"),
        error(
            "BASE-504",
            "{\"code\":\"1\",\"message\":\"m\"}",
            "lacks its integer code or its message"),
        error("BASE-519", "{\"code\":1.5,\"message\":\"m\"}", "has the code 1.5"),
        error(
            "BASE-520",
            "{\"code\":-32000}",
            "has code -32000, which new implementations stay away from"),
        error(
            "BASE-505",
            "{\"code\":-32099}",
            "has code -32099, which the specification does not define"),
        error("BASE-522", "{\"code\":-32042}", "has code -32042, which this revision retired"),
        error(
            "BASE-524",
            "{\"code\":-32100}",
            "has code -32100 of the reserved range without being defined"),
        new Case(
            "BASE-526",
            "x/y",
            "\"result\":{}",
            request,
            "The message ping has an id: it is a request."),
        new Case(
            "PATT-501",
            "x/y",
            "\"result\":{}",
            request,
            "The message ping has an id: it is a request."),
        new Case(
            "MRTR-501",
            "x/y",
            "\"result\":{}",
            request,
            "The message ping has an id: it is a request."),
        new Case(
            "TRAN-545",
            "x/y",
            "\"result\":{}",
            request,
            "The message ping has an id: it is a request."),
        new Case(
            "TRAN-510",
            "x/y",
            "\"result\":{}",
            request,
            "The message ping has an id: it is a request."),
        key(
            "BASE-545",
            "a..b/c",
            "has a prefix that is no series of labels with one slash at its end"),
        key("BASE-545", "/c", "has a prefix that is no series of labels with one slash at its end"),
        key("BASE-546", "1a.b/c", "has the label 1a, which is none"),
        key("BASE-546", "a.b-/c", "has the label b-, which is none"),
        key("BASE-548", "a/_c", "has a name that does not begin and end with a letter or digit"),
        new Case(
            "BASE-556",
            "x/y",
            "\"result\":{\"_meta\":{\"traceparent\":\"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\"}}",
            "\"result\":{\"_meta\":{\"traceparent\":\"00-00000000000000000000000000000000-b7ad6b7169203331-01\"}}",
            "The _meta of: The answer to x/y has a malformed traceparent."),
        schema(
            "BASE-534",
            "{\"$schema\":\"http://json-schema.org/draft-07/schema#\"}",
            "is written in http://json-schema.org/draft-07/schema"),
        schema(
            "BASE-536",
            "{\"minimum\":\"1\"}",
            "is not valid: /minimum: string found, number expected"),
        schema(
            "BASE-539",
            "{\"minimum\":\"1\"}",
            "is not valid: /minimum: string found, number expected"),
        schema(
            "BASE-540",
            "{\"$ref\":\"https://e.example/s\"}",
            "refers to the network address https://e.example/s"));
  }
}
