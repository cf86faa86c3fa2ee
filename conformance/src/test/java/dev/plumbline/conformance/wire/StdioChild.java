package dev.plumbline.conformance.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process for tests: a tiny server of the handshake era with one habit, named by its argument.
 */
public final class StdioChild {
  private static final Set<String> BOTH_ERAS =
      Set.of("slow-in-both-eras", "slower-the-second-time", "deaf-to-initialize");

  private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");

  private StdioChild() {}

  /** The command that starts it. */
  public static List<String> command(String habit, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                StdioChild.class.getName(),
                habit));
    words.addAll(List.of(more));
    return words;
  }

  /** Serves standard input. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    String habit = arguments[0];
    switch (habit) {
      case "exits" -> {
        System.err.println("warming up");
        System.err.println("no database configured");
        System.exit(3);
      }
      case "floods" -> {
        while (!System.out.checkError()) {
          say("noise");
        }
      }
      case "prints-only-garbage" -> say("Welcome to the best server!");
      case "garbage-first" -> say("Starting server on stdio...");
      case "has-family" -> {
        Process child = new ProcessBuilder("sleep", "60").start();
        System.err.println("family " + child.pid());
      }
      // Longer than the first question is waited for: that is what it is about.
      case "slow-in-both-eras" -> Thread.sleep(4_500);
      case "slower-the-second-time" -> {
        boolean first = Path.of(arguments[1]).toFile().createNewFile();
        Thread.sleep(first ? 1_500 : 5_000);
      }
      default -> {}
    }
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String line;
    while ((line = in.readLine()) != null) {
      answer(habit, line);
    }
    if (habit.equals("stays") || habit.equals("has-family")) {
      Thread.currentThread().join();
    }
  }

  private static void answer(String habit, String line) {
    Matcher id = ID.matcher(line);
    if (!id.find() || !line.contains("\"method\"")) {
      System.err.println("got " + line);
      return;
    }
    switch (habit) {
      case "silent", "prints-only-garbage" -> {}
      case "long-line" -> say("x".repeat(100_000));
      case "asks-back" -> {
        say("{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"ping\"}");
        say("{\"jsonrpc\":\"2.0\",\"id\":\"b\",\"method\":\"roots/list\"}");
      }
      default -> {}
    }
    if (BOTH_ERAS.contains(habit) && line.contains("\"server/discover\"")) {
      say(
          "{\"jsonrpc\":\"2.0\",\"id\":"
              + id.group(1)
              + ",\"result\":{\"resultType\":\"complete\",\"supportedVersions\":[\"2026-07-28\"],"
              + "\"capabilities\":{},\"ttlMs\":0,\"cacheScope\":\"private\"}}");
      return;
    }
    boolean heard = !habit.equals("deaf-to-initialize") || !line.contains("\"initialize\"");
    if (heard && !habit.equals("silent") && !habit.equals("prints-only-garbage")) {
      say("{\"jsonrpc\":\"2.0\",\"id\":" + id.group(1) + "," + result(line) + "}");
    }
  }

  private static String result(String line) {
    if (line.contains("\"initialize\"")) {
      return "\"result\":{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},"
          + "\"serverInfo\":{\"name\":\"child\",\"version\":\"1\"}}";
    }
    return line.contains("\"ping\"")
        ? "\"result\":{}"
        : "\"error\":{\"code\":-32601,\"message\":\"Method not found\"}";
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
