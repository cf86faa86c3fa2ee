package dev.plumbline.evidence.bundle.report;

import dev.plumbline.evidence.bundle.gate.GateOutcome;
import dev.plumbline.evidence.bundle.gate.Gates;
import dev.plumbline.evidence.bundle.gate.Objection;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Finding;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.stream.Collectors;

/**
 * {@code junit.xml}: one test suite a suite and one for the gates. A failed SHOULD is a passed test
 * with a warning in its output, because it does not make a run NO-GO.
 */
final class JUnitXml {
  private static final int MAX_TEXT = 4000;

  private final StringBuilder out = new StringBuilder();
  private final Reported bundle;

  private JUnitXml(Reported bundle) {
    this.bundle = bundle;
  }

  static String render(Reported bundle) {
    JUnitXml xml = new JUnitXml(bundle);
    xml.out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.out
        .append("<testsuites name=")
        .append(quote("plumbline " + bundle.run().target().name()))
        .append(">\n");
    xml.gates(bundle.decided().gates());
    bundle.results().values().forEach(xml::suite);
    xml.out.append("</testsuites>\n");
    return xml.out.toString();
  }

  private void gates(List<GateOutcome> gates) {
    long failed = gates.stream().filter(g -> g.state() == GateOutcome.State.OBJECTED).count();
    long skipped = gates.stream().filter(g -> g.state() == GateOutcome.State.NOT_EVALUATED).count();
    open("gates", gates.size(), failed, 0, skipped);
    for (GateOutcome gate : gates) {
      testCase("plumbline.gates", gate.id() + " " + gate.title());
      switch (gate.state()) {
        case HELD -> {
          if (gate.id().equals(Gates.BASELINE)) {
            output(gate.summary());
          } else {
            out.append("/>\n");
          }
        }
        case NOT_EVALUATED -> child("skipped", gate.summary(), "");
        case OBJECTED ->
            child(
                "failure",
                gate.summary(),
                gate.objections().stream().map(Objection::text).collect(Collectors.joining("\n")));
      }
    }
    out.append("  </testsuite>\n");
  }

  private void suite(SuiteResult result) {
    long failed = result.checks().stream().filter(this::isFailure).count();
    long errors =
        result.checks().stream().filter(c -> c.verdict() instanceof Verdict.HarnessFault).count();
    long skipped = result.checks().stream().filter(this::isSkipped).count();
    open(result.suite().id(), result.checks().size(), failed, errors, skipped);
    result.checks().forEach(check -> check(result.suite().id(), check));
    out.append("  </testsuite>\n");
  }

  private void check(String suite, CheckResult check) {
    String where = Text.where(check).replace(" · ", ".");
    testCase(
        "plumbline." + suite + (where.isEmpty() ? "" : "." + where),
        check.id() + " " + check.title());
    switch (check.verdict()) {
      case Verdict.Pass _ -> out.append("/>\n");
      case Verdict.NotObserved(var missing) -> child("skipped", "not observed: " + missing, "");
      case Verdict.NotApplicable(var reason) -> child("skipped", "not applicable: " + reason, "");
      case Verdict.HarnessFault(var cause) -> child("error", cause, "");
      case Verdict.Fail(var findings) -> {
        if (isFailure(check)) {
          child("failure", findings.getFirst().summary(), text(check, findings));
        } else if (bundle.isAccepted(check)) {
          child("skipped", "accepted by the baseline: " + findings.getFirst().summary(), "");
        } else {
          output("warning: " + text(check, findings));
        }
      }
    }
  }

  private boolean isFailure(CheckResult check) {
    return check.verdict() instanceof Verdict.Fail
        && check.level().isMandatory()
        && !bundle.isAccepted(check);
  }

  private boolean isSkipped(CheckResult check) {
    return check.verdict() instanceof Verdict.NotObserved
        || check.verdict() instanceof Verdict.NotApplicable
        || (check.verdict() instanceof Verdict.Fail && bundle.isAccepted(check));
  }

  private static String text(CheckResult check, List<Finding> findings) {
    return findings.stream()
        .map(
            f ->
                f.summary()
                    + "\nexpected: "
                    + f.expected()
                    + "\nactual:   "
                    + f.actual()
                    + "\nsent:     "
                    + Text.shorten(f.sent(), MAX_TEXT)
                    + "\nreceived: "
                    + Text.shorten(f.received(), MAX_TEXT)
                    + "\nfix:      "
                    + f.fix()
                    + "\npage:     "
                    + check.page()
                    + "\nevidence: "
                    + String.join(", ", f.evidence()))
        .collect(Collectors.joining("\n\n"));
  }

  private void open(String name, long tests, long failures, long errors, long skipped) {
    out.append("  <testsuite name=")
        .append(quote(name))
        .append(" tests=\"")
        .append(tests)
        .append("\" failures=\"")
        .append(failures)
        .append("\" errors=\"")
        .append(errors)
        .append("\" skipped=\"")
        .append(skipped)
        .append("\" timestamp=")
        .append(quote(bundle.run().started().toString()))
        .append(">\n");
  }

  private void testCase(String className, String name) {
    out.append("    <testcase classname=")
        .append(quote(className))
        .append(" name=")
        .append(quote(name));
  }

  private void child(String element, String message, String text) {
    out.append(">\n      <")
        .append(element)
        .append(" message=")
        .append(quote(Text.shorten(message, MAX_TEXT)));
    if (text.isEmpty()) {
      out.append("/>");
    } else {
      out.append('>').append(escape(text)).append("</").append(element).append('>');
    }
    out.append("\n    </testcase>\n");
  }

  private void output(String text) {
    out.append(">\n      <system-out>")
        .append(escape(text))
        .append("</system-out>\n    </testcase>\n");
  }

  private static String quote(String text) {
    return '"' + escape(text).replace("\n", "&#10;").replace("\t", "&#9;") + '"';
  }

  /** Character data; what XML 1.0 §2.2 cannot hold at all becomes U+FFFD. */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\r' -> escaped.append("&#13;");
                default -> escaped.appendCodePoint(isXml(c) ? c : 0xFFFD);
              }
            });
    return escaped.toString();
  }

  private static boolean isXml(int c) {
    return c == '\t'
        || c == '\n'
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }
}
