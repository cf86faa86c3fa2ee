package dev.plumbline.conformance.rule.stateless;

import static dev.plumbline.conformance.rule.stateless.MessageRules.walk;
import static dev.plumbline.conformance.rule.stateless.MessageRules.when;

import dev.plumbline.conformance.rule.Content;
import dev.plumbline.conformance.rule.Every;
import dev.plumbline.conformance.rule.Every.Subject;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Seen;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Inbound;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Rules of the pages {@code 2026-07-28/client/elicitation} and {@code
 * 2026-07-28/basic/patterns/mrtr} about the form of each question to the user.
 */
public final class ElicitedRules {
  private static final String CREATE = "elicitation/create";
  private static final Set<String> MODES = Set.of("form", "url");
  private static final Set<String> PRIMITIVES = Set.of("string", "number", "integer", "boolean");
  private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Pattern ADDRESS = Pattern.compile("https?://", Pattern.CASE_INSENSITIVE);

  /** Parameters that open a door; a bare {@code token} or {@code code} may be a one-time name. */
  private static final Set<String> KEYS =
      Set.of(
          "access_token",
          "id_token",
          "refresh_token",
          "password",
          "passwd",
          "api_key",
          "apikey",
          "client_secret",
          "jwt");

  /** Parameters that say who the user is, when a mail address stands in them. */
  private static final Set<String> PERSONAL =
      Set.of("email", "e-mail", "mail", "login_hint", "user", "username");

  private static final String NO_ELICITATION = "nothing was elicited";
  private static final String NO_FORM = "no form was asked for";
  private static final String NO_PAGE = "no user was sent to a page";

  private ElicitedRules() {}

  /** The rules on each elicitation. */
  public static List<Rule> rules() {
    return List.of(
        walk("MRTR-505", uniqueKeys()),
        walk("ELIC-507", head()),
        walk("ELIC-509", form()),
        walk("ELIC-511", page()),
        walk("ELIC-512", url()),
        walk("ELIC-529", notPersonal()),
        walk("ELIC-530", opensNoDoor()),
        walk("ELIC-531", nothingToClick()),
        walk("ELIC-532", https()));
  }

  private static JsonNode params(Subject question) {
    return question.node().path("params");
  }

  private static Stream<Subject> elicitations(Recording recording) {
    return Seen.questions(recording)
        .filter(s -> s.node().path("method").asString("").equals(CREATE));
  }

  private static boolean isPage(Subject question) {
    JsonNode params = params(question);
    return params.has("url") || params.path("mode").asString("").equals("url");
  }

  private static Stream<Subject> forms(Recording recording) {
    return elicitations(recording).filter(s -> !isPage(s));
  }

  private static Stream<Subject> pages(Recording recording) {
    return elicitations(recording).filter(ElicitedRules::isPage);
  }

  private static Function<Recording, Verdict> uniqueKeys() {
    return Every.of(
            r ->
                Seen.results(r)
                    .filter(s -> s.node().path("inputRequests").isObject())
                    .map(s -> new Subject(s.exchange(), s.name(), s.node().path("inputRequests"))),
            "no request was answered with inputRequests")
        .judge(
            s ->
                texts(s.exchange())
                    .flatMap(text -> DuplicateKeys.in(text, "inputRequests").stream())
                    .findFirst()
                    .map(key -> "asks two things under the key " + key),
            "Each key of inputRequests stands there once.",
            "Make up another key for every question of a request.");
  }

  /** What came, as it was written: parsed JSON has lost one of two equal keys. */
  private static Stream<String> texts(Exchange exchange) {
    return switch (exchange.received()) {
      case Inbound.HttpResponse response when response.events().isEmpty() ->
          Stream.of(response.body().text());
      case Inbound.HttpResponse response -> response.events().stream().map(e -> e.data());
      case Inbound.Lines lines -> lines.lines().stream().map(line -> line.bytes().text());
      case Inbound.Unparsed _ -> Stream.empty();
      case Inbound.Nothing _ -> Stream.empty();
    };
  }

  private static Function<Recording, Verdict> head() {
    return Every.of(ElicitedRules::elicitations, NO_ELICITATION)
        .judge(
            s ->
                when(params(s).path("message").asString("").isBlank(), "has no message")
                    .or(
                        () ->
                            when(
                                params(s).has("mode")
                                    && !MODES.contains(params(s).path("mode").asString("")),
                                "has the mode " + params(s).path("mode"))),
            "Every elicitation has a message for the user, and the mode form, the mode url or none.",
            "Say in message why you ask, and write form or url to mode.");
  }

