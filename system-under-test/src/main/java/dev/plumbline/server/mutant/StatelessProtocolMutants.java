package dev.plumbline.server.mutant;

import dev.plumbline.server.era.Answer;
import dev.plumbline.server.era.Meta;
import dev.plumbline.server.era.StatelessRule;
import dev.plumbline.server.era.StatelessRules;
import dev.plumbline.server.protocol.RequestId;
import dev.plumbline.server.protocol.RpcError;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Defects in messages, metadata, versioning, discovery and caching of the stateless era. */
final class StatelessProtocolMutants {
  private StatelessProtocolMutants() {}

  static List<Mutant> all() {
    return List.of(
        // BASE-501
        Planting.statelessResult(
            "result-type-missing", "prompts/list", result -> result.remove("resultType")),
        // BASE-502
        Planting.statelessAnswer("string-id-lowercased", (_, _, answer) -> lowercased(answer)),
        // BASE-503
        Planting.stateless(
            "client-capabilities-optional",
            parts ->
                parts.withRule(
                    StatelessRules.META_CAPABILITIES, StatelessProtocolMutants::optional)),
        // VERS-501
        Planting.stateless(
            "version-error-without-supported",
            parts ->
                parts.withRule(
                    StatelessRules.VERSION_SERVED,
                    check ->
                        (in, request) ->
                            check
                                .refusal(in, request)
                                .map(StatelessProtocolMutants::withoutSupported))),
        // DISC-501
        Planting.statelessResult(
            "discover-without-versions",
            "server/discover",
            result -> result.remove("supportedVersions")),
        // CACH-501
        Planting.statelessResult(
            "resources-list-without-cache-scope",
            "resources/list",
            result -> result.remove("cacheScope")));
  }

  private static Answer lowercased(Answer answer) {
    return answer.body() instanceof Answer.Body.Rpc(RequestId.Text(var id), var reply)
        ? answer.withBody(
            new Answer.Body.Rpc(new RequestId.Text(id.toLowerCase(Locale.ROOT)), reply))
        : answer;
  }

  private static StatelessRule.Check optional(StatelessRule.Check check) {
    return (in, request) ->
        Meta.field(request.params(), Meta.CLIENT_CAPABILITIES) == null
            ? Optional.empty()
            : check.refusal(in, request);
  }

  private static RpcError withoutSupported(RpcError error) {
    if (!(error.data() instanceof ObjectNode data)) {
      return error;
    }
    ObjectNode less = data.deepCopy();
    less.remove("supported");
    return error.with(less);
  }
}
