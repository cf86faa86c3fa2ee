package dev.plumbline.conformance.probe;

import dev.plumbline.conformance.target.Target;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.End;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.StdioConversation;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.TargetException;
import dev.plumbline.evidence.model.Transport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Finds out what a target speaks and offers. Both eras are asked for on every transport, the
 * stateless one first: 2026-07-28
 * basic/versioning#backward-compatibility-with-initialization-based-versions.
 */
public final class Probe {
  /** How long the first question may go without an answer; a process may still be starting. */
  static final Duration FIRST_ANSWER = Duration.ofSeconds(4);

  /** How long the second question may go without an answer. */
  static final Duration SECOND_ANSWER = Duration.ofSeconds(8);

  /** How long an era may be waited for on a process that is known to start slowly. */
  private static final Duration SLOW_START = Duration.ofSeconds(15);

  /** How many times longer than the first process a second one may take to start. */
  private static final int START_FACTOR = 4;

  private static final String SERVER_INFO = "io.modelcontextprotocol/serverInfo";

  private final ProbeOptions options;

  /** A probe that was told nothing. */
  public Probe() {
    this(ProbeOptions.none());
  }

  /** A probe that knows what the user told. */
  public Probe(ProbeOptions options) {
    this.options = options;
  }

  /**
   * Asks the target and writes the report.
   *
   * @param file where the report is written, {@code raw/probe.json}
   * @throws TargetException when the target cannot be reached or does not speak MCP; one line
   * @throws HarnessException when Plumbline itself failed
   */
  public ProbeReport run(Target target, Path file)
      throws TargetException, HarnessException, InterruptedException {
    List<EraProbe> eras = new ArrayList<>();
    List<Silence> silences = new ArrayList<>();
    for (Transport transport : target.transports()) {
      eras.addAll(ask(target, transport, silences));
    }
    ProbeReport report = new ProbeReport(told(eras, "name"), told(eras, "version"), eras, silences);
    try {
      Json.write(file, report);
    } catch (IOException e) {
      throw new HarnessException("cannot write " + file + ": " + e.getMessage(), e);
    }
    return report;
  }

  /** The whole probe is bounded, so starting a process is part of the time. */
  private static void strictly(Conversation conversation, Duration deadline) {
    conversation.deadline(deadline);
    if (conversation instanceof StdioConversation stdio) {
      stdio.withoutStartAllowance();
    }
  }

  private static String told(List<EraProbe> eras, String field) {
    return eras.stream()
        .map(e -> e.serverInfo().path(field).asString(""))
        .filter(text -> !text.isBlank())
        .findFirst()
        .orElse("unknown");
  }

  private List<EraProbe> ask(Target target, Transport transport, List<Silence> silences)
      throws TargetException, HarnessException, InterruptedException {
    List<EraProbe> eras = new ArrayList<>();
    boolean late;
    Duration patience;
    try (Conversation stateless = target.converse(Era.STATELESS, transport)) {
      strictly(stateless, FIRST_ANSWER);
      Exchange discover = stateless.send("discover", stateless.draft("server/discover"));
      if (discover.end() == End.CONNECT_FAILED) {
        throw Unreachable.http(target, discover);
      }
      stateless(stateless, discover).ifPresent(eras::add);
      patience = eras.isEmpty() ? SECOND_ANSWER : secondStart(transport, discover);
      late = eras.isEmpty() && discover.end() == End.TIMED_OUT;
      if (late && stateless instanceof StdioConversation slow) {
        // It may still be starting: a second process would only be slower.
        Conversation sequel = slow.in(Era.HANDSHAKE);
        handshake(target, sequel, new Late(slow, discover), patience, eras, silences);
        late = answeredLate(sequel, discover);
        if (!late || spoken(eras, Era.STATELESS)) {
          return eras;
        }
      }
    }
    if (!spoken(eras, Era.HANDSHAKE)) {
      try (Conversation handshake = target.converse(Era.HANDSHAKE, transport)) {
        handshake(target, handshake, null, patience, eras, silences);
      }
    }
    if (late) {
      // It answers by now: what was late may have been a server still warming up.
      try (Conversation again = target.converse(Era.STATELESS, transport)) {
        Duration longest = transport == Transport.STDIO ? SLOW_START : FIRST_ANSWER;
        strictly(again, longest);
        Exchange discover = again.send("discover", again.draft("server/discover"));
        stateless(again, discover).ifPresent(eras::addFirst);
        if (transport == Transport.STDIO && discover.end() == End.TIMED_OUT) {
          silences.add(new Silence(Era.STATELESS, transport, longest.toMillis()));
        }
      }
    }
    return eras;
  }

  /** How long the next process may take: a machine that is busy may be busier then. */
  private static Duration secondStart(Transport transport, Exchange first) {
    Duration start =
        Duration.ofNanos(first.endNanos() - first.sentNanos()).multipliedBy(START_FACTOR);
    if (transport != Transport.STDIO || start.compareTo(FIRST_ANSWER) < 0) {
      return FIRST_ANSWER;
    }
    return start.compareTo(SLOW_START) > 0 ? SLOW_START : start;
  }