  private static Function<Recording, Verdict> form() {
    return Every.of(ElicitedRules::forms, NO_FORM)
        .judge(
            s -> {
              JsonNode schema = params(s).path("requestedSchema");
              boolean object = schema.path("type").asString("").equals("object");
              return when(!object, "has no requestedSchema of type object")
                  .or(
                      () ->
                          schema.path("properties").properties().stream()
                              .filter(p -> !isFlat(p.getValue()))
                              .findFirst()
                              .map(p -> "has the property " + p.getKey() + ", which is not flat"));
            },
            "A form has a requestedSchema: an object whose properties are texts, numbers, booleans"
                + " or choices.",
            "Describe the form by such a schema; ask for nested data one by one.");
  }

  private static boolean isFlat(JsonNode property) {
    JsonNode items = property.path("items");
    boolean choice =
        property.path("type").asString("").equals("array")
            && (items.has("enum") || items.has("anyOf") || items.has("oneOf"));
    return choice
        || PRIMITIVES.contains(property.path("type").asString(""))
        || property.has("enum")
        || property.has("oneOf");
  }

  private static Function<Recording, Verdict> page() {
    return Every.of(ElicitedRules::pages, NO_PAGE)
        .judge(
            s ->
                when(
                        !params(s).path("mode").asString("").equals("url"),
                        "has a url without the mode url")
                    .or(
                        () ->
                            when(
                                params(s).path("message").asString("").isBlank(),
                                "sends to a page without a message"))
                    .or(
                        () ->
                            when(
                                params(s).path("url").asString("").isBlank(),
                                "has the mode url without a url")),
            "Who sends the user to a page says so by mode url, with a message and the url.",
            "Fill in all three.");
  }

  private static Stream<Subject> addressed(Recording recording) {
    return pages(recording).filter(s -> !params(s).path("url").asString("").isBlank());
  }

  private static Function<Recording, Verdict> url() {
    return Every.of(ElicitedRules::addressed, NO_PAGE)
        .judge(
            s ->
                when(
                    Content.url(params(s).path("url")) == null,
                    "has the url " + params(s).path("url") + ", which is no absolute URL"),
            "The url of an elicitation is a valid URL, with scheme and host.",
            "Write the whole address and escape what a URL cannot hold.");
  }

  private static Function<Recording, Verdict> address(
      Function<URI, Optional<String>> defect, String expected, String fix) {
    return Every.of(
            r -> addressed(r).filter(s -> Content.url(params(s).path("url")) != null), NO_PAGE)
        .judge(
            s -> {
              URI url = Content.url(params(s).path("url"));
              return url == null ? Optional.empty() : defect.apply(url);
            },
            expected,
            fix);
  }

  private static Function<Recording, Verdict> notPersonal() {
    return address(
        url ->
            parameters(url)
                .filter(p -> PERSONAL.contains(name(p)) && value(p).contains("@"))
                .findFirst()
                .map(p -> "has a url that tells who the user is, in " + name(p)),
        "The url of an elicitation tells nothing sensitive about the user.",
        "Put an identifier into the url that means nothing by itself, and keep the rest at the"
            + " server.");
  }

  private static Function<Recording, Verdict> opensNoDoor() {
    return address(
        url ->
            when(url.getRawUserInfo() != null, "has a url with a user and password")
                .or(
                    () ->
                        parameters(url)
                            .filter(p -> KEYS.contains(name(p)) && !value(p).isEmpty())
                            .findFirst()
                            .map(p -> "has a url with a credential, " + name(p))),
        "The url of an elicitation opens no door by itself.",
        "Let the user log in on the page; put nothing into the url that does it for them.");
  }

  private static Stream<String> parameters(URI url) {
    return Stream.of(url.getRawQuery(), url.getRawFragment())
        .filter(part -> part != null)
        .flatMap(part -> Stream.of(part.split("[&;]")));
  }

  private static String name(String parameter) {
    return parameter.split("=", 2)[0].toLowerCase(Locale.ROOT);
  }

  private static String value(String parameter) {
    String[] parts = parameter.split("=", 2);
    try {
      return parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return parts[1];
    }
  }

  private static Function<Recording, Verdict> nothingToClick() {
    return Every.of(ElicitedRules::forms, NO_FORM)
        .judge(
            s ->
                when(
                    ADDRESS
                        .matcher(
                            params(s).path("message")
                                + " "
                                + params(s).path("requestedSchema").path("properties"))
                        .find(),
                    "has a form with an address to click on"),
            "No text of a form holds a URL to click on.",
            "Send the user to a page by an elicitation in mode url.");
  }

  private static Function<Recording, Verdict> https() {
    return address(
        url ->
            when(
                "http".equalsIgnoreCase(url.getScheme()) && !LOCAL.contains(url.getHost()),
                "has the url " + url + ", which is not https"),
        "Outside of development the url of an elicitation is https.",
        "Serve the page over https.");
  }
}
