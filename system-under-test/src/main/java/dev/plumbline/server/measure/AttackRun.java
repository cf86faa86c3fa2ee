package dev.plumbline.server.measure;

import dev.plumbline.server.HttpServer;
import dev.plumbline.server.ServerContext;
import dev.plumbline.server.ServerCore;
import dev.plumbline.server.api.McpServer;
import dev.plumbline.server.feature.ServerCard;
import dev.plumbline.server.fixture.DemoCatalog;
import dev.plumbline.server.measure.Attack.Era;
import dev.plumbline.server.measure.AttackWire.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Plays every attack of the corpora against a server over sockets, in both eras, and writes down
 * what came back: status, error code, whether the secret that lies beside the offered directory was
 * in it, and whether a lawful request was served afterwards. The lawful look-alikes are asked for
 * in the same way. Then the parser of URIs gets random input. {@code AttackRun [INPUTS [SEED]]};
 * one JSON line for each answer, and one for the parser; says nothing about whether it is good.
 */
public final class AttackRun {
  private static final int INPUTS = 10_000;
  private static final int EXIT_USAGE = 2;
  private static final String READ = "resources/read";

  private final AttackGround ground;
  private final int port;
  private final List<ObjectNode> lines = new ArrayList<>();

  private AttackRun(AttackGround ground, int port) {
    this.ground = ground;
    this.port = port;
  }

  /** Runs it with a server in this process. */
  public static void main(String[] arguments) throws IOException {
    int inputs = INPUTS;
    long seed = 1;
    try {
      inputs = arguments.length < 1 ? inputs : Integer.parseInt(arguments[0]);
      seed = arguments.length < 2 ? seed : Long.parseLong(arguments[1]);
    } catch (NumberFormatException e) {
      System.err.println("usage: AttackRun [INPUTS [SEED]], both whole numbers");
      System.exit(EXIT_USAGE);
    }
    attacks(McpServer::files).forEach(System.out::println);
    List<String> seeds = new ArrayList<>();
    for (AttackCorpus corpus : AttackCorpus.values()) {
      corpus.load().forEach(attack -> seeds.add(attack.payload()));
    }
    System.out.println(new UriFuzz(seed, seeds).run(inputs).put("seed", seed));
    System.exit(0);
  }

  /** How the directory is offered. */
  @FunctionalInterface
  interface Offer {
    /** Adds the files below it. */
    void add(McpServer server, Path root) throws IOException;
  }

  /** Plays all attacks, and all that look like some. */
  static List<ObjectNode> attacks(Offer offer) throws IOException {
    try (AttackGround ground = new AttackGround()) {
      McpServer offered = DemoCatalog.withFixture(new ServerCard("attacked", "Attacked", "1", ""));
      offer.add(offered, ground.root());
      ServerCore core = new ServerCore(offered, ServerContext.standard(), UnaryOperator.identity());
      try (HttpServer server = new HttpServer(core, 0, 0)) {
        AttackRun run = new AttackRun(ground, server.endpoint().getPort());
        for (Era era : Era.values()) {
          run.play(era);
        }
        return run.lines;
      }
    }
  }

  private void play(Era era) throws IOException {
    try (AttackWire wire = new AttackWire(port, era)) {
      wire.open();
      for (AttackCorpus corpus : AttackCorpus.values()) {
        for (Attack attack : corpus.load()) {
          if (attack.eras().contains(era)) {
            play(wire, era, corpus, attack);
          }
        }
      }
    }
  }

  private void play(AttackWire wire, Era era, AttackCorpus corpus, Attack attack)
      throws IOException {
    String payload = ground.filled(attack.payload());
    if (corpus.isHeads()) {
      tell(wire, era, corpus, attack, "head", wire.inject(payload, ground.lawful()));
      return;
    }
    tell(wire, era, corpus, attack, READ, wire.ask(READ, payload));
    if (era == Era.HANDSHAKE && attack.expected() == Attack.Expected.REFUSED) {
      String subscribe = "resources/subscribe";
      tell(wire, era, corpus, attack, subscribe, wire.ask(subscribe, payload));
    }
  }

  private void tell(
      AttackWire wire, Era era, AttackCorpus corpus, Attack attack, String by, Answer answer)
      throws IOException {
    lines.add(
        JsonNodeFactory.instance
            .objectNode()
            .put("corpus", corpus.text())
            .put("id", attack.id())
            .put("era", era.text())
            .put("by", by)
            .put("expected", attack.expected().text())
            .put("status", answer.status())
            .put("code", answer.code())
            .put("served", answer.served())
            .put("secret", ground.leaks(answer.text()))
            .put("injected", answer.injected())
            .put("after", wire.ask(READ, ground.lawful()).served()));
  }
}
