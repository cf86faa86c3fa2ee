package dev.plumbline.conformance.run;

import dev.plumbline.conformance.probe.EraProbe;
import dev.plumbline.conformance.probe.ProbeReport;
import dev.plumbline.conformance.probe.Silence;
import dev.plumbline.conformance.probe.ToolInfo;
import dev.plumbline.conformance.rule.Requires;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.evidence.model.Consent;
import dev.plumbline.evidence.model.Names;
import dev.plumbline.evidence.model.Transport;
import java.util.List;
import java.util.Optional;

/** Decides which rules apply to a target: by transport, era, revision, capability and consent. */
final class Gate {
  private final List<Transport> offered;
  private final ProbeReport probe;
  private final Consent consent;

  Gate(List<Transport> offered, ProbeReport probe, Consent consent) {
    this.offered = offered;
    this.probe = probe;
    this.consent = consent;
  }

  /** The rule's line in the plan. */
  Plan.Entry entry(Rule rule) {
    Requires requires = rule.requires();
    if (offered.stream().noneMatch(rule.transports()::contains)) {
      String wanted = rule.transports().stream().map(Transport::id).sorted().findFirst().orElse("");
      return not(rule, Plan.Status.NOT_APPLICABLE, "transport " + wanted);
    }
    Optional<EraProbe> spoken =
        offered.stream()
            .filter(rule.transports()::contains)
            .flatMap(transport -> probe.era(requires.era(), transport).stream())
            .findFirst();
    if (spoken.isEmpty()) {
      List<Transport> over = offered.stream().filter(rule.transports()::contains).toList();
      Optional<Silence> silence = probe.silence(requires.era(), over);
      if (silence.isPresent()) {
        return not(rule, Plan.Status.UNOBSERVABLE, silence.get().text());
      }
      return not(rule, Plan.Status.NOT_APPLICABLE, "era " + requires.era().revision());
    }
    return entry(rule, spoken.get());
  }

  private Plan.Entry entry(Rule rule, EraProbe spoken) {
    Requires requires = rule.requires();
    if (spoken.revision().compareTo(requires.since()) < 0) {
      return not(rule, Plan.Status.NOT_APPLICABLE, "revision " + requires.since());
    }
    String until = requires.until();
    if (until != null && spoken.revision().compareTo(until) > 0) {
      return not(rule, Plan.Status.NOT_APPLICABLE, "revision " + until);
    }
    for (String capability : requires.capabilities()) {
      if (!spoken.declares(capability)) {
        return not(rule, Plan.Status.NOT_APPLICABLE, "capability " + capability);
      }
    }
    if (requires.session() && !spoken.session()) {
      return not(rule, Plan.Status.NOT_APPLICABLE, "session");
    }
    if (!consent.covers(requires.consent())) {
      return not(rule, Plan.Status.NOT_APPLICABLE, "consent " + requires.consent().id());
    }
    if (requires.callableTool() && spoken.callableTool(consent).isEmpty()) {
      return withoutTool(rule, spoken);
    }
    return new Plan.Entry(
        rule.clause(), requires.era(), spoken.transport(), Plan.Status.APPLIES, "");
  }

  private static Plan.Entry withoutTool(Rule rule, EraProbe spoken) {
    Optional<ToolInfo> forbidden = spoken.tools().stream().filter(ToolInfo::callable).findFirst();
    if (forbidden.isPresent()) {
      return not(
          rule, Plan.Status.NOT_APPLICABLE, "consent " + Names.toId(forbidden.get().needs()));
    }
    String why =
        spoken.tools().stream()
            .findFirst()
            .map(tool -> "no tool can be called; " + tool.name() + ": " + tool.obstacle())
            .orElse("no tool is listed");
    return not(rule, Plan.Status.UNOBSERVABLE, why);
  }

  private static Plan.Entry not(Rule rule, Plan.Status status, String reason) {
    return new Plan.Entry(rule.clause(), rule.requires().era(), null, status, reason);
  }
}
