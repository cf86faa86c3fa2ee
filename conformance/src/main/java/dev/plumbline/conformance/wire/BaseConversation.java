package dev.plumbline.conformance.wire;

import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** What all transports share: lawful messages, opening, ids, the recorder. */
abstract class BaseConversation implements Conversation {
  /** How long a send waits when nobody said otherwise. */
  static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(5);

  /** How we name ourselves. */
  static final String CLIENT_NAME = "plumbline";

  static final String CLIENT_VERSION = "0.1.0";

  /** Revisions that open with a handshake, newest first. */
  private static final List<String> HANDSHAKE_REVISIONS =
      List.of("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05");

  /** A stream that asks more than this is not answered any further. */
  private static final int MAX_ANSWERS = 100;

  private final Era era;
  private final Recorder recorder;
  private final Redactor redactor;
  private final Mirror mirror = new Mirror();
  private int number;
  private Duration deadline = DEFAULT_DEADLINE;
  private ObjectNode capabilities = Messages.object();
  private String revision;
  private Optional<String> session = Optional.empty();
  private JsonNode opened = MissingNode.getInstance();
  private long nextId = 1;
  private final AtomicInteger answers = new AtomicInteger();
  private final Map<String, Answers> given = new ConcurrentHashMap<>();

  BaseConversation(Era era, Recorder recorder, Redactor redactor) {
    this.era = era;
    this.recorder = recorder;
    this.redactor = redactor;
    this.revision = era.revision();
    this.number = recorder.enter();
  }

  @Override
  public final Era era() {
    return era;
  }

  @Override
  public final String revision() {
    return revision;
  }

  @Override
  public final void ask(String wanted) {
    if (era == Era.STATELESS || !opened.isMissingNode()) {
      return;
    }
    revision = wanted;
  }

  @Override
  public final void declare(ObjectNode declared) {
    if (opened.isMissingNode()) {
      capabilities = declared.deepCopy();
    }
  }

  @Override
  public final void answering(String method, Answers said) {
    given.put(method, said);
  }

  @Override
  public final void usual(String method) {
    given.remove(method);
  }

  /** What is said to a request of the target. */
  final List<ObjectNode> saidTo(JsonNode request) throws HarnessException, InterruptedException {
    Answers own = given.get(request.path("method").asString(""));
    if (own == null) {
      return answerTo(request).stream().toList();
    }
    return answers.incrementAndGet() > MAX_ANSWERS ? List.of() : own.to(request);
  }

  @Override
  public final Optional<String> session() {
    return session;
  }

  @Override
  public final void deadline(Duration time) {
    deadline = time;
  }

  final Duration deadline() {
    return deadline;
  }

  final Redactor redactor() {
    return redactor;
  }

  final Mirror mirror() {
    return mirror;
  }

  /** Goes on as the other conversation, with ids it has not used. */
  final void continueAfter(BaseConversation other) {
    nextId = other.nextId;
    number = other.number;
  }

  @Override
  public final void know(String tool, JsonNode inputSchema) {
    mirror.know(tool, inputSchema);
  }

  final Recorder recorder() {
    return recorder;
  }

  @Override
  public final JsonNode opened() {
    return opened;
  }

  @Override
  public final Recording recording(String id, Map<String, String> facts) {
    return recorder.recording(id, era, transport(), facts);
  }

  @Override
  public final Draft draft(String method, ObjectNode params) {
    ObjectNode message = Messages.object();
    message.put("jsonrpc", "2.0");
    message.put("id", nextId++);
    return lawful(message, method, params);
  }

  @Override
  public final Draft notification(String method, ObjectNode params) {
    ObjectNode message = Messages.object();
    message.put("jsonrpc", "2.0");
    return lawful(message, method, params);
  }

