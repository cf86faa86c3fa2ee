package dev.plumbline.conformance.rule.stateless;

import static dev.plumbline.conformance.rule.stateless.MessageRules.when;

import dev.plumbline.conformance.rule.Every;
import dev.plumbline.conformance.rule.MessageShapes;
import dev.plumbline.conformance.rule.OneLine;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Script;
import dev.plumbline.conformance.rule.Seen;
import dev.plumbline.conformance.rule.StdoutPurity;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Rules of the page {@code 2026-07-28/basic/transports/stdio}, and others that stdio alone shows.
 */
public final class StdioRules {
  private static final Set<String> LISTS =
      Set.of("server/discover", "tools/list", "prompts/list", "resources/list");

  private static final Pattern CHALLENGE =
      Pattern.compile("(?i)www-authenticate|oauth|bearer|access token|authorization header");

  private StdioRules() {}

  /** The page's rules. */
  public static List<Rule> rules() {
    return List.of(
        rule("TRAN-506", StdoutPurity.SCRIPT, StdoutPurity::judge),
        rule("TRAN-516", MessageShapes.SCRIPT, OneLine::judge),
        rule("BASE-532", MessageShapes.SCRIPT, noChallenge()));
  }

  private static Rule rule(String clause, Script script, Function<Recording, Verdict> judge) {
    return new Rule(clause, Probes.STDIO, Probes.STATELESS, script, judge);
  }

  private static Function<Recording, Verdict> noChallenge() {
    return Every.of(
            r -> Seen.responses(r).filter(s -> LISTS.contains(Seen.method(s.exchange()))),
            "nothing was answered")
        .judge(
            s ->
                when(
                    s.node().has("error")
                        && CHALLENGE.matcher(s.node().path("error").toString()).find(),
                    "is refused for want of a token"),
            "Over stdio nobody sends tokens: a server takes its credentials from the environment.",
            "Read credentials from environment variables when the process starts.");
  }
}
