package dev.plumbline.conformance.rule.stateless;

import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.Listing;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Rules of several pages on what those who listen are told, and what not. */
public final class ChangeRules {
  private static final String LOG = "notifications/message";

  private ChangeRules() {}

  /** The rules on changes and on log messages beside them. */
  public static List<Rule> rules() {
    return List.of(
        change("TOOL-512", "tools"),
        change("PROM-506", "prompts"),
        change("RES-507", "resources"),
        new Rule(
            "LOGG-504",
            Probes.ANY,
            Probes.STATELESS,
            Changes.SCRIPT,
            ChangeRules::logsTravelWithAnswers));
  }

  private static Rule change(String clause, String feature) {
    return new Rule(
        clause,
        Probes.ANY,
        Probes.STATELESS.capability(feature + ".listChanged"),
        Changes.SCRIPT,
        recording -> announced(recording, feature));
  }

  private static Verdict announced(Recording recording, String feature) {
    Examination examination = new Examination(recording);
    if (!examination.served(Probes.LAWFUL)) {
      return examination.verdict();
    }
    Optional<Exchange> change = recording.exchange("change-" + feature).filter(Exchange::accepted);
    Optional<Exchange> after = recording.exchange(feature + "-after").filter(Exchange::accepted);
    if (change.isEmpty() || after.isEmpty() || !promised(recording, feature)) {
      examination.unseen("no tool that may be called changes the list of " + feature);
      return examination.verdict();
    }
    String method = "notifications/" + feature + "/list_changed";
    List<String> before = Listing.names(recording, feature, feature + "-before");
    List<String> now = Listing.names(recording, feature, feature + "-after");
    if (heard(recording, method)) {
      examination.kept();
    } else if (before.equals(now)) {
      examination.unseen("the list of " + feature + " did not change");
    } else {
      examination.broken(
          change.get(),
          "The list of " + feature + " changed, and those who listen were not told.",
          "When a list changes, " + method + " is sent to whoever listens for it.",
          "Before the call " + before + ", after it " + now + "; nothing came meanwhile.",
          "Publish " + method + " to the open subscriptions whenever the list changes.");
    }
    return examination.verdict();
  }

  /** Whether the acknowledgement names the filter. */
  private static boolean promised(Recording recording, String feature) {
    return messages(recording, "notifications/subscriptions/acknowledged")
        .anyMatch(m -> m.at("/params/notifications/" + feature + "ListChanged").asBoolean(false));
  }

  private static boolean heard(Recording recording, String method) {
    return messages(recording, method).findAny().isPresent();
  }

  private static Stream<JsonNode> messages(Recording recording, String method) {
    return recording.exchanges().stream()
        .flatMap(e -> e.messages().stream())
        .filter(m -> m.path("method").asString("").equals(method));
  }

  private static Verdict logsTravelWithAnswers(Recording recording) {
    Examination examination = new Examination(recording);
    if (!examination.served(Probes.LAWFUL)) {
      return examination.verdict();
    }
    Optional<Exchange> listen = recording.exchange(Changes.LISTEN);
    boolean logged = recording.exchanges(Changes.LOGGING).anyMatch(ChangeRules::logs);
    if (!recording.transport().isHttp() || listen.isEmpty() || !logged) {
      examination.unseen("no tool logged while somebody listened on another stream");
    } else {
      Twins.hold(
          examination,
          listen.get(),
          e -> !logs(e),
          "A log message comes on the stream of a subscription.",
          "A log message travels on the stream of the request it belongs to, and on no other.",
          "Send log messages to the request they come from; subscriptions carry changes only.");
    }
    return examination.verdict();
  }

  private static boolean logs(Exchange exchange) {
    return exchange.messages().stream().anyMatch(m -> m.path("method").asString("").equals(LOG));
  }
}