  private Draft lawful(ObjectNode message, String method, ObjectNode params) {
    message.put("method", method);
    ObjectNode own = params.deepCopy();
    if (era == Era.STATELESS) {
      ObjectNode meta = own.withObject("/_meta");
      meta.put(Draft.META_VERSION, revision);
      meta.set(Draft.META_CLIENT, clientInfo());
      meta.set(Draft.META_CAPABILITIES, capabilities.deepCopy());
    }
    if (!own.isEmpty()) {
      message.set("params", own);
    }
    return wrap(message, method.equals("initialize"));
  }

  /** The message on its transport; {@code opening} messages carry no session and no version. */
  abstract Draft wrap(ObjectNode message, boolean opening);

  @Override
  public final void open() throws TargetException, HarnessException, InterruptedException {
    if (era == Era.STATELESS || !opened.isMissingNode()) {
      return;
    }
    ObjectNode params = Messages.object();
    params.put("protocolVersion", revision);
    params.set("capabilities", capabilities.deepCopy());
    params.set("clientInfo", clientInfo());
    Exchange exchange = send("initialize", draft("initialize", params));
    JsonNode result = exchange.accepted() ? exchange.result().orElseThrow() : null;
    if (result == null) {
      throw new TargetException("initialize got no result: " + summary(exchange));
    }
    String negotiated = result.path("protocolVersion").asString("");
    if (!HANDSHAKE_REVISIONS.contains(negotiated)) {
      throw new TargetException("initialize negotiated a revision nobody knows: " + negotiated);
    }
    revision = negotiated;
    opened = result;
    send("initialized", notification("notifications/initialized", Messages.object()));
  }

  private static ObjectNode clientInfo() {
    return Messages.object().put("name", CLIENT_NAME).put("version", CLIENT_VERSION);
  }

  /** Remembers the session a response to {@code initialize} assigned. */
  final void remember(Optional<String> assigned) {
    session = assigned;
  }

  /** Takes an exchange down. */
  final Exchange record(
      String label, Outbound out, Inbound in, End end, long sentAt, long firstAt, long endedAt)
      throws HarnessException {
    return recorder.add(
        new Exchange(
            label,
            transport(),
            out,
            in,
            end,
            recorder.at(sentAt),
            firstAt < 0 ? -1 : recorder.at(firstAt),
            recorder.at(endedAt)),
        redactor,
        number);
  }

  /**
   * The lawful answer to a request of the target: what was not declared is an unknown method. Empty
   * when it must not or will not be answered.
   */
  private Optional<ObjectNode> answerTo(JsonNode request) {
    // 2026-07-28 knows no requests from servers, and clients send no responses there.
    if (era == Era.STATELESS
        || !isId(request.path("id"))
        || answers.incrementAndGet() > MAX_ANSWERS) {
      return Optional.empty();
    }
    ObjectNode answer = Messages.object();
    answer.put("jsonrpc", "2.0");
    answer.set("id", request.path("id"));
    String method = request.path("method").asString("");
    String capability = method.substring(0, Math.max(0, method.indexOf('/')));
    switch (method.equals("ping") || capabilities.has(capability) ? method : "") {
      case "ping" -> answer.putObject("result");
      case "roots/list" -> answer.putObject("result").putArray("roots");
      case "elicitation/create" -> answer.putObject("result").put("action", "decline");
      // 2025-11-25 client/sampling#error-handling: a user may refuse.
      case "sampling/createMessage" ->
          answer.putObject("error").put("code", -1).put("message", "User rejected the request");
      default -> answer.putObject("error").put("code", -32601).put("message", "Method not found");
    }
    return Optional.of(answer);
  }

  /** Another id than a string or an integer cannot be answered lawfully. */
  private static boolean isId(JsonNode id) {
    return id.isString() || id.isIntegralNumber();
  }

  /** An exchange in one line. */
  static String summary(Exchange exchange) {
    String received = exchange.receivedText().replaceAll("\\s+", " ").strip();
    return received.length() <= 200 ? received : received.substring(0, 200) + "…";
  }
}
