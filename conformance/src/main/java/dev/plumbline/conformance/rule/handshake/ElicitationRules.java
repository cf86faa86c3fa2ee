package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.Content;
import dev.plumbline.conformance.rule.MessageShapes;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Requires;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Rules on the questions of a server, page {@code 2025-11-25/client/elicitation}. */
public final class ElicitationRules {
  private static final String CREATE = "elicitation/create";
  private static final String FORM = "a tool that asks for a form";
  private static final String PAGE = "a tool that asks to open an address";
  private static final Requires FORMS = Probes.HANDSHAKE.since("2025-06-18");
  private static final Requires MODES = Probes.HANDSHAKE.since("2025-11-25");

  /** What a form must not ask for. */
  private static final Pattern SECRET =
      Pattern.compile(
          "passwords?|passphrase|api[ _-]?key|access[ _-]?token|private[ _-]?key|credit[ _-]?card"
              + "|card[ _-]?number|cvv|cvc",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern ADDRESS = Pattern.compile("https?://", Pattern.CASE_INSENSITIVE);

  private static final Pattern CREDENTIAL =
      Pattern.compile(
          "(^|&)(access_token|id_token|token|jwt|session|sig)=", Pattern.CASE_INSENSITIVE);

  private static final Set<String> PRIMITIVES = Set.of("string", "number", "integer", "boolean");
  private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

  private ElicitationRules() {}

  /** The page's rules. */
  public static List<Rule> rules() {
    return List.of(
        over(
            "ELIC-001",
            FORMS,
            new EveryPiece(
                ElicitationRules::properties,
                property ->
                    EveryPiece.when(mentions(property, SECRET), "A form asks for a secret."),
                FORM,
                "A form asks for no passwords, keys, tokens or payment data.",
                "Ask for secrets on a page of your own, by an elicitation in url mode.")),
        over(
            "ELIC-007",
            MODES,
            new EveryPiece(
                recording -> Heard.params(recording, CREATE),
                ElicitationRules::head,
                FORM,
                "An elicitation has a message, and a mode of form or url, or none.",
                "Fill message, and write form or url to mode.")),
        over(
            "ELIC-009",
            MODES,
            new EveryPiece(
                ElicitationRules::forms,
                ElicitationRules::schema,
                FORM,
                "A form has a requestedSchema of type object with flat properties.",
                "Send a requestedSchema whose properties are strings, numbers, booleans and choices.")),
        over(
            "ELIC-011",
            MODES,
            new EveryPiece(
                ElicitationRules::pages,
                ElicitationRules::whole,
                PAGE,
                "An elicitation by address says mode url and has a message, a url and an"
                    + " elicitationId.",
                "Fill mode, message, url and elicitationId.")),
        over(
            "ELIC-012",
            MODES,
            new EveryPiece(
                recording -> pages(recording).flatMap(page -> page.below("url")),
                url ->
                    EveryPiece.when(
                        Content.url(url) == null,
                        "The address of an elicitation is no URL: " + url + "."),
                PAGE,
                "The address of an elicitation is a valid, absolute URL.",
                "Send the whole address, with scheme and host.")),
        over(
            "ELIC-038",
            MODES,
            addresses(
                ElicitationRules::opensADoor,
                "The address of an elicitation carries credentials.",
                "An address given to the client opens no door by itself.",
                "Let the user log in on the page; put nothing into the address that does it.")),
        over(
            "ELIC-039",
            MODES,
            new EveryPiece(
                ElicitationRules::forms,
                form ->
                    EveryPiece.when(
                        mentions(form, ADDRESS), "A form holds an address to click on."),
                FORM,
                "A form holds no addresses to click on.",
                "Send the user to an address by an elicitation in url mode.")),
        over(
            "ELIC-040",
            MODES,
            addresses(
                url -> "http".equalsIgnoreCase(url.getScheme()) && !LOCAL.contains(url.getHost()),
                "The address of an elicitation does not use https.",
                "Addresses use https outside development.",
                "Serve the page over https.")));
  }

  private static Rule over(String clause, Requires requires, Function<Recording, Verdict> judge) {
    return new Rule(clause, Probes.ANY, requires, MessageShapes.SCRIPT, judge);
  }

  private static boolean isPage(JsonNode params) {
    return params.has("url")
        || params.has("elicitationId")
        || params.path("mode").asString("").equals("url");
  }

  private static Stream<Heard> pages(Recording recording) {
    return Heard.params(recording, CREATE).filter(h -> isPage(h.node()));
  }

  private static Stream<Heard> forms(Recording recording) {
    return Heard.params(recording, CREATE).filter(h -> !isPage(h.node()));
  }

  /** Every field of every form, named: name and definition together. */
  private static Stream<Heard> properties(Recording recording) {
    return forms(recording)
        .flatMap(form -> form.below("requestedSchema"))
        .flatMap(schema -> schema.below("properties"));
  }

  private static boolean mentions(JsonNode node, Pattern words) {
    return words.matcher(node.toString()).find();
  }

  private static Optional<String> head(JsonNode params) {
    if (!params.path("message").isString()) {
      return Optional.of("An elicitation has no message.");
    }
    return EveryPiece.when(
        params.has("mode") && !Set.of("form", "url").contains(params.path("mode").asString("")),
        "An elicitation has the mode " + params.path("mode") + ".");
  }

  private static Optional<String> schema(JsonNode params) {
    JsonNode schema = params.path("requestedSchema");
    if (!schema.isObject() || !schema.path("type").asString("").equals("object")) {
      return Optional.of("A form has no requestedSchema of type object.");
    }
    return EveryPiece.when(
        schema.path("properties").valueStream().anyMatch(property -> !isFlat(property)),
        "A form has a property that is not flat.");
  }

  private static boolean isFlat(JsonNode property) {
    String type = property.path("type").asString("");
    boolean choice =
        type.equals("array")
            && (property.path("items").has("enum") || property.path("items").has("anyOf"));
    return PRIMITIVES.contains(type) || choice;
  }

  private static Optional<String> whole(JsonNode params) {
    boolean whole =
        params.path("mode").asString("").equals("url")
            && Stream.of("message", "url", "elicitationId")
                .noneMatch(name -> params.path(name).asString("").isEmpty());
    return EveryPiece.when(
        !whole, "An elicitation by address lacks mode, message, url or elicitationId.");
  }

  private static EveryPiece addresses(
      Predicate<URI> wrong, String sentence, String expected, String fix) {
    return new EveryPiece(
        recording ->
            pages(recording)
                .flatMap(page -> page.below("url"))
                .filter(url -> Content.url(url.node()) != null),
        url -> {
          URI address = Content.url(url);
          return EveryPiece.when(address != null && wrong.test(address), sentence);
        },
        PAGE,
        expected,
        fix);
  }

  private static boolean opensADoor(URI url) {
    String query = url.getRawQuery() == null ? "" : url.getRawQuery();
    String fragment = url.getRawFragment() == null ? "" : url.getRawFragment();
    return url.getRawUserInfo() != null
        || CREDENTIAL.matcher(query.toLowerCase(Locale.ROOT)).find()
        || CREDENTIAL.matcher(fragment.toLowerCase(Locale.ROOT)).find();
  }
}
