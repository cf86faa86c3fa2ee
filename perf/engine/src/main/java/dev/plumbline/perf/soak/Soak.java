package dev.plumbline.perf.soak;

import dev.plumbline.conformance.target.FixtureServer;
import dev.plumbline.conformance.target.Installation;
import dev.plumbline.evidence.model.ExitCode;
import dev.plumbline.evidence.model.HarnessException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Starts the bundled server and soaks it: {@code Soak CALLS SESSIONS REPORT-FILE}. */
public final class Soak {
  /** More live heap than this for each finished session, at 95 %, is growth. */
  private static final double MAX_BYTES_PER_SESSION = 2;

  private Soak() {}

  /** Runs both parts; exits 0 when every answer was right and the heap is flat. */
  public static void main(String[] arguments) {
    if (arguments.length != 3) {
      System.err.println("usage: Soak CALLS SESSIONS REPORT-FILE");
      System.exit(ExitCode.USAGE.code());
      return;
    }
    System.exit(
        run(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]), Path.of(arguments[2])));
  }

  private static int run(int calls, int sessions, Path file) {
    Report report = new Report();
    // Each worker asks as fast as it can in one session, which is what the rate is there to refuse.
    try (FixtureServer server =
        FixtureServer.start(Installation.current(), List.of("rate.kind=off"))) {
      try {
        CallSoak.run(server.endpoint(), calls, report);
        Slope slope = SessionSoak.run(server.endpoint(), server.pid(), sessions, report);
        boolean flat = slope.upper() < MAX_BYTES_PER_SESSION;
        report.add(
            String.format(
                Locale.ROOT,
                "live heap grows by %.3f ± %.3f bytes a session (95 %%): %s",
                slope.perUnit(),
                1.96 * slope.error(),
                flat ? "flat" : "NOT FLAT"));
        return flat ? ExitCode.GO.code() : ExitCode.NO_GO.code();
      } finally {
        report.write(file);
      }
    } catch (IOException | HarnessException e) {
      System.err.println("soak: " + e.getMessage());
      return ExitCode.NO_GO.code();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.HARNESS_FAULT.code();
    }
  }
}
