package dev.plumbline.evidence.bundle.report;

import dev.plumbline.evidence.bundle.gate.DecisionRecord.Gap;
import dev.plumbline.evidence.bundle.gate.GateOutcome;
import dev.plumbline.evidence.bundle.gate.GateOutcome.State;
import dev.plumbline.evidence.bundle.gate.Objection;
import java.util.List;

/** Why the decision is what it is, and, equally visible, what it says nothing about. */
final class HtmlGates {
  /** A gate names this many objections; the findings below tell them all. */
  private static final int MAX_OBJECTIONS = 12;

  private HtmlGates() {}

  static Html render(Reported bundle) {
    return Html.of(
        """
        <section id="why" aria-labelledby="why-h"><h2 id="why-h">Why</h2>
        <p class="lead">Each gate asks one question of the evidence. What was found stands beside what is demanded.</p>
        <ol class="sheet gates"><li class="gate head" aria-hidden="true"><span></span><span>gate</span><span>found</span><span>demanded</span></li>{}</ol>{}
        </section>
        <section id="unseen" aria-labelledby="unseen-h"><h2 id="unseen-h">What was not looked at</h2>
        {}
        </section>
        """,
        Html.join(Order.objectedFirst(bundle.decided().gates()).stream().map(HtmlGates::gate)),
        accepted(bundle.decided().accepted()),
        gaps(bundle.decided().notLookedAt()));
  }

  private static Html gate(GateOutcome gate) {
    String value = gate.state() == State.NOT_EVALUATED ? "–" : gate.value();
    return Html.of(
        """
        <li class="gate {}"><span class="mark {}">{}</span><span><span class="id">{}</span>{}</span>\
        <span class="num"><span class="label">found</span>{}</span><span class="num"><span class="label">demanded</span>{}</span>{}</li>
        """,
        tone(gate.state()),
        symbol(gate.state()),
        word(gate.state()),
        gate.id(),
        Html.of(gate.state() == State.OBJECTED ? "<b>{}</b>" : "{}", gate.title()),
        value,
        gate.threshold(),
        why(gate));
  }

  private static Html why(GateOutcome gate) {
    return switch (gate.state()) {
      case HELD -> Html.NONE;
      case NOT_EVALUATED -> Html.of("<div class=\"why\">{}</div>", gate.summary());
      case OBJECTED -> {
        List<Objection> all = gate.objections();
        List<Objection> shown = all.subList(0, Math.min(MAX_OBJECTIONS, all.size()));
        yield Html.of(
            "<div class=\"why\"><ul>{}{}</ul></div>",
            Html.join(shown.stream().map(o -> Html.of("<li>{}</li>", o.text()))),
            Html.of("<li>and {} more</li>", all.size() - shown.size())
                .when(all.size() > shown.size()));
      }
    };
  }

  private static String tone(State state) {
    return switch (state) {
      case HELD -> "tone-go";
      case OBJECTED -> "tone-no";
      case NOT_EVALUATED -> "tone-doubt";
    };
  }

  private static String symbol(State state) {
    return switch (state) {
      case HELD -> "pass";
      case OBJECTED -> "fail";
      case NOT_EVALUATED -> "none";
    };
  }

  private static String word(State state) {
    return switch (state) {
      case HELD -> "holds";
      case OBJECTED -> "objects";
      case NOT_EVALUATED -> "not evaluated";
    };
  }

  private static Html accepted(List<String> accepted) {
    return Html.of(
            "<p class=\"notice\">Accepted by the baseline, and so no objection: {}</p>",
            String.join("; ", accepted))
        .when(!accepted.isEmpty());
  }

  private static Html gaps(List<Gap> gaps) {
    if (gaps.isEmpty()) {
      return Html.of("<p class=\"lead\">Nothing that this profile covers was left out.</p>");
    }
    return Html.of(
        "<p class=\"lead\">The decision says nothing about these.</p><ul class=\"sheet gaps\">{}</ul>",
        Html.join(gaps.stream().map(HtmlGates::gap)));
  }

  private static Html gap(Gap gap) {
    return Html.of(
        "<li><b>{}</b><span>{}</span>{}</li>",
        gap.what(),
        gap.why(),
        Html.of(
                "<span class=\"ids\">{}: {}</span>",
                gap.checks().size() == 1 ? "1 check" : gap.checks().size() + " checks",
                String.join(", ", gap.checks()))
            .when(!gap.checks().isEmpty()));
  }
}
