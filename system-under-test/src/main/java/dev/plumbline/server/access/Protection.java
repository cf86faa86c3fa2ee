package dev.plumbline.server.access;

import dev.plumbline.server.config.AuthorizationSettings;
import dev.plumbline.server.era.Admission;
import dev.plumbline.server.era.Answer;
import dev.plumbline.server.era.HeaderView;
import dev.plumbline.server.era.Inbound;
import dev.plumbline.server.era.Wire;
import dev.plumbline.server.observe.SecurityEventType;
import dev.plumbline.server.observe.SecurityTrail;
import dev.plumbline.server.protocol.Decoded;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.RequestId;
import dev.plumbline.server.protocol.RpcError;
import dev.plumbline.server.round.ServerSecret;
import dev.plumbline.server.transport.HeadRule;
import dev.plumbline.server.transport.HeadRules;
import dev.plumbline.server.transport.RequestHead;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A server as a protected resource: every request brings a token, which is verified before anything
 * of the request but its head is read; what a method needs beyond that is looked at once it is
 * known. Stdio is left alone, as the specification asks.
 */
public final class Protection implements Admission {
  /** Name of the rule that serves the metadata. */
  public static final String METADATA = "resource-metadata";

  /** Name of the rule that serves the metadata of the issuer. */
  public static final String ISSUER_METADATA = "issuer-metadata";

  /** Name of the rule that asks for a token. */
  public static final String TOKEN = HeadRules.TOKEN;

  private final AuthorizationSettings settings;
  private final SecurityTrail trail;
  private final AccessTokens tokens;
  private final Optional<Answer> issuer;
  private final SessionTags sessions;
  private final Set<String> scopes;
  private final Map<String, Set<String>> features = new HashMap<>();
  private volatile Supplier<String> endpoint = () -> "";

  private Protection(
      AuthorizationSettings settings,
      InstantSource clock,
      ServerSecret secret,
      SecurityTrail trail) {
    this.settings = settings;
    this.trail = trail;
    this.tokens =
        new AccessTokens(
            KeySet.read(settings.keys()),
            settings.issuer(),
            this::resource,
            settings.leeway(),
            clock);
    this.issuer =
        settings.issuerMetadata().equals(AuthorizationSettings.NONE)
            ? Optional.empty()
            : Optional.of(IssuerMetadata.read(settings.issuerMetadata(), settings.issuer()));
    this.sessions = new SessionTags(secret.key("tags of sessions"));
    this.scopes =
        settings.scopes().equals(AuthorizationSettings.NONE) ? Set.of() : words(settings.scopes());
    settings
        .features()
        .forEach(
            (feature, more) -> {
              Set<String> all = new LinkedHashSet<>(scopes);
              all.addAll(words(more));
              features.put(feature, Set.copyOf(all));
            });
  }

  /**
   * The protection that the settings ask for; empty when everybody may use the server.
   *
   * @param trail where refusals are written down that the head of a request did not deserve
   * @throws UnusableFileException when the keys or the metadata of the issuer cannot be used
   */
  public static Optional<Protection> of(
      AuthorizationSettings settings,
      InstantSource clock,
      ServerSecret secret,
      SecurityTrail trail) {
    return settings.on()
        ? Optional.of(new Protection(settings, clock, secret, trail))
        : Optional.empty();
  }

