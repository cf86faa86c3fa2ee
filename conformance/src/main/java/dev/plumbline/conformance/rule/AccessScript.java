package dev.plumbline.conformance.rule;

import dev.plumbline.conformance.probe.CallableTool;
import dev.plumbline.conformance.target.Credentials;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Draft;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.ForgedTokens;
import dev.plumbline.conformance.wire.Header;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.evidence.model.Consent;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One walk along the authorization of a server, for all rules about it: the same requests without a
 * token, with tokens that nobody issued, and with those that its owner prepared. A server that asks
 * nobody for a token is left alone after a few requests.
 */
public final class AccessScript {
  /** Requests without a token on connections that never saw one. */
  public static final String FRESH = "fresh-";

  /** The same behind a request with a token, on its connection. */
  public static final String BARE = "bare-";

  /** The request with the token, by the same names. */
  public static final String FULL = "full-";

  /** The request that was refused first, again. */
  static final String AGAIN = "again-";

  /** That request with a token that nobody issued. */
  static final String BAD = "bad-";

  /** Calls and reads with such a token; their lawful twins have {@link #FULL} before the name. */
  static final String LEAK = "leak-";

  static final String METADATA = "metadata-";
  static final String MALFORMED = "malformed";
  static final String QUERY = "query";
  static final String NARROW = "narrow-";

  /** The name of the request that was refused first. */
  static final String REFUSED = "refused";

  /** Where the metadata lie that a challenge names, when that is not at this server. */
  static final String ELSEWHERE = "metadata";

  /** Whether a token is configured. */
  public static final String TOKEN = "token";

  /** The path of the endpoint. */
  static final String ENDPOINT = "endpoint";

  /** RFC 9728 §3.1. */
  static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";

  static final String AUTHORIZATION = "Authorization";
  private static final String BEARER = "Bearer ";
  private static final int UNAUTHORIZED = 401;
  private static final int REPEATED = 2;

  private final Stage stage;
  private final Conversation own;
  private final Map<String, Draft> requests = new LinkedHashMap<>();
  private Conversation fresh;

  private AccessScript(Stage stage) throws TargetException, HarnessException, InterruptedException {
    this.stage = stage;
    this.own = stage.open();
    this.fresh = stage.another();
  }

  /** Walks; true when the server asks for a token and one is configured. */
  public static boolean run(Stage stage)
      throws TargetException, HarnessException, InterruptedException {
    return new AccessScript(stage).walk();
  }

  private boolean walk() throws TargetException, HarnessException, InterruptedException {
    Probes.lawful(own);
    Optional<String> token = token();
    String path = own.http("GET").requestTarget();
    stage.fact(TOKEN, String.valueOf(token.isPresent()));
    stage.fact(ENDPOINT, path);
    plan();
    Optional<String> refused = Optional.empty();
    for (String name : requests.keySet()) {
      Exchange exchange = fresh.send(FRESH + name, bare(name));
      if (refused.isEmpty() && exchange.status().orElse(0) == UNAUTHORIZED) {
        refused = Optional.of(name);
      }
    }
    if (refused.isEmpty()) {
      return false;
    }
    stage.fact(REFUSED, refused.get());
    for (int i = 1; i <= REPEATED; i++) {
      fresh.send(AGAIN + i, bare(refused.get()));
    }
    metadata(refused.get(), path);
    if (stage.probe().revision().equals(AuthorizationBase.REVISION)) {
      AuthorizationBase.look(own, fresh, path);
    }
    bad(refused.get(), token, path);
    if (token.isPresent()) {
      full();
      if (stage.consent().covers(Consent.CREATES)) {
        // It may stay in the server's log: nothing for whoever may only look.
        fresh.send(QUERY, bare(refused.get()).target(withToken(path, token.get())));
      }
      prepared(refused.get());
    }
    return token.isPresent();
  }

  private static String withToken(String path, String token) {
    return path + (path.contains("?") ? "&" : "?") + "access_token=" + token;
  }

  /** The token that is configured, without the name of its scheme. */
  private Optional<String> token() {
    return own.http("GET").headers().stream()
        .filter(h -> h.isNamed(AUTHORIZATION))
        .map(Header::value)
        .filter(v -> v.toLowerCase(Locale.ROOT).startsWith("bearer "))
        .map(v -> v.substring(BEARER.length()).strip())
        .findFirst();
  }

  /** One request of each declared feature, the most public one first. */
  private void plan() {
    requests.put("cheapest", own.draft(Probes.cheapest(stage.era())));
    for (String feature : Probes.LISTED) {
      if (stage.probe().declares(feature)) {
        requests.put(feature + "-list", own.draft(feature + "/list"));
      }
    }
    Probes.readOnlyTool(stage)
        .map(CallableTool::params)
        .ifPresent(params -> requests.put("call", own.draft("tools/call", params)));
    stage.probe().resources().stream()
        .findFirst()
        .ifPresent(
            uri -> requests.put("read", own.draft("resources/read", Probes.params("uri", uri))));
  }

