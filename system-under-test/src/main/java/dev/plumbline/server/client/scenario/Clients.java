package dev.plumbline.server.client.scenario;

import dev.plumbline.server.client.ClientOptions;
import dev.plumbline.server.client.EraPreference;
import dev.plumbline.server.client.McpClient;
import dev.plumbline.server.client.Target;
import dev.plumbline.server.era.Revisions;
import java.net.URI;

/** The clients of the scenarios. */
final class Clients {
  private Clients() {}

  /** The usual client, for the era of the revision. */
  static ClientOptions options(String revision) {
    EraPreference era =
        switch (revision) {
          case "" -> EraPreference.AUTO;
          case Revisions.STATELESS -> EraPreference.STATELESS;
          default -> EraPreference.HANDSHAKE;
        };
    return ClientOptions.named("plumbline-client", "1.0.0").withEra(era);
  }

  static McpClient client(URI server, ClientOptions options) {
    return new McpClient(new Target.Http(server), options);
  }
}
