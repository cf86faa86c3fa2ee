package dev.plumbline.server.transport;

import dev.plumbline.server.era.Answer;
import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.RpcError;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The strict request checks, in order. */
public final class HeadRules {
  /** The path of the one MCP endpoint. */
  public static final String ENDPOINT_PATH = "/mcp";

  /** Name of the Host rule. */
  public static final String HOST = "host";

  /** Name of the Origin rule. */
  public static final String ORIGIN = "origin";

  /** Name of the rule about the length of the target. */
  public static final String TARGET_LENGTH = "target-length";

  /** Name of the rule about the length of values. */
  public static final String VALUE_LENGTH = "value-length";

  /** Name of the rule that asks for an access token, where one is asked for. */
  public static final String TOKEN = "access-token";

  /** Name of the path rule. */
  public static final String PATH = "path";

  private static final Pattern LOOPBACK_ADDRESS =
      Pattern.compile("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");

  private static final Remembered LOOPBACK_AUTHORITY =
      new Remembered(authority -> isLoopback("http://" + authority));

  private static final Remembered LOOPBACK_ORIGIN =
      new Remembered(origin -> origin.matches("https?://.*") && isLoopback(origin));

  private static final Remembered JSON =
      new Remembered(type -> mediaType(type).equals("application/json"));

  private static final Remembered TAKES_JSON = new Remembered(HeadRules::takesJson);

  private HeadRules() {}

  /** The rules of the correct server. */
  public static List<HeadRule> standard() {
    return List.of(
        new HeadRule("version", HeadRules::version),
        new HeadRule(TARGET_LENGTH, HeadRules::targetLength),
        new HeadRule(VALUE_LENGTH, HeadRules::valueLength),
        new HeadRule(HOST, HeadRules::host),
        new HeadRule(ORIGIN, HeadRules::origin),
        new HeadRule(PATH, head -> path(head, ENDPOINT_PATH)),
        new HeadRule("content-type", HeadRules::contentType),
        new HeadRule("accept", HeadRules::accept));
  }

  private static Optional<Answer> version(RequestHead head) {
    return head.version().equals("HTTP/1.1")
        ? Optional.empty()
        : refuse(505, "this server speaks HTTP/1.1");
  }

  private static Optional<Answer> targetLength(RequestHead head) {
    return head.target().length() <= Limits.MAX_URI_BYTES
        ? Optional.empty()
        : refuse(414, "the request target is too long");
  }

  private static Optional<Answer> valueLength(RequestHead head) {
    return head.longestValue() <= Limits.MAX_HEADER_VALUE_BYTES
        ? Optional.empty()
        : refuse(431, "a header value is too long");
  }

  /** RFC 9112 §3.2: exactly one Host; loopback names only, against DNS rebinding. */
  static Optional<Answer> host(RequestHead head) {
    List<String> given = head.headers().all("Host");
    if (given.size() != 1) {
      return refuse(400, "exactly one Host header is required");
    }
    // RFC 9112 §3.2.2: the authority of an absolute target takes the place of Host.
    String authority =
        head.target().startsWith("/")
            ? given.getFirst()
            : authorityOf(head.target()).orElse(given.getFirst());
    return LOOPBACK_AUTHORITY.test(authority) ? Optional.empty() : refuse(403, "foreign Host");
  }

  /** Both revisions, security: an Origin that is present must be valid, else 403. */
  private static Optional<Answer> origin(RequestHead head) {
    List<String> given = head.headers().all("Origin");
    boolean lawful =
        given.isEmpty() || (given.size() == 1 && LOOPBACK_ORIGIN.test(given.getFirst()));
    return lawful ? Optional.empty() : refuse(403, "foreign Origin");
  }

  /** Any path but the given one is not found. */
  static Optional<Answer> path(RequestHead head, String wanted) {
    return wanted.equals(pathOf(head.target())) ? Optional.empty() : refuse(404, "no such path");
  }

  /** The path of an origin-form or absolute-form target. */
  static String pathOf(String target) {
    String origin = target;
    if (!target.startsWith("/")) {
      int scheme = target.indexOf("://");
      int slash = scheme < 0 ? -1 : target.indexOf('/', scheme + "://".length());
      origin = slash < 0 ? "" : target.substring(slash);
    }
    int query = origin.indexOf('?');
    return query < 0 ? origin : origin.substring(0, query);
  }

  private static Optional<String> authorityOf(String target) {
    try {
      return Optional.ofNullable(new URI(target).getRawAuthority());
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static boolean isLoopback(String url) {
    try {
      URI uri = new URI(url);
      String host = uri.getHost();
      boolean bare = uri.getRawUserInfo() == null && uri.getRawPath().isEmpty();
      return bare && host != null && isLoopbackName(host.toLowerCase(Locale.ROOT));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static boolean isLoopbackName(String host) {
    return host.equals("localhost")
        || host.equals("[::1]")
        || LOOPBACK_ADDRESS.matcher(host).matches();
  }

  private static Optional<Answer> contentType(RequestHead head) {
    if (!head.method().equals("POST")) {
      return Optional.empty();
    }
    List<String> given = head.headers().all("Content-Type");
    boolean json = given.size() == 1 && JSON.test(given.getFirst());
    boolean plain = head.headers().all("Content-Encoding").isEmpty();
    return json && plain
        ? Optional.empty()
        : refuse(415, "the body must be application/json without a content coding");
  }

  /** A client that names what it takes must take JSON; one that names nothing takes anything. */
  private static Optional<Answer> accept(RequestHead head) {
    List<String> given = head.headers().all("Accept");
    if (!head.method().equals("POST") || given.isEmpty()) {
      return Optional.empty();
    }
    for (String value : given) {
      if (TAKES_JSON.test(value)) {
        return Optional.empty();
      }
    }
    return refuse(406, "Accept must list application/json and text/event-stream");
  }

  private static boolean takesJson(String accept) {
    for (String range : accept.split(",", -1)) {
      String type = mediaType(range);
      if (type.equals("*/*") || type.equals("application/*") || type.equals("application/json")) {
        return true;
      }
    }
    return false;
  }

  private static String mediaType(String value) {
    int parameters = value.indexOf(';');
    return (parameters < 0 ? value : value.substring(0, parameters))
        .strip()
        .toLowerCase(Locale.ROOT);
  }

  private static Optional<Answer> refuse(int status, String why) {
    return Optional.of(Answer.refusal(status, null, RpcError.of(ErrorCode.INVALID_REQUEST, why)));
  }
}