  private static Set<String> words(String text) {
    return Arrays.stream(text.split(" ", -1))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toSet());
  }

  /** Where the server turned out to be; before, no token is for it. */
  public void at(Supplier<String> address) {
    endpoint = address;
  }

  private String resource() {
    return settings.resource().equals(AuthorizationSettings.ENDPOINT)
        ? endpoint.get()
        : settings.resource();
  }

  private Set<String> allScopes() {
    Set<String> all = new LinkedHashSet<>(scopes);
    features.values().forEach(all::addAll);
    return all;
  }

  /** The rules of the head with those of a protected server in their places. */
  public List<HeadRule> among(List<HeadRule> rules) {
    List<HeadRule> all = new ArrayList<>();
    for (HeadRule rule : rules) {
      if (rule.name().equals(HeadRules.PATH)) {
        all.add(new HeadRule(METADATA, this::metadata));
        all.add(new HeadRule(ISSUER_METADATA, this::issuerMetadata));
      }
      all.add(rule);
      if (rule.name().equals(HeadRules.PATH)) {
        all.add(new HeadRule(TOKEN, head -> refusal(head.headers())));
      }
    }
    return all;
  }

  /** The document needs no token: without it nobody knew where to get one. */
  private Optional<Answer> metadata(RequestHead head) {
    if (!ResourceMetadata.isAt(head.path(), resource(), HeadRules.ENDPOINT_PATH)) {
      return Optional.empty();
    }
    String servers = settings.servers();
    return read(
        head,
        ResourceMetadata.document(
            resource(),
            servers.equals(AuthorizationSettings.ISSUER)
                ? List.of(settings.issuer())
                : List.of(servers.split(" +")),
            allScopes()));
  }

  /** Nor does this one. */
  private Optional<Answer> issuerMetadata(RequestHead head) {
    return head.path().equals(IssuerMetadata.WELL_KNOWN)
        ? issuer.flatMap(document -> read(head, document))
        : Optional.empty();
  }

  /** The document for whoever reads it. */
  private static Optional<Answer> read(RequestHead head, Answer document) {
    return head.method().equals("GET") || head.method().equals("HEAD")
        ? Optional.of(document)
        : Optional.of(
            Answer.refusal(405, null, RpcError.of(ErrorCode.INVALID_REQUEST, "use GET"))
                .with("Allow", "GET, HEAD"));
  }

  /** Why requests with these fields are refused, whatever they ask. */
  private Optional<Answer> refusal(HeaderView headers) {
    return switch (Bearer.of(headers)) {
      case Bearer.None _ -> Optional.of(Challenges.missing(resource(), scopes));
      case Bearer.Malformed _ -> Optional.of(Challenges.malformed(resource()));
      case Bearer.Token(var text) -> {
        Optional<Access> access = tokens.verify(text);
        if (access.isEmpty()) {
          yield Optional.of(Challenges.invalid(resource(), scopes));
        }
        yield access.get().covers(scopes)
            ? Optional.empty()
            : Optional.of(Challenges.insufficient(null, resource(), scopes));
      }
    };
  }

  private Optional<Access> access(HeaderView headers) {
    return Bearer.of(headers) instanceof Bearer.Token(var text)
        ? tokens.verify(text)
        : Optional.empty();
  }

  /** True when these fields bring a token that is good here and now. */
  public boolean proves(HeaderView headers) {
    return access(headers).isPresent();
  }

  @Override
  public Inbound known(Inbound in) {
    Optional<Access> access = access(in.headers());
    if (access.isEmpty()) {
      return in;
    }
    Inbound known = in.of(settings.issuer() + " " + access.get().subject());
    return known.with(sessions.untagged(known.principal(), known.headers()));
  }

  @Override
  public Optional<Answer> refusal(Inbound in, Decoded decoded) {
    if (in.wire() == Wire.DUPLEX && !in.headers().all("Authorization").isEmpty()) {
      // A connection may outlive the token it was opened with.
      Optional<Answer> whole = refusal(in.headers());
      if (whole.isPresent()) {
        refused(SecurityEventType.TOKEN_REFUSED, in);
        return whole.map(answer -> answer.withBody(told(answer, idOf(decoded))));
      }
    }
    List<Decoded> all = decoded instanceof Decoded.Batch(var items) ? items : List.of(decoded);
    Optional<Access> access = access(in.headers());
    return all.stream()
        .map(one -> needed(one))
        .filter(needed -> access.isPresent() && !access.get().covers(needed))
        .findFirst()
        .map(
            needed -> {
              refused(SecurityEventType.SCOPE_INSUFFICIENT, in);
              return Challenges.insufficient(idOf(decoded), resource(), needed);
            });
  }

  private void refused(SecurityEventType type, Inbound in) {
    trail.add(type, true, Map.of("wire", in.wire() == Wire.DUPLEX ? "websocket" : "http"));
  }

  private static Answer.Body told(Answer answer, @Nullable RequestId id) {
    return answer.body() instanceof Answer.Body.Rpc(_, var reply)
        ? new Answer.Body.Rpc(id, reply)
        : answer.body();
  }

  private static @Nullable RequestId idOf(Decoded decoded) {
    return decoded instanceof Decoded.Valid(Message.Request request) ? request.id() : null;
  }

  /**
   * The scopes that a message needs: those of its feature, which is what stands before the slash.
   */
  private Set<String> needed(Decoded decoded) {
    if (!(decoded instanceof Decoded.Valid(Message.Call call))) {
      return scopes;
    }
    int slash = call.method().indexOf('/');
    String feature = slash < 0 ? call.method() : call.method().substring(0, slash);
    return features.getOrDefault(feature, scopes);
  }

  @Override
  public Answer said(Inbound in, Answer answer) {
    return sessions.tagged(in.principal(), answer);
  }
}
