package dev.plumbline.perf.reliability.overload;

import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.perf.reliability.raw.Part;
import java.io.IOException;
import java.nio.file.Path;

/** Runs an experiment: {@code Main PLAN FOLDER}. Prints what happens, a line at a time. */
public final class Main {
  private static final int FAULT = 4;

  private Main() {}

  /** Ends with 0 once the record is written; otherwise the last line on standard error says why. */
  public static void main(String[] arguments) {
    try {
      OverloadPlan plan = Json.read(Path.of(arguments[0]), OverloadPlan.class);
      Path folder = Path.of(arguments[1]);
      if (plan.part().equals(Part.THROUGHPUT.id())) {
        new Throughput(plan, folder, System.out::println).run();
      } else {
        new Experiment(plan, folder, System.out::println).run();
      }
      System.exit(0);
    } catch (IOException | HarnessException | RuntimeException e) {
      System.err.println(e.getClass().getSimpleName() + ": " + e.getMessage());
      System.exit(FAULT);
    } catch (InterruptedException e) {
      System.err.println("interrupted");
      System.exit(FAULT);
    }
  }
}
