package dev.plumbline.conformance.rule.stateless;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.conformance.rule.Recorded;
import dev.plumbline.evidence.model.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is tried on each rule that judges one recording of a walk through everything. */
abstract class WalkCases {
  /**
   * One clause.
   *
   * @param clause its id
   * @param method what was asked
   * @param good members of an answer that keeps it
   * @param bad members of an answer that breaks it
   * @param summary what is said about that
   */
  record Case(String clause, String method, String good, String bad, String summary) {
    @Override
    public String toString() {
      return clause + " " + bad;
    }
  }

  /** An answer to x/y whose result has these members. */
  static Case result(String clause, String good, String bad, String summary) {
    return result(clause, "x/y", good, bad, summary);
  }

  /** The same for a method. */
  static Case result(String clause, String method, String good, String bad, String summary) {
    return new Case(
        clause, method, "\"result\":{" + good + "}", "\"result\":{" + bad + "}", summary);
  }

  private static Recorded lawful(Case known) {
    Recorded recorded =
        known.clause().equals("TRAN-510")
            ? Recorded.stdio(known.clause())
            : Recorded.http(known.clause());
    return recorded.sent("lawful", "server/discover").result("{\"_meta\":{\"a/b\":1}}");
  }

  private static Recorded answered(Case known, String members) {
    String id = members.contains("\"id\"") ? "" : "\"id\":9,";
    return lawful(known)
        .sent("x", known.method(), "{}", "9")
        .message(200, "{\"jsonrpc\":\"2.0\"," + id + members + "}");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatKeepsTheClausePasses(Case known) {
    assertThat(answered(known, known.good()).judged()).isInstanceOf(Verdict.Pass.class);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatBreaksTheClauseIsTold(Case known) {
    answered(known, known.bad()).fails(known.summary());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aServerThatServesNothingShowsNothing(Case known) {
    assertThat(Recorded.http(known.clause()).sent("lawful", "server/discover").late().judged())
        .isInstanceOf(Verdict.NotObserved.class);
  }
}
