package dev.plumbline.server.mutant;

import static dev.plumbline.server.mutant.AccessPlanting.CHALLENGE;
import static dev.plumbline.server.mutant.AccessPlanting.both;
import static dev.plumbline.server.mutant.AccessPlanting.claim;
import static dev.plumbline.server.mutant.AccessPlanting.hasToken;
import static dev.plumbline.server.mutant.AccessPlanting.stateless;

import dev.plumbline.server.ServerParts;
import dev.plumbline.server.access.Protection;
import dev.plumbline.server.era.Answer;
import dev.plumbline.server.era.HeaderView;
import dev.plumbline.server.era.Inbound;
import dev.plumbline.server.protocol.Decoded;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.RpcError;
import dev.plumbline.server.transport.RequestHead;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Defects of a server that asks for tokens. */
final class AccessMutants {
  private static final String MARK = "X-Planted";
  private static final Set<String> LEAKING = Set.of("tools/call", "resources/read");
  private static final String EXTRA = "mcp:extra";

  private AccessMutants() {}

  static List<Mutant> all() {
    return Stream.of(metadata(), tokens(), requests(), scopes()).flatMap(List::stream).toList();
  }

  private static List<Mutant> metadata() {
    return Stream.of(
            // AUTH-006, AUTH-506
            both(
                "metadata-without-resource",
                AccessPlanting.metadata(document -> document.remove("resource"))),
            // AUTH-011, ADIS-502
            both(
                "metadata-without-servers",
                AccessPlanting.metadata(document -> document.putArray("authorization_servers"))),
            // AUTH-012, ADIS-504
            both(
                "metadata-nowhere",
                (parts, _, era) ->
                    parts.withHeadRule(
                        Protection.METADATA,
                        check ->
                            head ->
                                era.test(head.headers()) ? Optional.empty() : check.refusal(head))),
            // AUTH-014, AUTH-512
            both(
                "challenge-without-scope",
                AccessPlanting.challenge(text -> text.replaceFirst("scope=\"[^\"]*\", ", ""))),
            // AUTH-017, AUTH-516
            both("challenge-scopes-vary", AccessMutants::scopesVary),
            // AUTH-046, AUTH-532
            both(
                "resource-ends-with-slash",
                AccessPlanting.metadata(
                    document ->
                        document.put("resource", document.path("resource").asString("") + "/"))),
            // AUTH-101
            List.of(
                AccessPlanting.handshake(
                    "challenge-without-metadata",
                    AccessPlanting.challenge(
                        text -> text.replaceFirst(", resource_metadata=.*", "")))),
            // AUTH-548
            List.of(
                stateless(
                    "offline-access-advertised",
                    AccessPlanting.metadata(
                        document -> document.withArray("scopes_supported").add("offline_access")))))
        .flatMap(List::stream)
        .toList();
  }

  private static ServerParts scopesVary(
      ServerParts parts, Protection protection, Predicate<HeaderView> era) {
    AtomicInteger count = new AtomicInteger();
    return AccessPlanting.challenge(
            text -> text.replaceFirst("scope=\"", "scope=\"one:" + count.incrementAndGet() + " "))
        .apply(parts, protection, era);
  }

  private static List<Mutant> tokens() {
    return Stream.of(
            // AUTH-052, AUTH-538
            both(
                "unsigned-token-taken",
                AccessPlanting.lets(
                    head -> AccessPlanting.part(head.headers(), 0).contains("\"none\""))),
            // AUTH-054, AUTH-540
            both(
                "bad-token-without-challenge",
                AccessPlanting.refusals(
                    (head, refusal) ->
                        hasToken(head.headers()) && refusal.status() == 401
                            ? new Answer(401, java.util.Map.of(), refusal.body())
                            : refusal)),
            // AUTH-055, AUTH-541
            both(
                "bad-token-forbidden",
                AccessPlanting.refusals(
                    (head, refusal) ->
                        hasToken(head.headers()) && refusal.status() == 401
                            ? refusal.withStatus(403)
                            : refusal)),
            // AUTH-059, AUTH-549
            both(
                "empty-token-fails",
                AccessPlanting.refusals(
                    (_, refusal) -> refusal.status() == 400 ? refusal.withStatus(500) : refusal)),
            // AUTH-093, ASEC-528
            both("refusal-tells-result", AccessMutants::tellsResult),
            // AUTH-537, AUTH-539
            List.of(
                stateless(
                    "query-token-taken",
                    AccessPlanting.lets(head -> head.target().contains("access_token="))),
                stateless(
                    "foreign-audience-taken",
                    AccessPlanting.lets(
                        head -> claim(head.headers(), "aud").contains("elsewhere")))))
        .flatMap(List::stream)
        .toList();
  }