  private static boolean spoken(List<EraProbe> eras, Era era) {
    return eras.stream().anyMatch(known -> known.era() == era);
  }

  /** Whether the server let itself be discovered, after the question had been given up. */
  private static boolean answeredLate(Conversation conversation, Exchange discover) {
    return discover.sentId().stream()
        .anyMatch(
            id ->
                conversation.recording("probe", Map.of()).exchanges().stream()
                    .flatMap(exchange -> exchange.messages().stream())
                    .anyMatch(
                        message ->
                            Messages.answers(message, id) && isDiscovery(message.path("result"))));
  }

  /** What the answer to {@code server/discover} says; empty for a server of the handshake era. */
  private Optional<EraProbe> stateless(Conversation conversation, Exchange discover)
      throws HarnessException, InterruptedException {
    Optional<JsonNode> result = discover.result().filter(Probe::isDiscovery);
    long nanos = discover.endNanos() - discover.sentNanos();
    if (result.isPresent()) {
      conversation.deadline(FIRST_ANSWER);
      return Optional.of(
          new Survey(conversation, options)
              .run(
                  revisions(result.get().path("supportedVersions")),
                  result.get().path("capabilities"),
                  result.get().path("_meta").path(SERVER_INFO),
                  conversation.transport() == Transport.STDIO ? 0 : nanos));
    }
    boolean modernError = discover.errorCode().orElse(0) == -32020;
    if (!modernError && discover.error().isPresent() && !answersModern(conversation)) {
      return Optional.empty();
    }
    if (!modernError && discover.error().isEmpty()) {
      return Optional.empty();
    }
    // It speaks the era without letting itself be discovered; rules will say so.
    return Optional.of(
        new Survey(conversation, options)
            .run(
                List.of(Era.STATELESS.revision()),
                Messages.object().set("tools", Messages.object()),
                Messages.object(),
                nanos));
  }

  private static boolean isDiscovery(JsonNode result) {
    return result.isObject()
        && (result.has("supportedVersions")
            || result.has("resultType")
            || result.has("capabilities"));
  }

  /** Whether a lawful stateless request gets a result of this era, though discovery failed. */
  private static boolean answersModern(Conversation conversation)
      throws HarnessException, InterruptedException {
    Exchange list = conversation.send("tools-list", conversation.draft("tools/list"));
    return list.result().filter(result -> result.has("resultType")).isPresent();
  }

  private static List<String> revisions(JsonNode supported) {
    List<String> stateless = new ArrayList<>();
    for (JsonNode version : supported) {
      String text = version.asString("");
      if (text.compareTo(Era.STATELESS.revision()) >= 0 && !stateless.contains(text)) {
        stateless.add(text);
      }
    }
    stateless.sort(Comparator.reverseOrder());
    return stateless.isEmpty() ? List.of(Era.STATELESS.revision()) : stateless;
  }

  /**
   * The first question to a process that was given up.
   *
   * @param conversation which waited in vain
   * @param discover what it sent
   */
  private record Late(StdioConversation conversation, Exchange discover) {}

  /**
   * Adds the handshake era when it is spoken.
   *
   * @param late what was given up on the same process, or null
   * @param patience how long to wait for the answer
   * @throws TargetException when neither era is spoken
   */
  private void handshake(
      Target target,
      Conversation conversation,
      @Nullable Late late,
      Duration patience,
      List<EraProbe> eras,
      List<Silence> silences)
      throws TargetException, HarnessException, InterruptedException {
    strictly(conversation, patience);
    options.revision().ifPresent(conversation::ask);
    try {
      conversation.open();
    } catch (TargetException e) {
      Exchange last = conversation.recording("probe", Map.of()).exchanges().getLast();
      if (late != null && answeredLate(conversation, late.discover())) {
        StdioConversation slow = late.conversation();
        Exchange again = slow.send("discover", slow.draft("server/discover"));
        stateless(slow, again).ifPresent(eras::add);
      }
      if (eras.isEmpty()) {
        throw conversation instanceof StdioConversation stdio
            ? Unreachable.stdio(
                target, conversation.recording("probe", Map.of()).exchanges(), stdio.child())
            : Unreachable.http(target, last);
      }
      if (last.end() == End.TIMED_OUT) {
        silences.add(new Silence(Era.HANDSHAKE, conversation.transport(), patience.toMillis()));
      }
      return;
    }
    Exchange opened =
        conversation.recording("probe", Map.of()).exchange("initialize").orElseThrow();
    JsonNode result = conversation.opened();
    conversation.deadline(FIRST_ANSWER);
    eras.add(
        new Survey(conversation, options)
            .run(
                List.of(conversation.revision()),
                result.path("capabilities"),
                result.path("serverInfo"),
                conversation.transport() == Transport.STDIO
                    ? 0
                    : opened.endNanos() - opened.sentNanos()));
  }
}
