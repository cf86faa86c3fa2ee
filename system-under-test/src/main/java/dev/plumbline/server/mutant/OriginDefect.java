package dev.plumbline.server.mutant;

import dev.plumbline.server.ServerParts;
import dev.plumbline.server.era.Inbound;
import dev.plumbline.server.transport.HeadRule;
import dev.plumbline.server.transport.HeadRules;
import java.util.function.Predicate;

/** Requests that name certain versions may come from anywhere. */
final class OriginDefect {
  private static final int FORBIDDEN = 403;

  private OriginDefect() {}

  /**
   * Drops the 403 of the Origin and Host rules where the version header, empty when absent, fits.
   */
  static ServerParts unchecked(ServerParts parts, Predicate<String> version) {
    return parts
        .withHeadRule(HeadRules.ORIGIN, check -> blind(check, version))
        .withHeadRule(HeadRules.HOST, check -> blind(check, version));
  }

  private static HeadRule.Check blind(HeadRule.Check check, Predicate<String> version) {
    return head -> {
      String named = head.headers().first(Inbound.VERSION_HEADER).orElse("");
      return check
          .refusal(head)
          .filter(answer -> answer.status() != FORBIDDEN || !version.test(named));
    };
  }
}
