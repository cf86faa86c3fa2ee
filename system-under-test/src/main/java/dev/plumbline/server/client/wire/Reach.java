package dev.plumbline.server.client.wire;

import dev.plumbline.server.config.Live;
import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.limit.Breakers;
import dev.plumbline.server.limit.CircuitBreaker;
import dev.plumbline.server.limit.Clocks;
import dev.plumbline.server.limit.RetryBudget;
import dev.plumbline.server.machine.Machines;
import dev.plumbline.server.observe.EventLog;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What all wires and streams to one server share (C8, R160): the breaker that leaves a server alone
 * which cannot be reached, and the budget of attempts after something broke. However many requests
 * wait for a server, it is not tried more often for their number. Safe for any number of threads.
 */
public final class Reach {
  private final CircuitBreaker breaker;
  private final RetryBudget budget;

  /** Nothing tried yet, on these clocks. */
  Reach(Clocks clocks) {
    this.breaker =
        new Breakers(
                new Live<>(ServerConfig.standard()),
                new EventLog(clocks.wall()),
                clocks,
                Machines.unobserved(clocks.ticker()))
            .named("server");
    this.budget = RetryBudget.standard(clocks.ticker());
  }

  /** Nothing tried yet. */
  public static Reach ofOneServer() {
    return new Reach(Clocks.of(System::nanoTime));
  }

  /** Something that reaches for the server. */
  @FunctionalInterface
  interface Attempt<T> {
    /** Reaches. */
    T make() throws IOException, InterruptedException;
  }

  /**
   * Makes an attempt, unless the server is left alone now.
   *
   * @param away true for a failure that says that the server cannot be reached
   * @throws ServerAwayException when it is left alone; nothing was sent
   */
  <T> T attempt(Predicate<IOException> away, Attempt<T> attempt)
      throws IOException, InterruptedException {
    Optional<CircuitBreaker.Call> leave = breaker.tryCall();
    if (leave.isEmpty()) {
      throw new ServerAwayException(breaker.retryAfter());
    }
    try (CircuitBreaker.Call call = leave.get()) {
      return told(call, away, attempt);
    }
  }

  private static <T> T told(
      CircuitBreaker.Call call, Predicate<IOException> away, Attempt<T> attempt)
      throws IOException, InterruptedException {
    try {
      T reached = attempt.make();
      call.succeeded();
      return reached;
    } catch (IOException e) {
      if (away.test(e)) {
        call.failed();
      }
      throw e;
    }
  }

  /** Takes one attempt after something broke; false when 30 s hold no more than 5 of them. */
  public boolean again() {
    return budget.take();
  }
}
