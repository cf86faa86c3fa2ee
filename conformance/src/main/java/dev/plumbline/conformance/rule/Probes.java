package dev.plumbline.conformance.rule;

import dev.plumbline.conformance.probe.CallableTool;
import dev.plumbline.conformance.probe.ToolInfo;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.evidence.model.Consent;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Transport;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Requests that several scripts send, each with the label its judge looks for. */
public final class Probes {
  /** Judged over every transport. */
  public static final Set<Transport> ANY = Set.of(Transport.values());

  /** Judged over HTTP only, whatever its version. */
  public static final Set<Transport> HTTP = Set.of(Transport.HTTP, Transport.HTTP2);

  /** Judged over stdio only. */
  public static final Set<Transport> STDIO = Set.of(Transport.STDIO);

  /** A rule of the handshake era. */
  public static final Requires HANDSHAKE = Requires.era(Era.HANDSHAKE);

  /** A rule of the stateless era. */
  public static final Requires STATELESS =
      Requires.era(Era.STATELESS).since(Era.STATELESS.revision());

  /** The lawful request of a twin probe. */
  public static final String LAWFUL = "lawful";

  /** A protocol version that never was. */
  public static final String UNKNOWN_VERSION = "1900-01-01";

  /** A method that no revision knows. */
  public static final String UNKNOWN_METHOD = "plumbline/unknown-method";

  /** A tool, prompt or other thing that nobody has. */
  public static final String UNKNOWN_NAME = "plumbline-no-such-name";

  /** How many pages of a list are read. */
  public static final int MAX_PAGES = 20;

  /** The features that have a list, by capability. */
  public static final List<String> LISTED = List.of("tools", "resources", "prompts");

  /** How many tools are tried. */
  private static final int MAX_TOOLS = 64;

  private Probes() {}

  /** The cheapest lawful request of the era: {@code ping} or {@code server/discover}. */
  public static String cheapest(Era era) {
    return era == Era.HANDSHAKE ? "ping" : "server/discover";
  }

  /** Sends the cheapest lawful request. */
  public static Exchange lawful(Conversation conversation)
      throws HarnessException, InterruptedException {
    return conversation.send(LAWFUL, conversation.draft(cheapest(conversation.era())));
  }

  /** Parameters with one string. */
  public static ObjectNode params(String name, String value) {
    return Messages.object().put(name, value);
  }

  /** Sends the list request of every declared feature, labelled {@code tools-list} and so on. */
  public static void lists(Stage stage, Conversation conversation)
      throws HarnessException, InterruptedException {
    for (String feature : LISTED) {
      if (stage.probe().declares(feature)) {
        conversation.send(feature + "-list", conversation.draft(feature + "/list"));
      }
    }
  }

  /** Sends {@code tools/list} until the last page, labelled {@code tools-list}, numbered. */
  public static void allTools(Conversation conversation)
      throws HarnessException, InterruptedException {
    allTools(conversation, "tools-list");
  }

  /** Sends {@code tools/list} until the last page; the label is numbered from the second on. */
  public static void allTools(Conversation conversation, String label)
      throws HarnessException, InterruptedException {
    Listing.pages(conversation, label, "tools/list", draft -> draft);
  }

  /** A tool that says it changes nothing and for which arguments are known. */
  public static Optional<CallableTool> readOnlyTool(Stage stage) {
    return stage.probe().callableTool(Consent.READ_ONLY);
  }

  /** The tools that may be called, those that change nothing first; bounded. */
  public static List<CallableTool> callableTools(Stage stage) {
    return stage.probe().tools().stream()
        .filter(tool -> tool.callable() && stage.consent().covers(tool.needs()))
        .sorted(Comparator.comparing(ToolInfo::needs))
        .limit(MAX_TOOLS)
        .map(tool -> new CallableTool(tool, (ObjectNode) tool.arguments().deepCopy()))
        .toList();
  }
}
