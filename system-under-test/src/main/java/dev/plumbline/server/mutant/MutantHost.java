package dev.plumbline.server.mutant;

import dev.plumbline.server.HttpServer;
import dev.plumbline.server.ServerContext;
import dev.plumbline.server.ServerCore;
import dev.plumbline.server.ServerParts;
import dev.plumbline.server.api.McpServer;
import dev.plumbline.server.config.InvalidConfigException;
import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.config.Sources;
import dev.plumbline.server.feature.ServerCard;
import dev.plumbline.server.fixture.DemoCatalog;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Many mutants in one warm process, over HTTP, for the kill matrix. Reads lines: {@code start NAME
 * CATALOGUE}, where {@code none} is the server as it is and the catalogue is {@code plain} or
 * {@code fixture}, is answered by {@code listening URL}; {@code stop URL} by {@code stopped}. With
 * {@code protected} behind the catalogue the server asks for tokens, and six follow the URL: one
 * for everything, one of too few scopes, one of those that are then asked for, one of a broader
 * scope, one for another audience, and one of another user. Ends when its input ends.
 */
public final class MutantHost {
  private static final ServerCard CARD =
      new ServerCard(
          "plumbline-bundled-server",
          "Plumbline bundled server",
          "mutant",
          "A server made to be measured; every tool is harmless.");

  private static final String PROTECTED = "protected";

  private final ServerConfig config;
  private final Issuer issuer = new Issuer();
  private final Map<String, HttpServer> running = new HashMap<>();

  private MutantHost(ServerConfig config) throws IOException {
    this.config = config;
  }

  /** Serves until standard input ends. */
  public static void main(String[] arguments)
      throws IOException, InvalidConfigException, InterruptedException {
    Sources sources = Sources.of(Map.of(), Optional.empty(), List.of("rate.kind=off"));
    MutantHost host = new MutantHost(sources.read());
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      out.println(host.obey(line.strip().split(" ", -1)));
    }
    Runtime.getRuntime().halt(0);
  }

  private String obey(String[] order) throws IOException {
    if (order.length == 3 && order[0].equals("start")) {
      return start(order[1], order[2], config);
    }
    if (order.length == 4 && order[0].equals("start") && order[3].equals(PROTECTED)) {
      return start(order[1], order[2], config.withAuthorization(issuer.settings()));
    }
    if (order.length == 2 && order[0].equals("stop")) {
      HttpServer server = running.remove(order[1]);
      if (server != null) {
        server.close();
        return "stopped";
      }
    }
    return "cannot " + String.join(" ", order);
  }

  private String start(String name, String catalogue, ServerConfig settings) throws IOException {
    Optional<UnaryOperator<ServerParts>> change =
        name.equals("none")
            ? Optional.of(UnaryOperator.identity())
            : Mutant.named(name).map(Mutant::change);
    if (change.isEmpty()) {
      return "unknown mutant " + name;
    }
    McpServer offered =
        catalogue.equals("fixture") ? DemoCatalog.withFixture(CARD) : DemoCatalog.server(CARD);
    ServerCore core = new ServerCore(offered, ServerContext.of(settings), change.get());
    HttpServer server = new HttpServer(core, 0, 0);
    running.put(server.endpoint().toString(), server);
    String listening = "listening " + server.endpoint();
    return core.protection().isPresent()
        ? listening + " " + tokens(server.endpoint().toString())
        : listening;
  }

  private String tokens(String audience) {
    return String.join(
        " ",
        issuer.token("one", audience, Issuer.USE + " " + Issuer.CALL + " mcp:extra"),
        issuer.token("one", audience, Issuer.USE),
        issuer.token("one", audience, Issuer.USE + " " + Issuer.CALL),
        issuer.token("one", audience, Issuer.ALL),
        issuer.token("one", "https://elsewhere.plumbline.invalid/mcp", Issuer.ALL),
        issuer.token("two", audience, Issuer.USE + " " + Issuer.CALL));
  }
}