  /** The request of that name with an id of its own. */
  private Draft request(String name) {
    Draft draft = Objects.requireNonNull(requests.get(name), name);
    ObjectNode message = draft.message().orElseGet(Messages::object);
    JsonNode id = own.draft("ping").message().orElseGet(Messages::object).path("id");
    return message.has("id") ? draft.id(id) : draft;
  }

  private Draft bare(String name) {
    return request(name).withoutHeader(AUTHORIZATION);
  }

  private Draft with(String name, String token) {
    return request(name).header(AUTHORIZATION, BEARER + token);
  }

  private void metadata(String refused, String path)
      throws TargetException, HarnessException, InterruptedException {
    Exchange exchange = fresh.send(AGAIN + "metadata", bare(refused));
    Optional<String> named =
        BearerChallenge.of(exchange).flatMap(c -> c.parameter("resource_metadata"));
    if (named.isPresent()) {
      Optional<String> here = here(own, named.get());
      if (here.isPresent()) {
        get("named", here.get());
      } else {
        stage.fact(ELSEWHERE, named.get());
      }
    }
    String bare = withoutQuery(path);
    if (!bare.equals("/")) {
      get("path", WELL_KNOWN + bare);
    }
    get("root", WELL_KNOWN);
  }

  private void get(String name, String target) throws HarnessException, InterruptedException {
    fresh.send(METADATA + name, document(own, target));
  }

  /** A request for a document that everybody may read. */
  static Draft document(Conversation own, String target) {
    return own.http("GET")
        .target(target)
        .withoutHeader(AUTHORIZATION)
        .header("Accept", "application/json");
  }

  static String withoutQuery(String target) {
    return target.indexOf('?') < 0 ? target : target.substring(0, target.indexOf('?'));
  }

  /** The target of a URL that leads to where we are; no other one is followed. */
  static Optional<String> here(Conversation own, String url) {
    try {
      URI uri = new URI(url);
      String authority = String.valueOf(uri.getRawAuthority()).toLowerCase(Locale.ROOT);
      boolean same =
          own.http("GET").headers().stream()
              .filter(h -> h.isNamed("Host"))
              .anyMatch(h -> h.value().toLowerCase(Locale.ROOT).equals(authority));
      boolean sound = same && uri.getRawPath() != null && uri.getRawPath().startsWith("/");
      String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
      return sound ? Optional.of(uri.getRawPath() + query) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private void bad(String refused, Optional<String> token, String path)
      throws TargetException, HarnessException, InterruptedException {
    Map<String, String> forged = ForgedTokens.all(token, "http://localhost" + path, stage.seed());
    for (Map.Entry<String, String> bad : forged.entrySet()) {
      fresh.send(BAD + bad.getKey(), with(refused, bad.getValue()));
    }
    for (String name : requests.keySet()) {
      if (name.equals("call") || name.equals("read")) {
        fresh.send(LEAK + name, with(name, forged.getOrDefault("random", "")));
      }
    }
    fresh.send(MALFORMED, bare(refused).header(AUTHORIZATION, "Bearer"));
  }

  private void full() throws HarnessException, InterruptedException {
    for (String name : requests.keySet()) {
      own.send(FULL + name, request(name));
      own.send(BARE + name, bare(name));
    }
  }

  private void prepared(String refused)
      throws TargetException, HarnessException, InterruptedException {
    Credentials given = stage.credentials();
    Optional<String> audience = given.token(Credentials.Kind.AUDIENCE);
    if (audience.isPresent()) {
      fresh.send(Credentials.Kind.AUDIENCE.name(), with(refused, audience.get()));
    }
    Optional<String> narrow = given.token(Credentials.Kind.NARROW);
    Optional<String> denied = Optional.empty();
    if (narrow.isPresent()) {
      for (String name : requests.keySet()) {
        Exchange exchange = fresh.send(NARROW + name, with(name, narrow.get()));
        if (denied.isEmpty() && exchange.refused()) {
          denied = Optional.of(name);
        }
      }
    }
    if (denied.isPresent()) {
      for (Credentials.Kind kind :
          new Credentials.Kind[] {Credentials.Kind.CHALLENGED, Credentials.Kind.BROAD}) {
        Optional<String> more = given.token(kind);
        if (more.isPresent()) {
          fresh.send(kind.name(), with(denied.get(), more.get()));
        }
      }
    }
  }
}
