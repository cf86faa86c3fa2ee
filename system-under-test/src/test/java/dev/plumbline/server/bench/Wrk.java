package dev.plumbline.server.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * The load generator.
 *
 * @param program where it is
 * @param script what it sends
 * @param threads its threads
 * @param connections its connections
 */
record Wrk(String program, String script, int threads, int connections) {
  /** Loads a server for a while with calls in one session. */
  Round run(Contender target, String session, Duration length)
      throws IOException, InterruptedException {
    Counters.Reading before = target.read();
    Process process =
        new ProcessBuilder(
                List.of(
                    program,
                    "-t" + threads,
                    "-c" + connections,
                    "-d" + length.toSeconds() + "s",
                    "-s",
                    script,
                    target.endpoint().toString(),
                    "--",
                    session,
                    Calls.ECHO))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    Counters.Reading used = target.read().since(before);
    return Round.parse(output, used)
        .filter(round -> round.requests() > 0)
        .orElseThrow(() -> new IOException(target.name() + ": no figures in: " + output));
  }
}
