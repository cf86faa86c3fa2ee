package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.Answer;
import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Script;
import dev.plumbline.conformance.rule.Stage;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import dev.plumbline.evidence.model.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rules of the page {@code 2025-11-25/basic/lifecycle}. */
public final class LifecycleRules {
  private static final String INITIALIZE = "initialize";
  private static final String ASKED = "initialize-";
  private static final String UNKNOWN = ASKED + Probes.UNKNOWN_VERSION;

  /** Every revision of the era, oldest first. */
  private static final List<String> REVISIONS =
      List.of("2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25");

  /** Opens a session with every revision and with one that never was. */
  static final Script EVERY_VERSION = LifecycleRules::askForAll;

  private LifecycleRules() {}

  /** The page's rules. */
  public static List<Rule> rules() {
    return List.of(
        new Rule(
            "LIFE-001", Probes.ANY, Probes.HANDSHAKE, Stage::open, LifecycleRules::statesWhoItIs),
        new Rule(
            "LIFE-002",
            Probes.ANY,
            Probes.HANDSHAKE,
            LifecycleRules::askForEveryRevision,
            LifecycleRules::echoesSupportedVersion),
        new Rule(
            "LIFE-003",
            Probes.ANY,
            Probes.HANDSHAKE,
            LifecycleRules::askForUnknownVersion,
            LifecycleRules::offersAnotherVersion),
        new Rule(
            "LIFE-004",
            Probes.ANY,
            Probes.HANDSHAKE,
            EVERY_VERSION,
            LifecycleRules::offersTheNewest),
        new Rule(
            "LIFE-005",
            Probes.ANY,
            Probes.HANDSHAKE,
            EVERY_VERSION,
            LifecycleRules::asksNothingBefore));
  }

  // --- LIFE-005 ----------------------------------------------------------------------------------

  private static Verdict asksNothingBefore(Recording recording) {
    Examination examination = new Examination(recording);
    for (Exchange opening : recording.exchanges(ASKED).toList()) {
      if (opening.response().isEmpty()) {
        continue;
      }
      Optional<JsonNode> early =
          opening.messages().stream()
              .takeWhile(message -> !Messages.isResponse(message))
              .filter(PhaseRules::isAsking)
              .findFirst();
      if (early.isEmpty()) {
        examination.kept();
      } else {
        examination.broken(
            opening,
            "The server asks for "
                + early.get().path("method").asString("")
                + " before it has answered initialize.",
            "Initialization comes first: before it nothing is asked for but a ping.",
            "The request reads: " + EveryPiece.quoted(early.get()),
            "Ask clients only after they have sent notifications/initialized.");
      }
    }
    return examination.verdict();
  }

  // --- LIFE-001 ----------------------------------------------------------------------------------

  private static Verdict statesWhoItIs(Recording recording) {
    Examination examination = new Examination(recording);
    if (examination.served(INITIALIZE)) {
      examination.exchange(INITIALIZE).ifPresent(e -> judgeFields(e, examination));
    }
    return examination.verdict();
  }

  private static void judgeFields(Exchange exchange, Examination examination) {
    JsonNode result = exchange.result().orElseGet(Messages::object);
    List<String> missing = new ArrayList<>();
    if (!result.path("protocolVersion").isString()) {
      missing.add("protocolVersion (a string)");
    }
    if (!result.path("capabilities").isObject()) {
      missing.add("capabilities (an object)");
    }
    if (!result.path("serverInfo").path("name").isString()) {
      missing.add("serverInfo.name (a string)");
    }
    if (!result.path("serverInfo").path("version").isString()) {
      missing.add("serverInfo.version (a string)");
    }
    if (missing.isEmpty()) {
      examination.kept();
      return;
    }
    examination.broken(
        exchange,
        "The answer to initialize lacks " + String.join(", ", missing) + ".",
        "The server answers initialize with the protocol version, its capabilities, and its name"
            + " and version.",
        "Missing or of another type: " + String.join(", ", missing) + ".",
        "Fill these members in the result of initialize.");
  }

  // --- LIFE-002 and LIFE-003 ---------------------------------------------------------------------

  private static void askForEveryRevision(Stage stage)
      throws TargetException, HarnessException, InterruptedException {
    for (String revision : REVISIONS) {
      ask(stage, revision);
    }
  }

  private static void askForUnknownVersion(Stage stage)
      throws TargetException, HarnessException, InterruptedException {
    ask(stage, Era.HANDSHAKE.revision());
    ask(stage, Probes.UNKNOWN_VERSION);
  }

