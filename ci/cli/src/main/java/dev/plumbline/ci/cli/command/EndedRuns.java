package dev.plumbline.ci.cli.command;

import dev.plumbline.ci.cli.command.Sides.Side;
import dev.plumbline.ci.cli.config.ConsentGrant;
import dev.plumbline.ci.cli.config.Servers.Server;
import dev.plumbline.ci.cli.config.UsageException;
import dev.plumbline.evidence.bundle.StoredRun;
import dev.plumbline.evidence.bundle.Verification;
import dev.plumbline.evidence.bundle.report.Grid.Column;
import dev.plumbline.evidence.bundle.sign.PublicKeys;
import dev.plumbline.evidence.bundle.sign.UnusableKeyException;
import dev.plumbline.evidence.model.RunManifest;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.SuiteResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs of earlier that are compared: verified first, then read. */
final class EndedRuns {
  private final @Nullable Path key;
  private final List<String> seeds = new ArrayList<>();

  /**
   * @param key the signer's public key, or null when only self-signed bundles are expected
   */
  EndedRuns(@Nullable Path key) {
    this.key = key;
  }

  /**
   * What a run concluded about the clauses.
   *
   * @throws UsageException when its bundle does not hold, or it did not judge the protocol
   */
  Column column(Side.Ended side) throws UsageException, UnusableKeyException {
    StoredRun run = side.run();
    verify(side);
    SuiteResult result = run.results().get(Suite.CONFORMANCE);
    if (result == null) {
      throw new UsageException(side.text() + ": this run did not judge the protocol");
    }
    RunManifest manifest = run.run();
    seeds.add(manifest.settings().seedText());
    return new Column(
        side.text(),
        manifest.complete() ? run.decided().decision().word() : "INCOMPLETE",
        run.decided().decision().exitCode().code(),
        "",
        run.folder().root().resolve("report.html").toAbsolutePath().toString(),
        Duration.between(manifest.started(), manifest.ended()).toMillis(),
        manifest.target(),
        result.checks());
  }

  private void verify(Side.Ended side) throws UsageException, UnusableKeyException {
    // A key that lies in a bundle proves only that nothing changed since it was made.
    Path own = side.run().folder().attestations().resolve("self-signed.pub.pem");
    Path signer = key == null ? own : key;
    if (!Files.exists(signer)) {
      throw new UsageException(
          side.text() + ": give the signer's public key with --key, it is not self-signed");
    }
    if (Judges.verifier().verify(side.run().folder().root(), PublicKeys.read(signer))
        instanceof Verification.Rejected(String reason)) {
      throw new UsageException(side.text() + ": the bundle does not hold: " + reason);
    }
  }

  /** The seeds of both sides: one when they agree. */
  String seeds(String ours) {
    return seeds.isEmpty()
        ? ours
        : String.join(" and ", seeds.size() == 1 ? seeds : seeds.stream().distinct().toList());
  }

  /** A server with the consent that the run it is compared with had. */
  static Server like(Server server, Optional<RunManifest> pattern, boolean decided) {
    if (decided || pattern.isEmpty()) {
      return server;
    }
    ConsentGrant consent = new ConsentGrant(pattern.get().settings().consent(), false);
    return new Server(
        server.name(),
        server.target(),
        consent,
        server.era(),
        server.timeout(),
        server.readOnlyTools());
  }
}
