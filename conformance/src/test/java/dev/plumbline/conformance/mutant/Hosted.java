package dev.plumbline.conformance.mutant;

import dev.plumbline.conformance.target.Credentials;
import dev.plumbline.conformance.target.HeaderTemplate;
import dev.plumbline.conformance.target.Installation;
import dev.plumbline.conformance.target.ServerCommand;
import dev.plumbline.conformance.target.Target;
import dev.plumbline.conformance.target.Targets;
import dev.plumbline.conformance.wire.ChildProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One warm process that serves many mutants over HTTP, one after another and side by side. Over
 * stdio every conversation is a process of its own, as for any command.
 */
final class Hosted implements AutoCloseable {
  private static final String LISTENING = "listening ";
  private static final int TOKENS_AT = 2;
  private static final String HOST = "dev.plumbline.server.mutant.MutantHost";

  private final Process process;
  private final Writer orders;
  private final BufferedReader answers;

  Hosted() throws IOException {
    process = new ProcessBuilder(java()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    orders = process.outputWriter(StandardCharsets.UTF_8);
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  private static List<String> java() {
    return List.of(
        Installation.java().toString(),
        "--enable-native-access=ALL-UNNAMED",
        "-Xmx512m",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        Installation.current().server().resolve("*").toString(),
        HOST);
  }

  /** A mutant over HTTP; it is stopped by {@link #stop}. */
  Target http(String name, boolean fixture) throws Exception {
    String answer = order("start " + name + (fixture ? " fixture" : " plain"));
    if (!answer.startsWith(LISTENING)) {
      throw new IOException(name + ": " + answer);
    }
    return Targets.url(URI.create(answer.substring(LISTENING.length())), List.of());
  }

  /** A mutant that asks for tokens, over HTTP, with a lawful one and all that can be prepared. */
  Target guarded(String name, boolean fixture) throws Exception {
    String answer = order("start " + name + (fixture ? " fixture" : " plain") + " protected");
    String[] words = answer.split(" ", -1);
    if (!answer.startsWith(LISTENING) || words.length != TOKENS_AT + 6) {
      throw new IOException(name + ": " + answer);
    }
    return Targets.url(
        URI.create(words[1]),
        List.of(HeaderTemplate.parse("Authorization: Bearer " + words[TOKENS_AT])),
        Credentials.of(
            Map.of(
                Credentials.Kind.NARROW, words[TOKENS_AT + 1],
                Credentials.Kind.CHALLENGED, words[TOKENS_AT + 2],
                Credentials.Kind.BROAD, words[TOKENS_AT + 3],
                Credentials.Kind.AUDIENCE, words[TOKENS_AT + 4],
                Credentials.Kind.OTHER, words[TOKENS_AT + 5])));
  }

  /** A mutant over stdio. */
  static Target stdio(String name, boolean fixture) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("--stdio", "--set", "rate.kind=off"));
    if (!name.equals("none")) {
      arguments.addAll(List.of("--mutant", name));
    }
    if (fixture) {
      arguments.add("--fixture");
    }
    return Targets.command(ServerCommand.shortLived(Installation.current().server(), arguments));
  }

  void stop(Target target) throws IOException {
    if (target.url().isPresent()) {
      order("stop " + target.url().get());
    }
  }

  private synchronized String order(String order) throws IOException {
    orders.write(order + "\n");
    orders.flush();
    String answer = answers.readLine();
    if (answer == null) {
      throw new IOException("the host of mutants ended at: " + order);
    }
    return answer;
  }

  @Override
  public void close() throws IOException {
    try (orders) {
      orders.flush();
    }
    try {
      if (!process.waitFor(ChildProcess.END_GRACE)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
