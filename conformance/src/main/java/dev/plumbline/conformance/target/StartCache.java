package dev.plumbline.conformance.target;

import dev.plumbline.conformance.wire.ChildProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The ahead-of-time cache (JEP 514) of the bundled server, beside its folder of jars. Over stdio
 * every conversation has a process of its own, and with the cache a start costs about half. It is
 * made once for each build, in the background while the first starts go without it; where it cannot
 * be made, everything works and starts take longer.
 */
final class StartCache {
  /** How long making it may take. */
  private static final Duration MAKING = Duration.ofSeconds(60);

  /** What is done to learn which classes a start needs: both eras, a list and a call. */
  private static final String LESSON =
      """
      {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25",\
      "capabilities":{},"clientInfo":{"name":"plumbline","version":"1"}}}
      {"jsonrpc":"2.0","method":"notifications/initialized"}
      {"jsonrpc":"2.0","id":2,"method":"tools/list"}
      {"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"about","arguments":{}}}
      {"jsonrpc":"2.0","id":4,"method":"server/discover","params":{"_meta":{\
      "io.modelcontextprotocol/protocolVersion":"2026-07-28",\
      "io.modelcontextprotocol/clientInfo":{"name":"plumbline","version":"1"},\
      "io.modelcontextprotocol/clientCapabilities":{}}}}
      """;

  /** For which folders this JVM has begun to make one: many targets may start at the same time. */
  private static final Set<Path> BEGUN = ConcurrentHashMap.newKeySet();

  private final Path jars;
  private final List<String> jvm;

  /**
   * A cache that need not be there yet.
   *
   * @param jars the folder of jars the server runs from
   * @param jvm the arguments of the JVMs that will use it; they must agree with those it is made by
   */
  StartCache(Path jars, List<String> jvm) {
    this.jars = jars;
    this.jvm = jvm;
  }

  private Path file() {
    return jars.resolveSibling("server.aot");
  }

  /** What a JVM is told to use it; nothing while there is none, which it then begins to make. */
  List<String> arguments() {
    if (isFresh()) {
      return List.of("-XX:AOTCache=" + file(), "-Xlog:aot=off,cds=off");
    }
    if (BEGUN.add(file())) {
      Thread.ofPlatform().daemon().name("make-start-cache").start(this::make);
    }
    return List.of();
  }

  private boolean isFresh() {
    try (Stream<Path> all = Files.list(jars)) {
      FileTime made = Files.getLastModifiedTime(file());
      for (Path jar : all.toList()) {
        if (Files.getLastModifiedTime(jar).compareTo(made) > 0) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void make() {
    Path made = null;
    try {
      made = Files.createTempFile(jars.getParent(), "server", ".aot");
      Files.delete(made);
      if (learn(made)) {
        Files.move(made, file(), StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      // No room or no right to write there: starts take longer.
      return;
    } finally {
      BundledTarget.forget(made);
    }
  }

  private boolean learn(Path made) throws IOException {
    List<String> arguments = new ArrayList<>(jvm);
    arguments.add("-XX:AOTCacheOutput=" + made);
    ChildProcess child = ChildProcess.start(ServerCommand.of(jars, arguments, List.of("--stdio")));
    try {
      var _ = child.write(LESSON.getBytes(StandardCharsets.UTF_8));
      child.closeInput();
      return child.awaitEnd(MAKING) && child.exitCode().orElse(-1) == 0 && Files.exists(made);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      child.kill();
    }
  }
}
