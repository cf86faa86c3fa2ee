package dev.plumbline.ci.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServersFileTest {

  private static final Path SAMPLE =
      Path.of("").toAbsolutePath().resolve("../../samples/config/servers.yaml").normalize();

  @TempDir private Path folder;

  @Test
  void theSampleIsRead() throws Exception {
    Servers servers = ServersFile.read(SAMPLE);

    assertThat(servers.seed()).isEqualTo(0x7f3aL);
    assertThat(servers.servers())
        .extracting(Servers.Server::target)
        .contains(
            new TargetChoice.Bundled(null),
            new TargetChoice.Bundled("ping-result-not-empty"),
            new TargetChoice.Command(
                List.of("node", "dist/server.js"), Map.of("API_KEY", "${API_KEY}")));
    Servers.Server http = servers.named("over-http").orElseThrow();
    assertThat(http.timeout()).isEqualTo(Duration.ofSeconds(90));
    assertThat(http.consent()).isEqualTo(ConsentGrant.DEFAULT);
    assertThat(servers.named("ours").orElseThrow().consent()).isEqualTo(ConsentGrant.ALL);
  }

  @Test
  void mistakesArePointedAt() throws Exception {
    assertRefused("servers: []", ":1: 'servers' lists 0 servers");
    assertRefused("servers:\n  - name: a\n", ":2: a needs one of url, command, and bundled");
    assertRefused(
        "servers:\n  - name: ../a\n    bundled: true\n", ":2: name: '../a' is not a name");
    assertRefused(
        "servers:\n  - name: a\n    bundled: true\n  - name: a\n    bundled: true\n",
        ":4: two servers are called a");
    assertRefused(
        "servers:\n  - name: a\n    bundled: true\n    timeout: soon\n", ":4: timeout: 'soon'");
    assertRefused(
        "servers:\n  - name: a\n    bundled: true\n    env: {A: b}\n", ":2: env needs a command");
  }

  private void assertRefused(String text, String complaint) throws Exception {
    Path file = Files.writeString(folder.resolve("servers.yaml"), text);
    assertThatThrownBy(() -> ServersFile.read(file))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(file + complaint);
  }
}
