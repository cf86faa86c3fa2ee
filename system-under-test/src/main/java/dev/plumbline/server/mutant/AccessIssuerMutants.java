package dev.plumbline.server.mutant;

import dev.plumbline.server.access.Protection;
import dev.plumbline.server.era.Answer;
import dev.plumbline.server.transport.HeadRule;
import dev.plumbline.server.transport.RequestHead;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Defects in what clients of 2025-03-26 find of the authorization server; they see no other. */
final class AccessIssuerMutants {
  private static final String BELOW = "/mcp";

  private AccessIssuerMutants() {}

  static List<Mutant> all() {
    return List.of(
        // AUTH-106
        planted("issuer-not-named", check -> head -> without("issuer", check.refusal(head))),
        // AUTH-107
        planted("issuer-metadata-nowhere", _ -> _ -> Optional.empty()),
        // AUTH-114
        planted(
            "issuer-metadata-below-path",
            check ->
                head ->
                    head.target().endsWith(BELOW)
                        ? check.refusal(at(head, head.target().replaceFirst(BELOW + "$", "")))
                        : Optional.empty()),
        // AUTH-117
        planted(
            "registration-not-named",
            check -> head -> without("registration_endpoint", check.refusal(head))));
  }

  private static Mutant planted(String name, Function<HeadRule.Check, HeadRule.Check> change) {
    return AccessPlanting.handshake(
        name, (parts, _, _) -> parts.withHeadRule(Protection.ISSUER_METADATA, change::apply));
  }

  private static Optional<Answer> without(String member, Optional<Answer> document) {
    return document.map(
        answer ->
            answer.withBody(
                new Answer.Body.Raw(
                    Planting.spoiled(answer.bytes(), metadata -> metadata.remove(member)))));
  }

  private static RequestHead at(RequestHead head, String target) {
    return new RequestHead(
        head.method(), target, head.version(), head.headers(), head.longestValue());
  }
}