  /** A conversation is initialized once, so every question needs one of its own. */
  private static void ask(Stage stage, String version)
      throws TargetException, HarnessException, InterruptedException {
    Conversation conversation = stage.another();
    ObjectNode params = Messages.object().put("protocolVersion", version);
    params.putObject("capabilities");
    params.putObject("clientInfo").put("name", "plumbline").put("version", "1.0.0");
    conversation.send(
        ASKED + version,
        // The header belongs to requests after this one.
        conversation.draft(INITIALIZE, params).withoutHeader("MCP-Protocol-Version"));
    conversation.close();
  }

  private static Verdict echoesSupportedVersion(Recording recording) {
    Examination examination = new Examination(recording);
    Map<String, String> answers = new LinkedHashMap<>();
    for (String revision : REVISIONS) {
      recording
          .exchange(ASKED + revision)
          .flatMap(LifecycleRules::version)
          .ifPresent(answer -> answers.put(revision, answer));
    }
    for (Map.Entry<String, String> asked : answers.entrySet()) {
      String version = asked.getKey();
      if (asked.getValue().equals(version)) {
        examination.kept();
      } else if (answers.containsValue(version)) {
        examination
            .exchange(ASKED + version)
            .ifPresent(e -> brokenEcho(e, version, asked.getValue(), answers, examination));
      }
    }
    if (answers.isEmpty()) {
      examination.unseen("initialize was never answered with a version");
    }
    return examination.verdict();
  }

  private static void brokenEcho(
      Exchange exchange,
      String version,
      String answer,
      Map<String, String> answers,
      Examination examination) {
    String proof =
        answers.entrySet().stream()
            .filter(entry -> entry.getValue().equals(version))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse("");
    examination.broken(
        exchange,
        "The server supports version "
            + version
            + " but answers a request for it with "
            + answer
            + ".",
        "A server that supports the requested version answers with that same version.",
        "Asked for "
            + version
            + " it answered "
            + answer
            + "; asked for "
            + proof
            + " it answered "
            + version
            + ", so it supports "
            + version
            + ".",
        "Compare the requested version with the supported ones for equality before choosing"
            + " another.");
  }

  private static Optional<String> version(Exchange exchange) {
    return exchange.result().flatMap(result -> result.path("protocolVersion").stringValueOpt());
  }

  private static Verdict offersAnotherVersion(Recording recording) {
    Examination examination = new Examination(recording);
    if (examination.served(ASKED + Era.HANDSHAKE.revision())) {
      examination.answered(UNKNOWN).ifPresent(e -> judgeOffer(e, examination));
    }
    return examination.verdict();
  }

  private static void judgeOffer(Exchange exchange, Examination examination) {
    Optional<String> offered = version(exchange);
    if (offered.isEmpty() && exchange.error().isPresent()) {
      // The page's own example of an initialization error refuses an unsupported version.
      examination.kept();
    } else if (offered.isEmpty()) {
      examination.unseen(
          "initialize with an unknown version got no version back: " + Answer.told(exchange));
    } else if (!offered.get().equals(Probes.UNKNOWN_VERSION)) {
      examination.kept();
    } else {
      examination.broken(
          exchange,
          "The server claims to support protocol version 1900-01-01, which never existed.",
          "A server that does not know the requested version answers with another one that it"
              + " supports.",
          "Asked for 1900-01-01 it answered 1900-01-01.",
          "Answer initialize with the newest supported version when the requested one is"
              + " unknown.");
    }
  }

  // --- LIFE-004 ----------------------------------------------------------------------------------

  private static void askForAll(Stage stage)
      throws TargetException, HarnessException, InterruptedException {
    askForEveryRevision(stage);
    ask(stage, Probes.UNKNOWN_VERSION);
  }

  private static Verdict offersTheNewest(Recording recording) {
    Examination examination = new Examination(recording);
    Optional<String> newest =
        REVISIONS.stream()
            .filter(
                r ->
                    recording
                        .exchange(ASKED + r)
                        .flatMap(LifecycleRules::version)
                        .equals(Optional.of(r)))
            .reduce((older, newer) -> newer);
    Optional<Exchange> asked = examination.exchange(UNKNOWN);
    Optional<String> offer = asked.flatMap(LifecycleRules::version);
    // A claim to support what never existed is another clause's business.
    if (newest.isEmpty() || offer.isEmpty() || offer.get().equals(Probes.UNKNOWN_VERSION)) {
      examination.unseen("an unknown version was answered without an offer");
    } else if (offer.get().compareTo(newest.get()) >= 0) {
      // A newer one than we know may be the newest there is.
      examination.kept();
    } else {
      examination.broken(
          asked.orElseThrow(),
          "Asked for an unknown version the server offers " + offer.get() + ", not its newest.",
          "The version offered instead of an unknown one is the newest the server supports.",
          "It supports " + newest.get() + ", and offers " + offer.get() + ".",
          "Offer the newest supported version when the requested one is unknown.");
    }
    return examination.verdict();
  }
}
