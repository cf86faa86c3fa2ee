package dev.plumbline.server.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server in a JVM of its own, started with the same flags as the other one. */
final class Contender implements AutoCloseable {
  /** The flags of both. The heap is fixed, so that its growth is not measured. */
  static final List<String> FLAGS = List.of("-Xms512m", "-Xmx512m");

  private static final String LISTENING = "listening ";
  private static final int STOP_SECONDS = 15;

  private final String name;
  private final Process process;
  private final URI endpoint;
  private final Counters counters;

  private Contender(String name, Process process, URI endpoint) throws IOException {
    this.name = name;
    this.process = process;
    this.endpoint = endpoint;
    this.counters = new Counters(process.pid());
  }

  /** Starts the main class and waits until it says where it listens. */
  static Contender start(String name, Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(FLAGS);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try {
      BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
      String line = lines.readLine();
      if (line == null || !line.startsWith(LISTENING)) {
        throw new IOException(name + " said \"" + line + "\" instead of where it listens");
      }
      return new Contender(name, process, URI.create(line.substring(LISTENING.length())));
    } catch (IOException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  String name() {
    return name;
  }

  URI endpoint() {
    return endpoint;
  }

  Counters.Reading read() throws IOException {
    return counters.read();
  }

  @Override
  public void close() throws IOException {
    try {
      counters.close();
    } finally {
      process.destroy();
      try {
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }
}
