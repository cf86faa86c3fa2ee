package dev.plumbline.conformance.rule.stateless;

import dev.plumbline.conformance.rule.Answer;
import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Stage;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import dev.plumbline.evidence.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Rules of the page {@code 2026-07-28/basic/versioning}. */
public final class VersioningRules {
  /** The version of a request is not supported. */
  static final int UNSUPPORTED_VERSION = -32022;

  private static final String UNKNOWN = "unknown-version";

  private VersioningRules() {}

  /** The page's rules. */
  public static List<Rule> rules() {
    return List.of(
        new Rule(
            "VERS-501",
            Probes.ANY,
            Probes.STATELESS,
            VersioningRules::namesUnknownVersion,
            VersioningRules::listsSupportedVersions),
        new Rule(
            "TRAN-598",
            Probes.HTTP,
            Probes.STATELESS,
            VersioningRules::namesUnknownVersion,
            VersioningRules::listsSupportedVersions));
  }

  private static void namesUnknownVersion(Stage stage)
      throws TargetException, HarnessException, InterruptedException {
    Conversation conversation = stage.open();
    Probes.lawful(conversation);
    conversation.send(
        UNKNOWN, conversation.draft("server/discover").revision(Probes.UNKNOWN_VERSION));
  }

  private static Verdict listsSupportedVersions(Recording recording) {
    Examination examination = new Examination(recording);
    if (examination.served(Probes.LAWFUL)) {
      examination.answered(UNKNOWN).ifPresent(e -> judge(e, examination));
    }
    return examination.verdict();
  }

  private static void judge(Exchange exchange, Examination examination) {
    List<String> defects = defects(exchange);
    if (defects.isEmpty()) {
      examination.kept();
      return;
    }
    examination.broken(
        exchange,
        "An unsupported protocol version is not refused as the page asks: "
            + String.join(", ", defects)
            + ".",
        "An unsupported version is refused with error -32022 whose data lists the supported"
            + " versions and repeats the requested one; over HTTP the status is 400.",
        "Version 1900-01-01 was answered with "
            + Answer.told(exchange)
            + "; "
            + String.join(", ", defects)
            + ".",
        "Answer such requests with error -32022, data.supported (an array of versions) and"
            + " data.requested.");
  }

  private static List<String> defects(Exchange exchange) {
    if (exchange.errorCode().orElse(0) != UNSUPPORTED_VERSION) {
      return List.of("the answer is no error -32022");
    }
    List<String> defects = new ArrayList<>();
    JsonNode data = exchange.error().orElseGet(Messages::object).path("data");
    if (exchange.status().orElse(400) != 400) {
      defects.add("the status is not 400");
    }
    JsonNode supported = data.path("supported");
    if (!supported.isArray()
        || supported.isEmpty()
        || !supported.valueStream().allMatch(JsonNode::isString)) {
      defects.add("data.supported is not a list of versions");
    }
    if (!data.path("requested").asString("").equals(Probes.UNKNOWN_VERSION)) {
      defects.add("data.requested does not repeat the requested version");
    }
    return defects;
  }
}
