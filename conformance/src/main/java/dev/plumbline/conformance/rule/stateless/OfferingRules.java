package dev.plumbline.conformance.rule.stateless;

import static dev.plumbline.conformance.rule.stateless.MessageRules.walk;
import static dev.plumbline.conformance.rule.stateless.MessageRules.when;

import dev.plumbline.conformance.rule.Answer;
import dev.plumbline.conformance.rule.Every;
import dev.plumbline.conformance.rule.Every.Subject;
import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Seen;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Rules of the pages on tools, resources, prompts, completion, caching, discovery and versioning
 * about what a server says it has and what it then gives.
 */
public final class OfferingRules {
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*");
  private static final Pattern EXTENSION =
      Pattern.compile(
          "[A-Za-z]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z]([A-Za-z0-9-]*[A-Za-z0-9])?)*/"
              + "[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?");
  private static final String NONE = "nothing of the kind came";

  private OfferingRules() {}

  /** The rules on what is offered. */
  public static List<Rule> rules() {
    return List.of(
        walk("TOOL-508", r -> declared(r, "tools", "tools/list", "tools")),
        walk("RES-504", r -> declared(r, "resources", "resources/list", "resources")),
        walk("PROM-504", r -> declared(r, "prompts", "prompts/list", "prompts")),
        walk("PROM-513", OfferingRules::respected),
        walk("COMP-502", r -> declared(r, "completions", "completion/complete", "completion")),
        walk("TOOL-509", "tools", r -> lists(r, "tools")),
        walk("RES-505", "resources", r -> lists(r, "resources")),
        walk("TOOL-524", "tools", OfferingRules::embeds),
        walk("TOOL-525", "tools", alsoText()),
        walk("RES-510", "resources", uris()),
        walk("RES-515", "resources", blobs()),
        walk("PROM-507", "prompts", media("image")),
        walk("PROM-508", "prompts", media("audio")),
        walk("PROM-509", "prompts", embedded()),
        walk("CACH-509", lifetimes()),
        walk("CACH-502", OfferingRules::scopes),
        walk("VERS-504", extensions()),
        walk("DISC-503", named()));
  }

  private static JsonNode capabilities(Recording recording) {
    return recording
        .exchange(Probes.LAWFUL)
        .flatMap(Exchange::result)
        .orElseGet(Messages::object)
        .path("capabilities");
  }

  private static Verdict declared(
      Recording recording, String feature, String method, String member) {
    Examination examination = new Examination(recording);
    if (!examination.served(Probes.LAWFUL)) {
      return examination.verdict();
    }
    boolean declared = capabilities(recording).has(feature);
    List<Subject> given =
        Seen.results(recording, method).filter(s -> !s.node().path(member).isEmpty()).toList();
    if (given.isEmpty()) {
      return new Verdict.NotApplicable("the server has no " + feature);
    }
    if (declared) {
      examination.kept();
    } else {
      examination.broken(
          given.getFirst().exchange(),
          "The server serves " + method + " without declaring " + feature + ".",
          "Who has " + feature + " declares them in the capabilities of server/discover.",
          "server/discover declares " + Answer.compact(capabilities(recording)) + ".",
          "Add " + feature + " to the capabilities of server/discover.");
    }
    return examination.verdict();
  }

  /** What is declared is there, and what is not declared is not. */
  private static Verdict respected(Recording recording) {
    boolean declared = capabilities(recording).has("prompts");
    return Every.of(
            r ->
                Stream.of("prompts-list", "get", "prompts-undeclared")
                    .flatMap(label -> r.exchange(label).stream())
                    .filter(e -> e.response().isPresent())
                    .map(
                        e -> new Subject(e, "The answer to " + Seen.method(e), e.response().get())),
            "no prompts were asked for")
        .judge(
            s -> {
              boolean unknown = s.exchange().errorCode().orElse(0) == Answer.METHOD_NOT_FOUND;
              boolean served = !s.node().path("result").path("prompts").isEmpty();
              return when(declared && unknown, "says there are no prompts, which are declared")
                  .or(() -> when(!declared && served, "has prompts, which are not declared"));
            },
            "Both sides keep to the capabilities that were declared.",
            "Declare prompts in server/discover exactly when prompts/list and prompts/get are"
                + " served.")
        .apply(recording);
  }

