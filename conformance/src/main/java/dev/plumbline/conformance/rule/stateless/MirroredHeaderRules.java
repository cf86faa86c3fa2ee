package dev.plumbline.conformance.rule.stateless;

import dev.plumbline.conformance.probe.CallableTool;
import dev.plumbline.conformance.rule.Answer;
import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Stage;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Draft;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rules of the page {@code 2026-07-28/basic/transports/streamable-http} on headers that mirror the
 * body: what they say must be what the body says.
 */
public final class MirroredHeaderRules {
  /** Header and body differ, or a required header is missing. */
  private static final int HEADER_MISMATCH = -32020;

  private static final String VERSION = "MCP-Protocol-Version";
  private static final String METHOD = "Mcp-Method";
  private static final String NAME = "Mcp-Name";
  private static final String OTHER = "other-";
  private static final String MISSING = "missing-";

  /** A real revision other than the one in the body. */
  private static final String OTHER_VERSION = "2025-11-25";

  private MirroredHeaderRules() {}

  /** The page's rules on mirrored headers. */
  public static List<Rule> rules() {
    return List.of(
        new Rule(
            "TRAN-501",
            Probes.HTTP,
            Probes.STATELESS,
            MirroredHeaderRules::mutatesVersion,
            MirroredHeaderRules::refusesOtherVersion),
        new Rule(
            "TRAN-502",
            Probes.HTTP,
            Probes.STATELESS,
            MirroredHeaderRules::mutatesMethod,
            recording -> refuses(METHOD, recording)),
        new Rule(
            "TRAN-503",
            Probes.HTTP,
            Probes.STATELESS,
            MirroredHeaderRules::mutatesName,
            MirroredHeaderRules::refusesOtherName));
  }

  private static void mutatesVersion(Stage stage)
      throws TargetException, HarnessException, InterruptedException {
    Conversation conversation = stage.open();
    Probes.lawful(conversation);
    conversation.send(
        OTHER + VERSION, conversation.draft("server/discover").header(VERSION, OTHER_VERSION));
  }

  private static void mutatesMethod(Stage stage)
      throws TargetException, HarnessException, InterruptedException {
    Conversation conversation = stage.open();
    Probes.lawful(conversation);
    conversation.send(
        OTHER + METHOD, conversation.draft("server/discover").header(METHOD, "tools/list"));
    conversation.send(
        MISSING + METHOD, conversation.draft("server/discover").withoutHeader(METHOD));
  }

  private static void mutatesName(Stage stage)
      throws TargetException, HarnessException, InterruptedException {
    Conversation conversation = stage.open();
    Optional<CallableTool> tool = Probes.readOnlyTool(stage);
    if (tool.isPresent()) {
      mutatesName(conversation, "tools/call", tool.get().params());
    } else if (!stage.probe().resources().isEmpty()) {
      String uri = stage.probe().resources().getFirst();
      mutatesName(conversation, "resources/read", Probes.params("uri", uri));
    }
  }

  private static void mutatesName(Conversation conversation, String method, ObjectNode params)
      throws HarnessException, InterruptedException {
    conversation.send(Probes.LAWFUL, conversation.draft(method, params));
    Draft other = conversation.draft(method, params).header(NAME, Probes.UNKNOWN_NAME);
    conversation.send(OTHER + NAME, other);
    Draft missing = conversation.draft(method, params).withoutHeader(NAME);
    conversation.send(MISSING + NAME, missing);
  }

  private static Verdict refusesOtherVersion(Recording recording) {
    Examination examination = new Examination(recording);
    if (!examination.served(Probes.LAWFUL)) {
      return examination.verdict();
    }
    Optional<Exchange> other = examination.answered(OTHER + VERSION);
    boolean unsupported =
        other.isPresent()
            && other.get().errorCode().orElse(0) == VersioningRules.UNSUPPORTED_VERSION
            && other.get().status().orElse(0) == 400;
    if (unsupported && !supports(recording)) {
      // The page fixes no order of checks: a version the server does not support may be told first.
      examination.kept();
    } else {
      other.ifPresent(e -> judge(VERSION, e, examination));
    }
    return examination.verdict();
  }

  private static boolean supports(Recording recording) {
    return recording
        .exchange(Probes.LAWFUL)
        .flatMap(Exchange::result)
        .orElseGet(Messages::object)
        .path("supportedVersions")
        .valueStream()
        .map(JsonNode::stringValueOpt)
        .flatMap(Optional::stream)
        .anyMatch(OTHER_VERSION::equals);
  }

  private static Verdict refusesOtherName(Recording recording) {
    boolean nothing =
        recording.exchanges().isEmpty() && recording.fact(Recording.STOPPED).isEmpty();
    return nothing
        ? new Verdict.NotApplicable("no read-only tool and no resource to name")
        : refuses(NAME, recording);
  }

  private static Verdict refuses(String header, Recording recording) {
    Examination examination = new Examination(recording);
    if (examination.served(Probes.LAWFUL)) {
      for (String label : List.of(OTHER + header, MISSING + header)) {
        examination.answered(label).ifPresent(e -> judge(header, e, examination));
      }
    }
    return examination.verdict();
  }

  private static void judge(String header, Exchange exchange, Examination examination) {
    boolean named = exchange.errorCode().orElse(0) == HEADER_MISMATCH;
    if (named && exchange.status().orElse(0) == 400) {
      examination.kept();
      return;
    }
    String what =
        exchange.label().startsWith(MISSING)
            ? "A request without its " + header + " header"
            : "A request whose " + header + " header contradicts its body";
    examination.broken(
        exchange,
        what
            + (exchange.accepted()
                ? " is served."
                : " is refused, but not with status 400 and error -32020."),
        "A request whose header is missing or differs from the body is refused with status 400 and"
            + " error -32020.",
        "The answer is " + Answer.told(exchange) + ".",
        "Compare "
            + header
            + " with the body before serving the request, and refuse a difference"
            + " with 400 Bad Request and error -32020.");
  }
}