  /** Works first and looks at the token then. */
  private static ServerParts tellsResult(
      ServerParts parts, Protection protection, Predicate<HeaderView> era) {
    AccessPlanting.Last last = new AccessPlanting.Last(protection);
    return parts
        .withHeadRule(
            Protection.TOKEN,
            check ->
                head -> {
                  last.look(head.headers());
                  Optional<Answer> refusal = check.refusal(head);
                  return era.test(head.headers()) ? refusal.filter(no -> !isInvalid(no)) : refusal;
                })
        .withAdmission(
            _ ->
                new AccessPlanting.Substituting(protection, last) {
                  @Override
                  public Inbound known(Inbound in) {
                    Inbound known = super.known(in);
                    return protection.proves(in.headers()) ? known : known.with(marked(known));
                  }

                  @Override
                  public Optional<Answer> refusal(Inbound in, Decoded decoded) {
                    boolean leaks =
                        decoded instanceof Decoded.Valid(Message.Request request)
                            && LEAKING.contains(request.method());
                    return isMarked(in) && !leaks
                        ? Optional.of(invalid(error()))
                        : super.refusal(in, decoded);
                  }

                  @Override
                  public Answer said(Inbound in, Answer answer) {
                    return isMarked(in) && answer.status() == 200
                        ? invalid(answer)
                        : super.said(in, answer);
                  }
                });
  }

  private static boolean isInvalid(Answer refusal) {
    return refusal.headers().getOrDefault(CHALLENGE, "").contains("invalid_token");
  }

  private static HeaderView marked(Inbound in) {
    return name -> name.equals(MARK) ? List.of("yes") : in.headers().all(name);
  }

  private static boolean isMarked(Inbound in) {
    return !in.headers().all(MARK).isEmpty();
  }

  private static Answer error() {
    return Answer.refusal(
        401, null, RpcError.of(ErrorCode.INVALID_REQUEST, "the access token is not valid here"));
  }

  private static Answer invalid(Answer answer) {
    return answer.withStatus(401).with(CHALLENGE, "Bearer error=\"invalid_token\"");
  }

  private static List<Mutant> requests() {
    return List.of(
        // AUTH-536
        stateless("same-request-without-token", AccessMutants::repeats),
        // SECU-514
        stateless(
            "prompts-without-token",
            AccessPlanting.lets(
                head -> !hasToken(head.headers()) && asks(head).equals("prompts/list"))),
        // SECU-515
        stateless(
            "task-id-instead-of-token",
            AccessPlanting.lets(
                head -> !hasToken(head.headers()) && asks(head).equals("tasks/get"))),
        // SECU-517
        stateless(
            "users-not-told-apart",
            (parts, protection, era) ->
                parts.withAdmission(
                    _ ->
                        new AccessPlanting.Passing(protection) {
                          @Override
                          public Inbound known(Inbound in) {
                            Inbound known = protection.known(in);
                            return era.test(in.headers()) ? known.of("everybody") : known;
                          }
                        })));
  }

  private static String asks(RequestHead head) {
    return head.headers().first("Mcp-Method").orElse("");
  }

  /** Whoever repeats what was just asked with a token needs none, once somebody was refused. */
  private static ServerParts repeats(
      ServerParts parts, Protection protection, Predicate<HeaderView> era) {
    String[] asked = {"", ""};
    return AccessPlanting.lets(
            head -> {
              String now = asks(head) + head.headers().first("Content-Length").orElse("");
              boolean bare = !hasToken(head.headers());
              boolean repeated = bare && !asked[1].isEmpty() && asked[0].equals(now);
              asked[1] = bare ? "refused" : asked[1];
              asked[0] = protection.proves(head.headers()) ? now : "";
              return repeated;
            })
        .apply(parts, protection, era);
  }

  private static List<Mutant> scopes() {
    return List.of(
        // AUTH-550
        stateless(
            "too-few-scopes-as-bad-token",
            AccessPlanting.denials(text -> text.replace("insufficient_scope", "invalid_token"))),
        // AUTH-551
        stateless(
            "needed-scopes-not-named",
            AccessPlanting.denials(text -> text.replaceFirst("scope=\"[^\"]*\", ", ""))),
        // AUTH-552
        stateless(
            "scopes-one-by-one",
            (parts, protection, era) ->
                denying(
                    parts, protection, in -> era.test(in) && lacks(in), "scope=\"" + EXTRA + "\"")),
        // AUTH-558
        stateless(
            "broader-scope-unknown",
            (parts, protection, era) ->
                denying(
                    parts,
                    protection,
                    in -> era.test(in) && claim(in, "scope").equals(Issuer.ALL),
                    "scope=\"mcp:call mcp:use\"")));
  }

  private static boolean lacks(HeaderView headers) {
    List<String> scopes = List.of(claim(headers, "scope").split(" ", -1));
    return scopes.contains(Issuer.CALL) && !scopes.contains(EXTRA);
  }

  private static ServerParts denying(
      ServerParts parts, Protection protection, Predicate<HeaderView> whom, String scope) {
    return parts.withAdmission(
        _ ->
            new AccessPlanting.Passing(protection) {
              @Override
              public Optional<Answer> refusal(Inbound in, Decoded decoded) {
                boolean calls =
                    decoded instanceof Decoded.Valid(Message.Request request)
                        && request.method().startsWith("tools/");
                return calls && whom.test(in.headers())
                    ? Optional.of(
                        error()
                            .withStatus(403)
                            .with(CHALLENGE, "Bearer error=\"insufficient_scope\", " + scope))
                    : protection.refusal(in, decoded);
              }
            });
  }
}
