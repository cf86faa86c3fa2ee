package dev.plumbline.server.mutant;

import dev.plumbline.server.era.Answer;
import dev.plumbline.server.protocol.JsonLimits;
import dev.plumbline.server.protocol.Message;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Defects in the questions of the stateless era and in what becomes of their answers. */
final class StatelessQuestionMutants {
  private static final String CALL = "tools/call";
  private static final String REQUESTS = "inputRequests";

  private StatelessQuestionMutants() {}

  static List<Mutant> all() {
    return List.of(
        // MRTR-505
        Planting.statelessAnswer(
            "question-key-twice",
            (_, message, answer) ->
                message instanceof Message.Request request
                        && request.method().equals(CALL)
                        && answer.body() instanceof Answer.Body.Rpc
                    ? answer.withBody(new Answer.Body.Raw(twice(answer)))
                    : answer),
        // ELIC-507
        form("form-without-message", params -> params.remove("message")),
        // ELIC-509
        form(
            "form-nested",
            params ->
                params
                    .withObjectProperty("requestedSchema")
                    .withObjectProperty("properties")
                    .putObject("nested")
                    .put("type", "object")),
        // ELIC-511
        page("page-without-url", params -> params.remove("url")),
        // ELIC-512
        page("page-url-relative", params -> params.put("url", "look/here")),
        // ELIC-529
        page(
            "page-url-with-mail-address", params -> see(params, "?email=user%40plumbline.example")),
        // ELIC-530
        page("page-url-with-access-token", params -> see(params, "?access_token=opensesame")),
        // ELIC-531
        form(
            "form-with-address-stateless",
            params -> params.put("message", "See https://plumbline.example/.")),
        // ELIC-532
        page("page-url-plain-http", params -> params.put("url", "http://plumbline.example/look")));
  }

  private static Mutant form(String name, Consumer<ObjectNode> spoil) {
    return elicitation(name, "form", spoil);
  }

  private static Mutant page(String name, Consumer<ObjectNode> spoil) {
    return elicitation(name, "url", spoil);
  }

  private static Mutant elicitation(String name, String mode, Consumer<ObjectNode> spoil) {
    return StatelessTalkMutants.question(
        name,
        "elicitation/create",
        question -> {
          ObjectNode params = question.withObjectProperty("params");
          if (params.path("mode").asString("form").equals(mode)) {
            spoil.accept(params);
          }
        });
  }

  private static void see(ObjectNode params, String more) {
    params.put("url", "https://plumbline.example/look" + more);
  }

  private static String twice(Answer answer) {
    String json = new String(answer.bytes(), StandardCharsets.UTF_8);
    JsonNode asked = JsonLimits.mapper().readTree(json).path("result").path(REQUESTS);
    String opening = "\"" + REQUESTS + "\":{";
    return asked.properties().stream()
        .findFirst()
        .map(
            first ->
                json.replace(
                    opening, opening + "\"" + first.getKey() + "\":" + first.getValue() + ","))
        .orElse(json);
  }
}
