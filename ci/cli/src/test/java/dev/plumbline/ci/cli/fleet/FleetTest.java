package dev.plumbline.ci.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.ci.cli.config.TargetChoice;
import dev.plumbline.ci.cli.run.Peers;
import dev.plumbline.ci.cli.run.RunRequest;
import dev.plumbline.conformance.run.Selection;
import dev.plumbline.evidence.bundle.gate.Baseline;
import dev.plumbline.evidence.bundle.gate.KeptReproducers;
import dev.plumbline.evidence.bundle.report.Grid.Column;
import dev.plumbline.evidence.bundle.sign.SigningKey;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Consent;
import dev.plumbline.evidence.model.ExitCode;
import dev.plumbline.evidence.model.Profile;
import dev.plumbline.evidence.model.RunSettings;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.supplychain.SupplyChainOptions;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FleetTest {
  @TempDir private Path root;
  private final Set<String> ended = new ConcurrentSkipListSet<>();

  @Test
  void aServerThatCannotBeReachedIsAColumnAndEndsNoOther() throws Exception {
    List<Column> columns =
        run(
            entrant("missing", new TargetChoice.Command(List.of("/no/such/command"))),
            entrant("refused", url(closedPort())));

    assertThat(columns).extracting(Column::name).containsExactly("missing", "refused");
    assertThat(columns).extracting(Column::decision).containsOnly("NOT REACHABLE");
    assertThat(columns).extracting(Column::exitCode).containsOnly(ExitCode.USAGE.code());
    assertThat(columns.getFirst().problem()).contains("/no/such/command does not exist");
    assertThat(columns.getLast().problem()).contains("cannot reach");
    assertThat(ended).containsExactly("missing", "refused");
    assertThat(root.resolve("refused")).doesNotExist();
  }

  @Test
  void aVariableThatIsNotSetIsSaidOfItsOwnServer() throws Exception {
    Column column =
        run(entrant(
                "secretive",
                new TargetChoice.Command(
                    List.of("true"), Map.of("KEY", "${PLUMBLINE_NO_SUCH_VARIABLE}"))))
            .getFirst();

    assertThat(column.problem())
        .isEqualTo(
            "env KEY: the environment variable PLUMBLINE_NO_SUCH_VARIABLE is not set; export it"
                + " and run again");
  }

  @Test
  void aServerThatNeverAnswersIsCutOffByItsTimeout() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      Entrant patient = entrant("silent", url(silent.getLocalPort()));
      Column column =
          run(new Entrant("silent", patient.request(), Duration.ofMillis(200))).getFirst();

      assertThat(column.exitCode()).isEqualTo(ExitCode.HARNESS_FAULT.code());
      assertThat(column.problem()).startsWith("took longer than its timeout");
    }
  }

  private List<Column> run(Entrant... entrants) {
    List<Entrant> all = List.of(entrants);
    return new Fleet(root, 2, InstantSource.system(), "test", () -> false)
        .run(
            all,
            new FleetListener() {
              @Override
              public void started(int server) {}

              @Override
              public void planned(int server, int clauses) {}

              @Override
              public void judged(int server, CheckResult result) {}

              @Override
              public void ended(int server, Column column) {
                ended.add(column.name());
              }
            });
  }

  private Entrant entrant(String name, TargetChoice target) throws Exception {
    Path out = Files.createDirectories(root).resolve(name);
    RunRequest request =
        new RunRequest(
            List.of(Suite.CONFORMANCE),
            target,
            new RunSettings(Profile.QUICK, 1, Consent.READ_ONLY, false),
            out,
            Baseline.NONE,
            SigningKey.choose(Optional.empty(), Map.of()),
            Optional.empty(),
            Set.of(),
            Selection.ALL,
            Set.of(),
            Set.of(),
            Peers.NONE,
            SupplyChainOptions.NONE,
            KeptReproducers.NONE);
    return new Entrant(name, request, Duration.ofSeconds(20));
  }

  private static TargetChoice url(int port) {
    return new TargetChoice.Url(URI.create("http://127.0.0.1:" + port + "/mcp"), List.of());
  }

  private static int closedPort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
