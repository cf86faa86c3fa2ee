package dev.plumbline.server.mutant;

import dev.plumbline.server.ServerParts;
import dev.plumbline.server.access.Protection;
import dev.plumbline.server.era.Admission;
import dev.plumbline.server.era.Answer;
import dev.plumbline.server.era.HeaderView;
import dev.plumbline.server.era.Inbound;
import dev.plumbline.server.era.Revisions;
import dev.plumbline.server.protocol.Decoded;
import dev.plumbline.server.protocol.JsonLimits;
import dev.plumbline.server.transport.RequestHead;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** The ways to plant a defect in a server that asks for tokens; no other server has it. */
final class AccessPlanting {
  static final String CHALLENGE = "WWW-Authenticate";
  private static final String AUTHORIZATION = "Authorization";

  private AccessPlanting() {}

  /** A change of a server that asks for tokens, where requests of one era are concerned. */
  @FunctionalInterface
  interface Change {
    ServerParts apply(ServerParts parts, Protection protection, Predicate<HeaderView> era);
  }

  private static boolean isStateless(HeaderView headers) {
    return headers.first(Inbound.VERSION_HEADER).filter(Revisions.STATELESS::equals).isPresent();
  }

  private static Mutant planted(String name, Change change, Predicate<HeaderView> era) {
    return new Mutant(
        name,
        parts ->
            parts.admission() instanceof Protection protection
                ? change.apply(parts, protection, era)
                : parts);
  }

  static Mutant stateless(String name, Change change) {
    return planted(name, change, AccessPlanting::isStateless);
  }

  static Mutant handshake(String name, Change change) {
    return planted(name, change, headers -> !isStateless(headers));
  }

  /** The same defect in each era. */
  static List<Mutant> both(String name, Change change) {
    return List.of(handshake(name, change), stateless(name + "-stateless", change));
  }

  /** Changes the refusals of the rule that asks for tokens. */
  static Change refusals(BiFunction<RequestHead, Answer, Answer> change) {
    return (parts, _, era) ->
        parts.withHeadRule(
            Protection.TOKEN,
            check ->
                head ->
                    check
                        .refusal(head)
                        .map(no -> era.test(head.headers()) ? change.apply(head, no) : no));
  }

  /** Changes the challenge of requests without a token. */
  static Change challenge(UnaryOperator<String> change) {
    return refusals(
        (head, refusal) ->
            hasToken(head.headers())
                ? refusal
                : refusal.with(
                    CHALLENGE, change.apply(refusal.headers().getOrDefault(CHALLENGE, ""))));
  }

  /** Changes the metadata. */
  static Change metadata(Consumer<ObjectNode> change) {
    return (parts, _, era) ->
        parts.withHeadRule(
            Protection.METADATA,
            check ->
                head ->
                    check
                        .refusal(head)
                        .map(
                            document ->
                                era.test(head.headers()) && document.status() == 200
                                    ? document.withBody(
                                        new Answer.Body.Raw(
                                            Planting.spoiled(document.bytes(), change)))
                                    : document));
  }

  /** Lets requests in, as those of whoever proved last who they are. */
  static Change lets(Predicate<RequestHead> in) {
    return (parts, protection, era) -> {
      Last last = new Last(protection);
      return parts
          .withHeadRule(
              Protection.TOKEN,
              check ->
                  head -> {
                    last.look(head.headers());
                    return era.test(head.headers()) && in.test(head)
                        ? Optional.empty()
                        : check.refusal(head);
                  })
          .withAdmission(_ -> new Substituting(protection, last));
    };
  }

  /** Changes what is said to a token of too few scopes. */
  static Change denials(UnaryOperator<String> change) {
    return (parts, protection, era) ->
        parts.withAdmission(
            _ ->
                new Passing(protection) {
                  @Override
                  public Optional<Answer> refusal(Inbound in, Decoded decoded) {
                    return protection
                        .refusal(in, decoded)
                        .map(
                            no ->
                                era.test(in.headers())
                                    ? no.with(
                                        CHALLENGE,
                                        change.apply(no.headers().getOrDefault(CHALLENGE, "")))
                                    : no);
                  }
                });
  }

  static boolean hasToken(HeaderView headers) {
    return !headers.all(AUTHORIZATION).isEmpty();
  }

  /** A part of the token that came; empty when it is none that can be read. */
  static String part(HeaderView headers, int number) {
    String[] parts = headers.first(AUTHORIZATION).orElse("").split("\\.", -1);
    try {
      return parts.length == 3
          ? new String(
              Base64.getUrlDecoder()
                  .decode(parts[number].substring(parts[number].lastIndexOf(' ') + 1)),
              StandardCharsets.UTF_8)
          : "";
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  /** A claim of the token that came. */
  static String claim(HeaderView headers, String name) {
    try {
      return JsonLimits.mapper().readTree(part(headers, 1)).path(name).asString("");
    } catch (JacksonException e) {
      return "";
    }
  }

  /** Who proved last who they are. */
  static final class Last {
    private final Protection protection;
    private volatile List<String> authorization = List.of();

    Last(Protection protection) {
      this.protection = protection;
    }

    void look(HeaderView headers) {
      if (protection.proves(headers)) {
        authorization = List.copyOf(headers.all(AUTHORIZATION));
      }
    }

    HeaderView instead(HeaderView headers) {
      List<String> known = authorization;
      return name ->
          name.equalsIgnoreCase(AUTHORIZATION) && !known.isEmpty() ? known : headers.all(name);
    }
  }

  /** Does what the correct server does. */
  abstract static class Passing implements Admission {
    private final Protection protection;

    Passing(Protection protection) {
      this.protection = protection;
    }

    @Override
    public Inbound known(Inbound in) {
      return protection.known(in);
    }

    @Override
    public Optional<Answer> refusal(Inbound in, Decoded decoded) {
      return protection.refusal(in, decoded);
    }

    @Override
    public Answer said(Inbound in, Answer answer) {
      return protection.said(in, answer);
    }
  }

  /** Takes who proves nothing for who proved something last. */
  static class Substituting extends Passing {
    private final Protection protection;
    private final Last last;

    Substituting(Protection protection, Last last) {
      super(protection);
      this.protection = protection;
      this.last = last;
    }

    @Override
    public Inbound known(Inbound in) {
      return protection.proves(in.headers())
          ? super.known(in)
          : super.known(in.with(last.instead(in.headers())));
    }
  }
}
