package dev.plumbline.conformance.rule.stateless;

import static dev.plumbline.conformance.rule.stateless.ParameterHeaders.ABSENT;
import static dev.plumbline.conformance.rule.stateless.ParameterHeaders.LAWFUL;
import static dev.plumbline.conformance.rule.stateless.ParameterHeaders.MALFORMED;
import static dev.plumbline.conformance.rule.stateless.ParameterHeaders.MISSING;
import static dev.plumbline.conformance.rule.stateless.ParameterHeaders.NULL;
import static dev.plumbline.conformance.rule.stateless.ParameterHeaders.NUMBER;
import static dev.plumbline.conformance.rule.stateless.ParameterHeaders.NUMBER_LAWFUL;
import static dev.plumbline.conformance.rule.stateless.ParameterHeaders.OTHER;

import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Rules of the page {@code 2026-07-28/basic/transports/streamable-http} on headers that mirror a
 * parameter of a tool.
 */
public final class ParameterHeaderRules {
  private static final String OTHER_VALUE = "A call whose Mcp-Param header has another value";
  private static final String NO_HEADER = "A call without the Mcp-Param header of its argument";
  private static final String NO_BASE64 = "A call whose Mcp-Param header is no Base64";

  private ParameterHeaderRules() {}

  /** The page's rules on mirrored parameters. */
  public static List<Rule> rules() {
    return List.of(
        rule("TRAN-578", turnedDown(NO_BASE64, MALFORMED)),
        rule("TRAN-579", turnedDown(OTHER_VALUE, OTHER)),
        rule(
            "TRAN-580",
            Twins.refused(
                LAWFUL,
                "A call whose Mcp-Param header is wrong, missing or unreadable",
                Twins.HEADER,
                OTHER,
                MISSING,
                MALFORMED)),
        rule("TRAN-581", turnedDown(OTHER_VALUE, OTHER)),
        rule("TRAN-583", notExpected("null", NULL)),
        rule("TRAN-585", notExpected("left out", ABSENT)),
        rule("TRAN-587", turnedDown(NO_HEADER, MISSING)),
        rule(
            "TRAN-590",
            Twins.kept(
                NUMBER_LAWFUL,
                NUMBER,
                Exchange::accepted,
                "The header 42.0 is not taken for the integer 42.",
                "Integers in header and body are compared as numbers, not as text.",
                "Parse the header as a number before comparing.")));
  }

  private static Rule rule(String clause, Function<Recording, Verdict> judge) {
    return new Rule(clause, Probes.HTTP, Probes.STATELESS, ParameterHeaders.SCRIPT, judge);
  }

  private static Function<Recording, Verdict> turnedDown(String what, String label) {
    return kept(
        label,
        Exchange::refused,
        what + " is served.",
        what + " is refused with status 400 and error -32020.",
        "Decode the header, compare it with the argument, and refuse a difference.");
  }

  private static Function<Recording, Verdict> notExpected(String how, String label) {
    return kept(
        label,
        e -> e.errorCode().orElse(0) != Twins.MISMATCH,
        "An argument that is " + how + " is expected in a header.",
        "A mirrored argument that is " + how + " has no header, and none is expected.",
        "Expect a header only where the argument has a value.");
  }

  private static Function<Recording, Verdict> kept(
      String label, Predicate<Exchange> right, String summary, String expected, String fix) {
    return Twins.kept(LAWFUL, label, right, summary, expected, fix);
  }
}
