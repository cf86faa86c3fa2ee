package dev.plumbline.chaos.proxy;

import dev.plumbline.evidence.model.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;

/**
 * Asks the Docker daemon over its Unix socket whether it is there and which images it has. Cheap
 * and bounded, unlike starting Testcontainers to find out.
 */
final class DockerDaemon {
  private static final Duration DEADLINE = Duration.ofSeconds(2);
  private static final int MAX_ANSWER_BYTES = 8 * 1024 * 1024;
  private static final String DEFAULT_SOCKET = "/var/run/docker.sock";

  private final Path socket;

  private DockerDaemon(Path socket) {
    this.socket = socket;
  }

  /** The daemon that {@code DOCKER_HOST} names, or the usual one. */
  static DockerDaemon of(Map<String, String> environment) {
    String host = environment.getOrDefault("DOCKER_HOST", "");
    return new DockerDaemon(
        Path.of(host.startsWith("unix://") ? host.substring("unix://".length()) : DEFAULT_SOCKET));
  }

  /** Whether it answers. */
  boolean answers() throws InterruptedException {
    if (!Files.exists(socket)) {
      return false;
    }
    try {
      return get("/_ping").contains("OK");
    } catch (IOException e) {
      return false;
    }
  }

  /** The names of the images it has, with tags. */
  List<String> images() throws IOException, InterruptedException {
    String answer = get("/images/json");
    List<String> names = new ArrayList<>();
    for (JsonNode image : Json.parse(answer.substring(answer.indexOf("\r\n\r\n") + 4))) {
      for (JsonNode tag : image.path("RepoTags")) {
        names.add(tag.asString(""));
      }
    }
    return names;
  }

  private String get(String path) throws IOException, InterruptedException {
    CompletableFuture<String> answer = new CompletableFuture<>();
    Thread asking =
        Thread.ofVirtual()
            .name("docker " + path)
            .start(
                () -> {
                  try {
                    answer.complete(exchange(path));
                  } catch (IOException | RuntimeException e) {
                    answer.completeExceptionally(e);
                  }
                });
    try {
      return answer.get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the Docker daemon does not answer: " + e.getMessage(), e);
    } finally {
      asking.interrupt(); // closes the channel
    }
  }

  private String exchange(String path) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      // HTTP/1.0: the answer ends with the connection and is not chunked.
      String request = "GET " + path + " HTTP/1.0\r\nHost: docker\r\n\r\n";
      channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
      while (channel.read(buffer) >= 0 && out.size() < MAX_ANSWER_BYTES) {
        out.write(buffer.array(), 0, buffer.position());
        buffer.clear();
      }
      return out.toString(StandardCharsets.UTF_8);
    }
  }
}
