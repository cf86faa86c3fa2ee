package dev.plumbline.perf.load;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One place in memory for every request of a schedule, so that taking a sample neither waits nor
 * allocates. Workers write different places; reading is allowed once they have ended.
 */
public final class Samples {
  /** So many failures are kept in words. */
  public static final int MAX_FAILURES = 20;

  /** No failure is told at greater length. */
  public static final int MAX_DETAIL = 500;

  private final ConstantRate schedule;
  private final long[] ready;
  private final long[] begin;
  private final long[] end;
  private final long[] pulse;
  private final @Nullable Outcome[] outcome;
  private final List<Failure> failures = new ArrayList<>();

  /**
   * A failure in words.
   *
   * @param index the request's number in the schedule
   * @param outcome how it ended
   * @param detail what was seen
   */
  public record Failure(int index, Outcome outcome, String detail) {}

  /** Places for every request of the schedule. */
  public Samples(ConstantRate schedule) {
    this.schedule = schedule;
    int count = schedule.count();
    ready = new long[count];
    begin = new long[count];
    end = new long[count];
    pulse = new long[count];
    outcome = new Outcome[count];
  }

  /** The schedule the samples belong to. */
  public ConstantRate schedule() {
    return schedule;
  }

  /**
   * A request that was sent. Times are in nanoseconds since the schedule's start.
   *
   * @param readyNanos when its worker was free for it
   * @param beginNanos when it was really sent
   */
  void sent(int index, long readyNanos, long beginNanos, long endNanos, Answer answer) {
    ready[index] = readyNanos;
    begin[index] = beginNanos;
    end[index] = endNanos;
    outcome[index] = answer.outcome();
    tell(index, answer.outcome(), answer.detail());
  }

  /** A request given up at {@code atNanos} because no worker came free within the deadline. */
  void notStarted(int index, long atNanos) {
    ready[index] = atNanos;
    begin[index] = atNanos;
    end[index] = atNanos;
    outcome[index] = Outcome.NOT_STARTED;
    tell(index, Outcome.NOT_STARTED, Outcome.NOT_STARTED.meaning());
  }

  /** When the engine's pulse, which calls nothing, woke up for this request. */
  void pulse(int index, long wokenNanos) {
    pulse[index] = wokenNanos;
  }

  private void tell(int index, Outcome how, String detail) {
    if (how.isOk() || index < schedule.warmUpCount()) {
      return;
    }
    synchronized (failures) {
      if (failures.size() < MAX_FAILURES) {
        String text = detail.length() <= MAX_DETAIL ? detail : detail.substring(0, MAX_DETAIL);
        failures.add(new Failure(index, how, text));
      }
    }
  }

  /** Whether the request was ended by the engine; false only when a run was cut short. */
  public boolean isTaken(int index) {
    return outcome[index] != null;
  }

  /**
   * How the request ended.
   *
   * @throws IllegalStateException when it is not {@linkplain #isTaken taken}
   */
  public Outcome outcome(int index) {
    Outcome how = outcome[index];
    if (how == null) {
      throw new IllegalStateException("request " + index + " has no outcome");
    }
    return how;
  }

  /** From the intended start to the end: what a user waits. */
  public long latencyNanos(int index) {
    return Math.max(0, end[index] - schedule.intendedNanos(index));
  }

  /** From the actual send to the end: what a generator without a plan would see. */
  public long serviceNanos(int index) {
    return Math.max(0, end[index] - begin[index]);
  }

  /**
   * How late the generator was by its own doing: sent after both the intended start and the moment
   * a connection was free, or, if that is more, how late the engine's pulse woke up for it. Waiting
   * for a connection that the target keeps busy is the target's time, not the generator's.
   */
  public long latenessNanos(int index) {
    long intended = schedule.intendedNanos(index);
    long sendLate = begin[index] - Math.max(intended, ready[index]);
    long wakeLate = pulse[index] == 0 ? 0 : pulse[index] - intended;
    return Math.max(0, Math.max(sendLate, wakeLate));
  }

  /** Whether the request was due before a connection was free for it. */
  public boolean waited(int index) {
    return ready[index] > schedule.intendedNanos(index);
  }

  /** The first failures after the warm-up, in the order of the schedule. */
  public List<Failure> failures() {
    synchronized (failures) {
      return failures.stream().sorted(java.util.Comparator.comparingInt(Failure::index)).toList();
    }
  }
}
