package dev.plumbline.conformance.explore;

import dev.plumbline.conformance.ledger.Actor;
import dev.plumbline.conformance.ledger.Clause;
import dev.plumbline.conformance.model.Model;
import dev.plumbline.conformance.model.Models;
import dev.plumbline.conformance.model.Offer;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Requires;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Stage;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.evidence.model.Consent;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Level;
import dev.plumbline.evidence.model.TargetException;
import dev.plumbline.evidence.model.Transport;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The walks as checks of the conformance suite: one for each model. */
public final class Walks {
  /** What a walk asks is no sentence of a page but all of them together, so it is in no ledger. */
  private enum Check {
    LIFECYCLE(
        "WALK-001",
        "lifecycle",
        Probes.HANDSHAKE,
        Probes.ANY,
        "2025-11-25/basic/lifecycle",
        "Whatever is said in whatever order, versions are agreed on as asked and pings answered."),
    SESSION(
        "WALK-002",
        "session",
        Probes.HANDSHAKE.since("2025-03-26").withSession(),
        Probes.HTTP,
        "2025-11-25/basic/transports",
        "A session lives until it is ended, and is gone for good then, whatever others do."),
    STREAM(
        "WALK-003",
        "stream",
        Probes.HANDSHAKE.since("2025-03-26"),
        Probes.HTTP,
        "2025-11-25/basic/transports",
        "An event id names one event of one stream, and a resumed stream goes on as itself."),
    TASK(
        "WALK-004",
        "task",
        Probes.HANDSHAKE.since("2025-11-25").capability("tasks"),
        Probes.ANY,
        "2025-11-25/basic/utilities/tasks",
        "A task's status moves along its paths, and its end is final, whatever is asked of it."),
    SUBSCRIPTION(
        "WALK-501",
        "subscription",
        Probes.STATELESS,
        Probes.ANY,
        "2026-07-28/basic/patterns/subscriptions",
        "Each subscription tells what it was opened for, whatever others were opened for."),
    ROUND_TRIP(
        "WALK-502",
        "mrtr",
        Probes.STATELESS.withCallableTool(),
        Probes.ANY,
        "2026-07-28/basic/patterns/mrtr",
        "What a request asks back follows from that request alone, whatever came before it.");

    private final String id;
    private final String model;

    @SuppressWarnings("ImmutableEnumChecker") // a record over strings and lists that are copies
    private final Requires requires;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of cannot change
    private final Set<Transport> transports;

    private final String page;
    private final String statement;

    Check(
        String id,
        String model,
        Requires requires,
        Set<Transport> transports,
        String page,
        String statement) {
      this.id = id;
      this.model = model;
      this.requires = requires;
      this.transports = transports;
      this.page = page;
      this.statement = statement;
    }

    private Model<?, ?> machine() {
      return Models.named(model).orElseThrow();
    }

    private Rule rule() {
      return new Rule(id, transports, requires, stage -> walk(this, stage), WalkJudge::judge);
    }

    private Clause clause() {
      return new Clause(
          id,
          Level.MUST,
          Actor.SERVER,
          null,
          requires.era(),
          transports.stream().sorted().toList(),
          Consent.READ_ONLY,
          requires.since(),
          null,
          statement,
          page,
          "",
          digest(statement),
          "explore/Walks",
          null);
    }
  }

  private Walks() {}

  /** The checks, handshake era first. */
  public static List<Rule> all() {
    return Arrays.stream(Check.values()).map(Check::rule).toList();
  }

  /** The words of a check, in the form of a clause. */
  public static Optional<Clause> clause(String id) {
    return Arrays.stream(Check.values())
        .filter(c -> c.id.equals(id))
        .findFirst()
        .map(Check::clause);
  }

  /** The model a check walks. */
  public static Optional<Model<?, ?>> model(String id) {
    return Arrays.stream(Check.values())
        .filter(c -> c.id.equals(id))
        .findFirst()
        .map(Check::machine);
  }

  /** The era and transports a model is walked in. */
  public static Era era(Model<?, ?> model) {
    return Arrays.stream(Check.values())
        .filter(c -> c.model.equals(model.name()))
        .findFirst()
        .orElseThrow()
        .requires
        .era();
  }

  /** Whether walks of that model need to know what tools are like. */
  public static boolean callsTools(Model<?, ?> model) {
    return !model.name().equals("lifecycle") && !model.name().equals("session");
  }

  private static void walk(Check check, Stage stage)
      throws TargetException, HarnessException, InterruptedException {
    Model<?, ?> model = check.machine();
    Offer offer;
    try (Conversation own = stage.apart()) {
      offer = Survey.of(stage.probe(), stage.consent(), own, callsTools(model));
    }
    Optional<String> obstacle = model.obstacle(offer);
    if (obstacle.isPresent()) {
      stage.fact(WalkRecording.OBSTACLE, obstacle.get());
      return;
    }
    Exploration exploration =
        new Explorer(model, offer, stage::apart)
            .explore(
                stage.seed(),
                Budget.of(stage.profile(), stage.transport()),
                Explorer.Listener.NONE);
    stage.take(exploration.exchanges());
    WalkRecording.facts(model.name(), stage.seed(), offer, exploration).forEach(stage::fact);
  }

  private static String digest(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
