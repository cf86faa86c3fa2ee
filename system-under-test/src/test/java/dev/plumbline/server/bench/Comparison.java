package dev.plumbline.server.bench;

import dev.plumbline.server.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Our server beside a bare echo of the same answer, under the same load, in turns: how much of what
 * Netty can do is left when the protocol is kept.
 */
public final class Comparison {
  /** So many requests make the compiler settle, however busy the machine is. */
  private static final long WARM_UP_REQUESTS = 400_000;

  private static final int MAX_WARM_UP_TURNS = 5;
  private static final Duration TURN = Duration.ofSeconds(5);
  private static final int ROUNDS = 5;
  private static final int CONNECTIONS = 32;
  private static final long FIRST_ID = 9_000_000_000L;

  private Comparison() {}

  /** Arguments: the load generator, its script, the folder for the report. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path out = Files.createDirectories(Path.of(arguments[2]));
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    Wrk wrk = new Wrk(arguments[0], arguments[1], threads, CONNECTIONS);
    Path answer = out.resolve("answer.json");
    try (Contender ours =
            Contender.start("plumbline", Main.class, "--port", "0", "--set", "rate.kind=off");
        SessionOpening sessions = new SessionOpening(ours.endpoint())) {
      Files.write(answer, sessions.answer(sessions.open(), FIRST_ID));
      try (Contender echo = Contender.start("bare echo", BareEcho.class, answer.toString())) {
        Report report = new Report(wrk, TURN, rounds(wrk, echo, ours, sessions));
        // The calls that were measured still do what they say.
        var _ = sessions.answer(sessions.open(), FIRST_ID + 1);
        Files.writeString(out.resolve("report.txt"), report.text());
        Files.writeString(out.resolve("report.json"), report.json());
        System.out.print(report.text());
        if (report.failed() > 0) {
          System.exit(1);
        }
      }
    }
  }

  private static List<Report.Pair> rounds(
      Wrk wrk, Contender echo, Contender ours, SessionOpening sessions)
      throws IOException, InterruptedException {
    List<Report.Pair> pairs = new ArrayList<>();
    warmUp(wrk, echo, sessions);
    warmUp(wrk, ours, sessions);
    for (int round = 0; round < ROUNDS; round++) {
      Round bare = wrk.run(echo, sessions.open(), TURN);
      Round served = wrk.run(ours, sessions.open(), TURN);
      pairs.add(new Report.Pair(bare, served));
      System.err.printf("round %d: %.3f of the echo%n", round + 1, pairs.getLast().ratio());
    }
    return pairs;
  }

  private static void warmUp(Wrk wrk, Contender target, SessionOpening sessions)
      throws IOException, InterruptedException {
    long requests = 0;
    for (int turn = 0; turn < MAX_WARM_UP_TURNS && requests < WARM_UP_REQUESTS; turn++) {
      requests += wrk.run(target, sessions.open(), TURN).requests();
    }
  }
}
