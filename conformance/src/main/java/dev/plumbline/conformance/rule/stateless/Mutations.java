package dev.plumbline.conformance.rule.stateless;

import dev.plumbline.conformance.probe.CallableTool;
import dev.plumbline.conformance.probe.ToolInfo;
import dev.plumbline.conformance.rule.Listing;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Script;
import dev.plumbline.conformance.rule.Stage;
import dev.plumbline.conformance.wire.Bytes;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Draft;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Header;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.evidence.model.Consent;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import dev.plumbline.evidence.model.Transport;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lawful requests and the same with one mutation, feature by feature; recorded once for all the
 * rules that judge one of them.
 */
final class Mutations {
  static final String CALL = "call-lawful";
  static final String GET = "get-lawful";
  static final String COMPLETE = "complete-lawful";
  static final String READ = "read-lawful";
  static final String REQUIRED = "required-lawful";
  private static final String NAME = "Mcp-Name";
  private static final String VERSION = "MCP-Protocol-Version";
  private static final String PREFIX = "io.modelcontextprotocol/";

  private Mutations() {}

  /** Sends all of them. */
  static final Script SCRIPT = Mutations::run;

  private static void run(Stage stage)
      throws TargetException, HarnessException, InterruptedException {
    Conversation conversation = stage.open();
    if (!Probes.lawful(conversation).accepted()) {
      return;
    }
    messages(conversation);
    lists(stage, conversation);
    tools(stage, conversation);
    prompts(stage, conversation);
    resources(stage, conversation);
    if (stage.transport().isHttp()) {
      http(stage, conversation);
    }
  }

  private static Draft discover(Conversation conversation) {
    return conversation.draft("server/discover");
  }

  private static void messages(Conversation conversation)
      throws HarnessException, InterruptedException {
    conversation.send("id-fraction", discover(conversation).id(Messages.NODES.numberNode(1.5)));
    conversation.send("id-null", discover(conversation).id(Messages.NODES.nullNode()));
    // Letters of two, three and four bytes.
    conversation.send(
        "id-letters",
        discover(conversation).id(Messages.NODES.stringNode("plumbline-\u00fc\u6f22\ud83d\ude00")));
    Draft unknown = conversation.draft(Probes.UNKNOWN_METHOD);
    conversation.send("error-text", unknown.id(Messages.NODES.stringNode("Plumbline-Id-E")));
    conversation.send("error-integer", unknown.id(Messages.NODES.numberNode(471_300)));
    ObjectNode nobody = Probes.params("requestId", "plumbline-none");
    conversation.send("notified", conversation.notification("notifications/cancelled", nobody));
    conversation.send("after-notified", discover(conversation));
    conversation.send(
        "meta-unknown",
        discover(conversation)
            .meta(
                meta -> {
                  meta.putObject(PREFIX + "plumbline");
                  return meta;
                }));
  }

  private static void lists(Stage stage, Conversation conversation)
      throws TargetException, HarnessException, InterruptedException {
    Conversation fresh = stage.another();
    for (String feature : Probes.LISTED) {
      if (!stage.probe().declares(feature)) {
        continue;
      }
      String method = feature + "/list";
      Exchange list = Listing.pages(conversation, feature + "-first", method, draft -> draft);
      Listing.pages(fresh, feature + "-fresh", method, draft -> draft);
      Listing.pages(
          conversation, feature + "-other-client", method, d -> d.meta(Mutations::renamed));
      Optional<String> cursor = Listing.cursor(list);
      if (cursor.isPresent()) {
        ObjectNode params = Probes.params("cursor", cursor.get());
        conversation.send(feature + "-page", conversation.draft(method, params));
        fresh.send(feature + "-page-fresh", fresh.draft(method, params));
      }
    }
  }

  private static ObjectNode renamed(ObjectNode meta) {
    meta.putObject(PREFIX + "clientInfo").put("name", "other").put("version", "9");
    return meta;
  }

  private static void tools(Stage stage, Conversation conversation)
      throws HarnessException, InterruptedException {
    Optional<CallableTool> tool = Probes.readOnlyTool(stage);
    if (tool.isPresent()) {
      ObjectNode params = tool.get().params();
      conversation.send(CALL, conversation.draft("tools/call", params));
      ObjectNode loud = params.deepCopy();
      loud.putObject("_meta").put(PREFIX + "logLevel", "loud");
      conversation.send("log-loud", conversation.draft("tools/call", loud));
      String name = tool.get().tool().name();
      String other = flipped(name);
      if (stage.probe().tools().stream().noneMatch(t -> t.name().equals(other))) {
        ObjectNode odd = params.deepCopy().put("name", other);
        conversation.send("call-other-case", conversation.draft("tools/call", odd));
      }
    }
    Optional<ToolInfo> demanding =
        stage.probe().tools().stream()
            .filter(t -> t.callable() && t.needs() == Consent.READ_ONLY)
            .filter(t -> !t.inputSchema().path("required").isEmpty())
            .findFirst();
    if (demanding.isPresent()) {
      ObjectNode params = Probes.params("name", demanding.get().name());
      params.set("arguments", demanding.get().arguments().deepCopy());
      conversation.send(REQUIRED, conversation.draft("tools/call", params));
      params.putObject("arguments");
      conversation.send("required-missing", conversation.draft("tools/call", params));
    }
  }

  private static String flipped(String name) {
    char first = name.charAt(0);
    return (Character.isLowerCase(first)
            ? Character.toUpperCase(first)
            : Character.toLowerCase(first))
        + name.substring(1);
  }

