package dev.plumbline.conformance.target;

import dev.plumbline.conformance.wire.ChildProcess;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Recorder;
import dev.plumbline.conformance.wire.Redactor;
import dev.plumbline.conformance.wire.StdioConversation;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import dev.plumbline.evidence.model.TargetIdentity;
import dev.plumbline.evidence.model.Transport;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** A server that is started for each conversation and reached over its standard streams. */
final class CommandTarget implements Target {
  private final List<String> command;
  private final Map<String, String> environment = new TreeMap<>();
  private final Redactor redactor;
  private final Map<String, String> digests;
  private final Processes processes = new Processes();

  CommandTarget(List<String> command, Map<String, String> templates)
      throws TargetException, HarnessException {
    if (command.isEmpty() || command.getFirst().isBlank()) {
      throw new TargetException("no command was given; write it after --, as in -- node server.js");
    }
    Path executable = resolve(command.getFirst());
    this.command = List.copyOf(command);
    List<String> secrets = new ArrayList<>();
    for (Map.Entry<String, String> template : templates.entrySet()) {
      Variables resolved =
          Variables.resolve(template.getValue(), "env " + template.getKey(), System.getenv());
      environment.put(template.getKey(), resolved.value());
      secrets.addAll(resolved.secrets());
    }
    this.redactor = new Redactor(List.of(), secrets);
    List<Path> files = new ArrayList<>(List.of(executable));
    for (String argument : command.subList(1, command.size())) {
      regularFile(argument).ifPresent(files::add);
    }
    this.digests = Digests.of(files);
  }

  private static Path resolve(String name) throws TargetException {
    if (name.contains("/") || name.contains(File.separator)) {
      Path path = Path.of(name);
      if (!Files.exists(path)) {
        throw new TargetException(
            "the command " + name + " does not exist; check the path and run again");
      }
      if (Files.isDirectory(path) || !Files.isExecutable(path)) {
        throw new TargetException(
            "the command " + name + " is not executable; check the path or chmod +x it");
      }
      return path;
    }
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      Path candidate = Path.of(folder.isEmpty() ? "." : folder, name);
      if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
        return candidate;
      }
    }
    throw new TargetException(
        "the command " + name + " was not found on PATH; install it or give its full path");
  }

  private static Optional<Path> regularFile(String argument) {
    try {
      Path path = Path.of(argument);
      return Files.isRegularFile(path) ? Optional.of(path) : Optional.empty();
    } catch (java.nio.file.InvalidPathException e) {
      return Optional.empty();
    }
  }

  @Override
  public TargetIdentity.Kind kind() {
    return TargetIdentity.Kind.COMMAND;
  }

  @Override
  public String address() {
    return String.join(" ", command);
  }

  @Override
  public List<Transport> transports() {
    return List.of(Transport.STDIO);
  }

  @Override
  public Map<String, String> digests() {
    return digests;
  }

  @Override
  public Redactor redactor() {
    return redactor;
  }

  @Override
  public Conversation converse(Era era, Transport transport, Recorder recorder)
      throws TargetException {
    if (transport != Transport.STDIO) {
      throw new TargetException(
          "a command is reached over stdio; give --url to use " + transport.id());
    }
    try {
      ChildProcess child = processes.add(ChildProcess.start(command, environment));
      return new StdioConversation(era, child, recorder, redactor);
    } catch (IOException e) {
      throw new TargetException(
          "the command " + command.getFirst() + " cannot be started: " + e.getMessage(), e);
    }
  }

  @Override
  public Target through(InetSocketAddress dial) {
    throw new IllegalStateException("a command is not dialled");
  }

  @Override
  public Optional<URI> url() {
    return Optional.empty();
  }

  @Override
  public Optional<URI> control() {
    return Optional.empty();
  }

  @Override
  public OptionalLong pid() {
    return OptionalLong.empty();
  }

  @Override
  public void close() {
    processes.close();
  }
}
