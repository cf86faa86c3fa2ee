package dev.plumbline.conformance.rule;

import dev.plumbline.conformance.rule.Every.Subject;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Recording;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What a recording shows of a target, by kind. */
public final class Seen {
  private Seen() {}

  /** The method of the request that was sent; empty without one. */
  public static String method(Exchange exchange) {
    return exchange.sentMessage().map(m -> m.path("method").asString("")).orElse("");
  }

  /** Every JSON value that came. */
  public static Stream<Subject> messages(Recording recording) {
    return recording.exchanges().stream()
        .flatMap(e -> e.messages().stream().map(m -> new Subject(e, name(e, m), m)));
  }

  private static String name(Exchange exchange, JsonNode message) {
    boolean answer = exchange.sentId().filter(id -> Messages.answers(message, id)).isPresent();
    String method = message.path("method").asString("");
    return answer
        ? "The answer to " + method(exchange)
        : method.isEmpty() ? "A message without method" : "The message " + method;
  }

  /** Every response. */
  public static Stream<Subject> responses(Recording recording) {
    return messages(recording).filter(s -> Messages.isResponse(s.node()));
  }

  /** Every notification, and whatever else has a method. */
  public static Stream<Subject> notifications(Recording recording) {
    return messages(recording).filter(s -> s.node().has("method"));
  }

  /** Every notification of that method. */
  public static Stream<Subject> notifications(Recording recording, String method) {
    return notifications(recording)
        .filter(s -> s.node().path("method").asString("").equals(method));
  }

  /** The error of every response that is none but an error. */
  public static Stream<Subject> errors(Recording recording) {
    return responses(recording)
        .filter(s -> s.node().has("error"))
        .map(s -> new Subject(s.exchange(), error(s), s.node().path("error")));
  }

  private static String error(Subject response) {
    return "The error that answers " + method(response.exchange());
  }

  /** The result of every request that was served. */
  public static Stream<Subject> results(Recording recording) {
    return recording.exchanges().stream()
        .filter(e -> e.result().isPresent() && e.response().filter(r -> r.has("error")).isEmpty())
        .map(e -> new Subject(e, "The result of " + method(e), e.result().orElseThrow()));
  }

  /** The result of every served request of these methods. */
  public static Stream<Subject> results(Recording recording, String... methods) {
    Set<String> wanted = Set.of(methods);
    return results(recording).filter(s -> wanted.contains(method(s.exchange())));
  }

  /** Every element of a member of the results of a method, named by one of its own members. */
  public static Stream<Subject> listed(
      Recording recording, String method, String member, String naming) {
    String what = member.substring(0, member.length() - 1).replace("resourceTemplate", "template");
    return results(recording, method)
        .flatMap(
            s ->
                s.node()
                    .path(member)
                    .valueStream()
                    .map(
                        n ->
                            new Subject(
                                s.exchange(),
                                "The " + what + " " + n.path(naming).asString("without name"),
                                n)));
  }

  /** Every listed tool. */
  public static Stream<Subject> tools(Recording recording) {
    return listed(recording, "tools/list", "tools", "name");
  }

  /** Every input and output schema of a listed tool. */
  public static Stream<Subject> schemas(Recording recording) {
    return tools(recording)
        .flatMap(
            tool ->
                Stream.of("inputSchema", "outputSchema")
                    .filter(member -> tool.node().has(member))
                    .map(
                        member ->
                            new Subject(
                                tool.exchange(),
                                "The "
                                    + member
                                    + " of tool "
                                    + tool.node().path("name").asString("without name"),
                                tool.node().path(member))));
  }

  /** Every content block of a called tool or a prompt that was got. */
  public static Stream<Subject> blocks(Recording recording) {
    Stream<Subject> called =
        results(recording, "tools/call")
            .flatMap(s -> s.node().path("content").valueStream().map(b -> block(s, b)));
    Stream<Subject> got =
        results(recording, "prompts/get")
            .flatMap(
                s ->
                    s.node()
                        .path("messages")
                        .valueStream()
                        .map(m -> m.path("content"))
                        .map(b -> block(s, b)));
    return Stream.concat(called, got);
  }

  private static Subject block(Subject result, JsonNode block) {
    String type = block.path("type").asString("without type");
    return new Subject(
        result.exchange(), "A block " + type + " of " + method(result.exchange()), block);
  }

  /** Every {@code _meta} of a result or a notification. */
  public static Stream<Subject> metas(Recording recording) {
    return messages(recording)
        .flatMap(
            s ->
                Stream.of("/result/_meta", "/params/_meta")
                    .map(s.node()::at)
                    .filter(JsonNode::isObject)
                    .map(m -> new Subject(s.exchange(), "The _meta of: " + s.name(), m)));
  }

  /** Every request that a target put into an {@code input_required} result. */
  public static Stream<Subject> questions(Recording recording) {
    return results(recording)
        .filter(s -> s.node().path("resultType").asString("").equals("input_required"))
        .flatMap(
            s ->
                s.node().path("inputRequests").properties().stream()
                    .map(
                        e ->
                            new Subject(
                                s.exchange(),
                                "The input request " + e.getKey() + " of " + called(s.exchange()),
                                e.getValue())));
  }

  /** The name of what was called, got or read; the method when it has none. */
  public static String called(Exchange exchange) {
    JsonNode params = exchange.sentMessage().map(m -> m.path("params")).orElse(Messages.object());
    return List.of("name", "uri").stream()
        .map(member -> params.path(member).stringValueOpt())
        .flatMap(Optional::stream)
        .findFirst()
        .orElseGet(() -> method(exchange));
  }
}