  private static Verdict lists(Recording recording, String feature) {
    Examination examination = new Examination(recording);
    if (examination.served(Probes.LAWFUL)) {
      examination
          .answered(feature + "-list")
          .ifPresent(
              e -> {
                if (e.result().filter(r -> r.path(feature).isArray()).isPresent()) {
                  examination.kept();
                } else {
                  examination.broken(
                      e,
                      "The server declares " + feature + " but does not list them.",
                      "Who declares " + feature + " answers " + feature + "/list with a list.",
                      feature + "/list was answered with " + Answer.told(e) + ".",
                      "Answer " + feature + "/list with an array " + feature + ", be it empty.");
                }
              });
    }
    return examination.verdict();
  }

  private static Verdict embeds(Recording recording) {
    return Every.of(r -> blocks(r, "tools/call", "resource"), "no tool gave an embedded resource")
        .judge(
            s -> when(!capabilities(recording).has("resources"), "comes without resources"),
            "A server whose tools embed resources declares the resources capability.",
            "Declare resources in server/discover, and serve them.")
        .apply(recording);
  }

  private static Stream<Subject> blocks(Recording recording, String method, String type) {
    return Seen.blocks(recording)
        .filter(s -> Seen.method(s.exchange()).equals(method))
        .filter(s -> s.node().path("type").asString("").equals(type));
  }

  private static Function<Recording, Verdict> alsoText() {
    return Every.of(
            r -> Seen.results(r, "tools/call").filter(s -> s.node().has("structuredContent")),
            "no tool returned structured content")
        .judge(
            s ->
                when(
                    s.node()
                        .path("content")
                        .valueStream()
                        .flatMap(b -> Messages.parse(b.path("text").asString("")).stream())
                        .noneMatch(s.node().path("structuredContent")::equals),
                    "does not repeat its structured content as text"),
            "A tool that returns structured content also returns it as JSON in a text block.",
            "Add a text block that holds structuredContent as JSON.");
  }

  private static Function<Recording, Verdict> uris() {
    return Every.of(
            r -> Seen.listed(r, "resources/list", "resources", "uri"), "no resource is listed")
        .judge(
            s -> {
              String uri = s.node().path("uri").asString("");
              return when(!SCHEME.matcher(uri).matches() || !parses(uri), "is no URI");
            },
            "Every resource has a URI of RFC 3986, with a scheme.",
            "Escape what a URI cannot hold, and begin with a scheme.");
  }

