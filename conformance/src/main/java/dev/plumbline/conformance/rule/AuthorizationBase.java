package dev.plumbline.conformance.rule;

import dev.plumbline.conformance.wire.Bytes;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Draft;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What a server of 2025-03-26 has at the root of its host for clients that look for its
 * authorization server: metadata of RFC 8414, or else endpoints at their default addresses. Nothing
 * that is sent could create anything: the requests for tokens and registrations are empty or
 * unreadable.
 */
public final class AuthorizationBase {
  /** The one revision that asks a server for this. */
  public static final String REVISION = "2025-03-26";

  /** RFC 8414 §3. */
  static final String WELL_KNOWN = "/.well-known/oauth-authorization-server";

  /** The metadata at the root. */
  static final String ROOT = "issuer-root";

  /** The metadata at the two addresses that the path of the endpoint would lead to. */
  static final String BELOW = "issuer-below-";

  static final String TOKEN = "default-token";
  static final String REGISTRATION = "registration";

  /** An address that nobody has: what is answered there is answered everywhere. */
  static final String NOWHERE = "default-nowhere";

  private static final String REGISTRATION_ENDPOINT = "registration_endpoint";
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;

  private AuthorizationBase() {}

  // --- what is sent ------------------------------------------------------------------------------

  /** Looks as a client does that has no token: at the root, then for what stands there instead. */
  static void look(Conversation own, Conversation fresh, String path)
      throws HarnessException, InterruptedException {
    List<Exchange> seen = new ArrayList<>();
    seen.add(fresh.send(ROOT, AccessScript.document(own, WELL_KNOWN)));
    String endpoint = AccessScript.withoutQuery(path);
    if (!isMetadata(seen.getFirst()) && !endpoint.equals("/")) {
      seen.add(fresh.send(BELOW + "inserted", AccessScript.document(own, WELL_KNOWN + endpoint)));
      seen.add(fresh.send(BELOW + "appended", AccessScript.document(own, endpoint + WELL_KNOWN)));
    }
    Optional<JsonNode> found =
        seen.stream().filter(AuthorizationBase::isMetadata).findFirst().map(MetadataJudges::json);
    if (found.isEmpty()) {
      fresh.send(TOKEN, post(own, "/token", "application/x-www-form-urlencoded", ""));
    }
    Optional<String> named =
        found.map(d -> d.path(REGISTRATION_ENDPOINT).asString("")).filter(url -> !url.isEmpty());
    Optional<String> register =
        named.isPresent() ? AccessScript.here(own, named.get()) : Optional.of("/register");
    if (register.isPresent()) {
      fresh.send(REGISTRATION, post(own, register.get(), "application/json", "plumbline"));
      fresh.send(NOWHERE, post(own, "/plumbline-no-such-path", "application/json", "plumbline"));
    }
  }

  private static Draft post(Conversation own, String target, String type, String body) {
    Bytes bytes = Bytes.text(body);
    return AccessScript.document(own, target)
        .httpMethod("POST")
        .header("Content-Type", type)
        .header("Content-Length", String.valueOf(bytes.size()))
        .rawBody(bytes);
  }

  // --- what is concluded -------------------------------------------------------------------------

  private static boolean isMetadata(Exchange exchange) {
    JsonNode document = MetadataJudges.json(exchange);
    return exchange.status().orElse(0) == OK
        && (document.has("issuer")
            || document.has("authorization_endpoint")
            || document.has("token_endpoint"));
  }

  private static Optional<Exchange> metadata(Recording recording) {
    return Stream.concat(recording.exchange(ROOT).stream(), recording.exchanges(BELOW))
        .filter(AuthorizationBase::isMetadata)
        .findFirst();
  }

  /** Judges servers that ask for tokens of OAuth; a key of another kind is no business of ours. */
  private static Verdict judged(Recording recording, BiConsumer<Exchange, Examination> judge) {
    return MetadataJudges.judged(
        recording,
        (challenge, examination) -> {
          if (BearerChallenge.of(challenge).isEmpty()) {
            examination.unseen("the refusal of a request without a token asks for no Bearer token");
          } else {
            examination.exchange(ROOT).ifPresent(root -> judge.accept(root, examination));
          }
        });
  }

  /** Whether nothing is there; what is hidden or elsewhere is noted instead. */
  private static boolean isAbsent(Exchange root, Examination examination) {
    int status = root.status().orElse(0);
    boolean told = status == OK || (status >= 400 && status < 500 && !Answer.unrelated(root));
    if (!told) {
      examination.unseen("the metadata of the authorization server met " + Answer.told(root));
    }
    return told;
  }