  private static void prompts(Stage stage, Conversation conversation)
      throws HarnessException, InterruptedException {
    List<String> names = stage.probe().prompts();
    if (names.isEmpty()) {
      return;
    }
    var required = stage.probe().promptArguments();
    String name =
        names.stream()
            .filter(n -> !required.getOrDefault(n, List.of()).isEmpty())
            .findFirst()
            .orElse(names.getFirst());
    List<String> needed = required.getOrDefault(name, List.of());
    ObjectNode params = Probes.params("name", name);
    ObjectNode arguments = params.putObject("arguments");
    needed.forEach(argument -> arguments.put(argument, "plumbline:bob"));
    conversation.send(GET, conversation.draft("prompts/get", params));
    ObjectNode unknown = params.deepCopy().put("name", Probes.UNKNOWN_NAME);
    conversation.send("get-unknown", conversation.draft("prompts/get", unknown));
    if (needed.isEmpty()) {
      return;
    }
    ObjectNode bare = params.deepCopy();
    bare.putObject("arguments");
    conversation.send("get-missing", conversation.draft("prompts/get", bare));
    ObjectNode odd = params.deepCopy();
    odd.withObject("/arguments").putObject(needed.getFirst());
    conversation.send("get-object", conversation.draft("prompts/get", odd));
    if (stage.probe().declares("completions")) {
      completions(conversation, name, needed.getFirst());
    }
  }

  private static void completions(Conversation conversation, String prompt, String argument)
      throws HarnessException, InterruptedException {
    ObjectNode params = Messages.object();
    params.putObject("ref").put("type", "ref/prompt").put("name", prompt);
    params.putObject("argument").put("name", argument).put("value", "");
    conversation.send(COMPLETE, conversation.draft("completion/complete", params));
    ObjectNode unknown = params.deepCopy();
    unknown.withObject("/ref").put("name", Probes.UNKNOWN_NAME);
    conversation.send("complete-unknown", conversation.draft("completion/complete", unknown));
    ObjectNode bare = params.deepCopy();
    bare.remove("argument");
    conversation.send("complete-bare", conversation.draft("completion/complete", bare));
    ObjectNode number = params.deepCopy();
    number.withObject("/argument").put("value", 5);
    conversation.send("complete-number", conversation.draft("completion/complete", number));
  }

  private static void resources(Stage stage, Conversation conversation)
      throws HarnessException, InterruptedException {
    if (stage.probe().resources().isEmpty()) {
      return;
    }
    ObjectNode params = Probes.params("uri", stage.probe().resources().getFirst());
    conversation.send(READ, conversation.draft("resources/read", params));
    for (String uri : List.of("no-scheme", "plumbline:///\u0001")) {
      conversation.send(
          "read-odd", conversation.draft("resources/read", Probes.params("uri", uri)));
    }
  }

  private static void http(Stage stage, Conversation conversation)
      throws HarnessException, InterruptedException {
    conversation.send(
        "header-version", discover(conversation).header(VERSION, Probes.UNKNOWN_VERSION));
    conversation.send("header-method", discover(conversation).header("Mcp-Method", "tools/list"));
    Draft old = discover(conversation).addHeader("Mcp-Session-Id", "plumbline-none");
    conversation.send("old-headers", old.addHeader("Last-Event-ID", "plumbline-none"));
    oddCase(stage, conversation);
    refusedNotifications(conversation);
    Draft one = discover(conversation);
    String body = one.message().map(Messages::compact).orElse("{}");
    conversation.send("batch", one.rawBody(Bytes.text("[" + body + "]")));
    Optional<CallableTool> tool = Probes.readOnlyTool(stage);
    if (tool.isPresent()) {
      String name = tool.get().tool().name();
      named(conversation, tool.get(), "header-name", Probes.UNKNOWN_NAME);
      named(conversation, tool.get(), "name-encoded", marked("base64", name));
      named(conversation, tool.get(), "name-encoded-other", marked("base64", name + "x"));
      named(conversation, tool.get(), "name-upper-marks", marked("BASE64", name));
    }
  }

  /** The names of all headers with every letter in the other case. */
  private static void oddCase(Stage stage, Conversation conversation)
      throws HarnessException, InterruptedException {
    // RFC 9113 §8.2.1: in HTTP/2 names are in lower case.
    if (stage.transport() == Transport.HTTP) {
      Optional<CallableTool> tool = Probes.readOnlyTool(stage);
      Draft draft =
          tool.isPresent()
              ? conversation.draft("tools/call", tool.get().params())
              : discover(conversation);
      Draft odd = draft.withoutHeaders();
      for (Header header : draft.headers()) {
        odd = odd.addHeader(flippedAll(header.name()), header.value());
      }
      conversation.send("header-case", odd);
    }
  }

  private static String flippedAll(String name) {
    StringBuilder flipped = new StringBuilder();
    name.chars().forEach(c -> flipped.append(flipped(Character.toString(c))));
    return flipped.toString();
  }

  private static void refusedNotifications(Conversation conversation)
      throws HarnessException, InterruptedException {
    ObjectNode nobody = Probes.params("requestId", "plumbline-none");
    Draft notification = conversation.notification("notifications/cancelled", nobody);
    conversation.send("notified-version", notification.header(VERSION, Probes.UNKNOWN_VERSION));
    conversation.send(
        "notified-foreign", notification.addHeader("Origin", "http://plumbline-foreign.invalid"));
  }

  private static void named(
      Conversation conversation, CallableTool tool, String label, String header)
      throws HarnessException, InterruptedException {
    conversation.send(label, conversation.draft("tools/call", tool.params()).header(NAME, header));
  }

  private static String marked(String mark, String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    return "=?" + mark + "?" + Base64.getEncoder().encodeToString(bytes) + "?=";
  }
}