  private static boolean parses(String uri) {
    try {
      return new URI(uri).isAbsolute();
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static boolean isBase64(JsonNode data) {
    if (!data.isString()) {
      return false;
    }
    try {
      var _ = Base64.getDecoder().decode(data.stringValue());
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Function<Recording, Verdict> blobs() {
    return Every.of(
            r ->
                Seen.results(r, "resources/read")
                    .flatMap(
                        s ->
                            s.node()
                                .path("contents")
                                .valueStream()
                                .filter(c -> c.has("blob"))
                                .map(
                                    c ->
                                        new Subject(
                                            s.exchange(), "The blob of " + c.path("uri"), c))),
            "no resource that was read is binary")
        .judge(
            s -> when(!isBase64(s.node().path("blob")), "is not Base64"),
            "Binary contents are encoded as Base64.",
            "Encode blob with the standard alphabet and padding, without line breaks.");
  }

  private static Function<Recording, Verdict> media(String kind) {
    return Every.of(r -> blocks(r, "prompts/get", kind), "no prompt holds " + kind)
        .judge(
            s ->
                when(!isBase64(s.node().path("data")), "is not Base64")
                    .or(
                        () ->
                            when(
                                !s.node().path("mimeType").asString("").startsWith(kind + "/"),
                                "has the MIME type " + s.node().path("mimeType"))),
            "Data of this kind in a prompt is Base64 and has a MIME type of " + kind + "/….",
            "Encode data as Base64 and state its MIME type.");
  }

  private static Function<Recording, Verdict> embedded() {
    return Every.of(r -> blocks(r, "prompts/get", "resource"), "no prompt embeds a resource")
        .judge(
            s -> {
              JsonNode r = s.node().path("resource");
              return when(!SCHEME.matcher(r.path("uri").asString("")).matches(), "has no URI")
                  .or(
                      () ->
                          when(!r.path("mimeType").asString("").contains("/"), "has no MIME type"))
                  .or(() -> when(r.has("text") == r.has("blob"), "has not one of text and blob"))
                  .or(
                      () ->
                          when(
                              r.has("blob") && !isBase64(r.path("blob")),
                              "has a blob that is not Base64"));
            },
            "A resource in a prompt has a URI, a MIME type and either text or a Base64 blob.",
            "Fill in what is missing.");
  }

  private static Function<Recording, Verdict> lifetimes() {
    return Every.of(r -> Seen.results(r).filter(s -> s.node().has("ttlMs")), NONE)
        .judge(
            s -> {
              JsonNode ttl = s.node().path("ttlMs");
              return when(ttl.isNumber() && ttl.decimalValue().signum() < 0, "has ttlMs " + ttl);
            },
            "A time to live is not negative.",
            "Write 0 for what is stale at once.");
  }

  private static Verdict scopes(Recording recording) {
    Map<String, JsonNode> first = new HashMap<>();
    return Every.of(
            r ->
                Seen.results(r, "tools/list", "prompts/list", "resources/list")
                    .filter(s -> s.node().has("nextCursor") || first.containsKey(list(s)))
                    .peek(s -> first.putIfAbsent(list(s), s.node().path("cacheScope")))
                    .filter(s -> cursor(s).isPresent()),
            "no list has a second page")
        .judge(
            s ->
                when(
                    !s.node().path("cacheScope").equals(first.get(list(s))),
                    "has another cacheScope than the first page"),
            "All pages of one list have the same cacheScope.",
            "Decide on the scope for the list, not for each page.")
        .apply(recording);
  }

  private static String list(Subject result) {
    return Seen.method(result.exchange());
  }

  private static Optional<String> cursor(Subject result) {
    return result
        .exchange()
        .sentMessage()
        .flatMap(m -> m.path("params").path("cursor").stringValueOpt());
  }

  private static Function<Recording, Verdict> extensions() {
    return Every.of(
            r ->
                Seen.results(r, "server/discover")
                    .flatMap(
                        s ->
                            s.node().path("capabilities").path("extensions").properties().stream()
                                .map(
                                    e ->
                                        new Subject(
                                            s.exchange(),
                                            "The extension " + e.getKey(),
                                            s.node()))),
            "no extension is declared")
        .judge(
            s ->
                when(
                    !EXTENSION.matcher(s.name().substring("The extension ".length())).matches(),
                    "has no prefix or is no _meta key"),
            "The name of an extension is a _meta key with a prefix.",
            "Name it like com.example/extension.");
  }

  private static Function<Recording, Verdict> named() {
    return Every.of(r -> Seen.results(r, "server/discover"), NONE)
        .judge(
            s -> {
              JsonNode own = s.node().path("serverInfo");
              JsonNode info =
                  own.isObject()
                      ? own
                      : s.node().path("_meta").path("io.modelcontextprotocol/serverInfo");
              return when(
                  info.path("name").asString("").isEmpty()
                      || info.path("version").asString("").isEmpty(),
                  "does not say name and version of the server");
            },
            "The answer of server/discover names the server.",
            "Add serverInfo with name and version.");
  }
}