  /** There are metadata, and what RFC 8414 requires is in them. */
  public static Verdict published(Recording recording) {
    return judged(
        recording,
        (root, examination) -> {
          Optional<Exchange> found = metadata(recording);
          if (found.isPresent()) {
            List<String> missing = missing(MetadataJudges.json(found.get()));
            MetadataJudges.hold(
                examination,
                found.get(),
                missing.isEmpty(),
                "The metadata of the authorization server lack " + String.join(", ", missing) + ".",
                "They hold what RFC 8414 §2 requires.",
                "Publish the metadata as the authorization server made them.");
          } else if (isAbsent(root, examination)) {
            examination.broken(
                root,
                "A server that asks for a token has no metadata of its authorization server.",
                "In 2025-03-26 they are at " + WELL_KNOWN + " of the server's own host.",
                "The answer is " + Answer.told(root) + ", and no JSON document with endpoints.",
                "Serve the metadata of RFC 8414 there, without asking for a token.");
          }
        });
  }

  /** RFC 8414 §2: what has to be there, an endpoint only where a grant uses it. */
  private static List<String> missing(JsonNode document) {
    List<String> grants =
        document.has("grant_types_supported")
            ? document.path("grant_types_supported").valueStream().map(g -> g.asString("")).toList()
            : List.of("authorization_code", "implicit");
    List<String> missing = new ArrayList<>();
    if (!MetadataJudges.isUrl(document.path("issuer").asString(""))) {
      missing.add("issuer");
    }
    if (!document.path("response_types_supported").isArray()) {
      missing.add("response_types_supported");
    }
    boolean authorizes = grants.contains("authorization_code") || grants.contains("implicit");
    if (authorizes && !document.has("authorization_endpoint")) {
      missing.add("authorization_endpoint");
    }
    if (!grants.equals(List.of("implicit")) && !document.has("token_endpoint")) {
      missing.add("token_endpoint");
    }
    return missing;
  }

  /** Without metadata the token endpoint, which every grant needs, is at its default address. */
  public static Verdict defaults(Recording recording) {
    return judged(
        recording,
        (root, examination) -> {
          if (isMetadata(root)) {
            examination.kept();
          } else if (metadata(recording).isPresent()) {
            examination.unseen("the metadata of the authorization server are below a path");
          } else if (isAbsent(root, examination)) {
            endpoint(
                TOKEN,
                examination,
                "Neither metadata nor the default address lead to a token endpoint.",
                "A server of 2025-03-26 without metadata has its token endpoint at /token.");
          }
        });
  }

  /** The metadata stand at the root. */
  public static Verdict atTheRoot(Recording recording) {
    return judged(
        recording,
        (root, examination) -> {
          Optional<Exchange> found = metadata(recording);
          if (found.isEmpty()) {
            examination.unseen("no metadata of the authorization server were found");
          } else if (isMetadata(root)) {
            examination.kept();
          } else if (isAbsent(root, examination)) {
            MetadataJudges.hold(
                examination,
                found.get(),
                false,
                "The metadata of the authorization server lie below a path.",
                "They are at " + WELL_KNOWN + ", whatever the path of the endpoint.",
                "Serve them at the root of the host.");
          }
        });
  }

  /** Clients can register. */
  public static Verdict registers(Recording recording) {
    return judged(
        recording,
        (root, examination) -> {
          Optional<Exchange> found = metadata(recording);
          boolean named =
              found.filter(e -> MetadataJudges.json(e).has(REGISTRATION_ENDPOINT)).isPresent();
          if (named && recording.exchange(REGISTRATION).isEmpty()) {
            // At another host: nobody is asked there.
            examination.kept();
          } else if (found.isPresent() || isAbsent(root, examination)) {
            endpoint(
                REGISTRATION,
                examination,
                named
                    ? "The registration endpoint that the metadata name is not there."
                    : "A server that asks for a token offers no registration of clients.",
                "Clients register at the endpoint that the metadata name, or else at /register.");
          }
        });
  }

  /** Whether something answers at this address that would not answer at any other. */
  private static void endpoint(
      String label, Examination examination, String summary, String expected) {
    Optional<Exchange> asked = examination.exchange(label);
    Optional<Exchange> nowhere = examination.exchange(NOWHERE);
    if (asked.isEmpty() || nowhere.isEmpty()) {
      return;
    }
    int status = asked.get().status().orElse(0);
    if (status == NOT_FOUND) {
      examination.broken(
          asked.get(),
          summary,
          expected,
          "The answer is " + Answer.told(asked.get()) + ".",
          "Publish the metadata of RFC 8414 with all endpoints, or serve the default addresses.");
    } else if (status == 0
        || status == METHOD_NOT_ALLOWED
        || Answer.unrelated(asked.get())
        || nowhere.get().status().orElse(0) != NOT_FOUND) {
      examination.unseen(label + " met " + Answer.told(asked.get()));
    } else {
      examination.kept();
    }
  }
}
