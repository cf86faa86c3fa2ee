package dev.plumbline.server.mutant;

import dev.plumbline.server.era.Inbound;
import dev.plumbline.server.era.StatelessRule;
import dev.plumbline.server.era.StatelessRules;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.RpcError;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/** Defects in how headers that mirror parameters are compared. */
final class StatelessHeaderMutants {
  private static final String REGION = "Mcp-Param-Region";

  private StatelessHeaderMutants() {}

  static List<Mutant> all() {
    return List.of(
        // TRAN-579, TRAN-581
        tolerant("parameter-header-not-compared", "does not match the body"),
        // TRAN-587
        tolerant("parameter-header-optional", "is required"),
        // TRAN-578
        tolerant("parameter-header-unreadable-accepted", "is malformed"),
        // TRAN-580
        checking(
            "parameter-header-error-code",
            check ->
                (in, request) ->
                    check
                        .refusal(in, request)
                        .map(_ -> RpcError.of(ErrorCode.INVALID_PARAMS, "headers do not fit"))),
        // TRAN-583
        expecting("null-expected-in-header", JsonNode::isNull),
        // TRAN-585
        expecting("absent-expected-in-header", JsonNode::isMissingNode),
        // TRAN-590
        checking(
            "parameter-header-compared-as-text",
            check ->
                (in, request) ->
                    in.headers().first("Mcp-Param-Count").filter(v -> v.contains(".")).isPresent()
                        ? mismatch()
                        : check.refusal(in, request)));
  }

  private static Mutant checking(String name, UnaryOperator<StatelessRule.Check> change) {
    return Planting.stateless(
        name, parts -> parts.withRule(StatelessRules.PARAMETER_HEADERS, change));
  }

  private static Mutant tolerant(String name, String problem) {
    return checking(
        name,
        check ->
            (in, request) ->
                check.refusal(in, request).filter(error -> !error.message().contains(problem)));
  }

  /** Demands the header of the region when the argument is like that. */
  private static Mutant expecting(String name, java.util.function.Predicate<JsonNode> when) {
    return checking(
        name,
        check ->
            (in, request) ->
                isMirrored(request) && when.test(region(request)) && lacks(in)
                    ? mismatch()
                    : check.refusal(in, request));
  }

  private static boolean isMirrored(Message.Request request) {
    return request.params().path("name").asString("").equals("test_x_mcp_header");
  }

  private static JsonNode region(Message.Request request) {
    return request.params().path("arguments").path("region");
  }

  private static boolean lacks(Inbound in) {
    return in.headers().first(REGION).isEmpty();
  }

  private static Optional<RpcError> mismatch() {
    return Optional.of(RpcError.of(ErrorCode.HEADER_MISMATCH, "a header does not fit the body"));
  }
}
