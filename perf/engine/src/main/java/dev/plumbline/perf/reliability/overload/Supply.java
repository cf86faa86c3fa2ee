package dev.plumbline.perf.reliability.overload;

import dev.plumbline.perf.client.RawConnection;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps sessions and tasks in stock for control requests that end them. Under overload its workers
 * are refused like anybody else, and ask again.
 */
final class Supply implements AutoCloseable {
  private static final int WORKERS = 4;
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration FILL_WITHIN = Duration.ofSeconds(60);

  /** Ids of requests that belong to one task; the others are looks at it. */
  private static final int NUMBERS = 100;

  /** A session owns no more tasks than this, and is replaced then. */
  private static final int TASKS_OF_A_SESSION = 500;

  private final URI endpoint;
  private final Stock sessions;
  private final Stock tasks;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopped;
  private volatile String problem = "";

  Supply(URI endpoint, int sessions, int tasks) {
    this.endpoint = endpoint;
    this.sessions = new Stock(sessions);
    this.tasks = new Stock(tasks);
    for (int i = 0; i < WORKERS; i++) {
      threads.add(Thread.ofPlatform().name("supply-" + i).daemon().unstarted(new Worker()));
    }
  }

  /**
   * Begins, and waits until everything is in stock.
   *
   * @throws IOException when that takes too long
   */
  void fill() throws IOException, InterruptedException {
    threads.forEach(Thread::start);
    long limit = System.nanoTime() + FILL_WITHIN.toNanos();
    while (wanted()) {
      if (System.nanoTime() > limit) {
        throw new IOException("no sessions and tasks to end could be opened: " + problem);
      }
      Thread.sleep(PAUSE);
    }
  }

  private boolean wanted() {
    return sessions.missing() + tasks.missing() > 0;
  }

  /** The id of a session nobody uses. */
  Optional<String> session() {
    return sessions.take();
  }

  /** The id of a task that works. */
  Optional<String> task() {
    return tasks.take();
  }

  /** Ids in stock. A place is reserved before anything is opened: nothing is opened in vain. */
  private static final class Stock {
    private final Queue<String> ids = new ConcurrentLinkedQueue<>();
    private final AtomicInteger open = new AtomicInteger();
    private final int size;

    Stock(int size) {
      this.size = size;
    }

    int missing() {
      return size - ids.size();
    }

    boolean reserve() {
      int now = open.get();
      return now < size && open.compareAndSet(now, now + 1);
    }

    void add(String id) {
      ids.add(id);
    }

    void giveUp() {
      open.decrementAndGet();
    }

    Optional<String> take() {
      String id = ids.poll();
      if (id != null) {
        open.decrementAndGet();
      }
      return Optional.ofNullable(id);
    }
  }

  @Override
  public void close() {
    stopped = true;
    threads.forEach(Thread::interrupt);
  }

  /** Opens what is missing, over one connection. */
  private final class Worker implements Runnable {
    private @Nullable RawConnection connection;
    private String owner = "";
    private int owned;

    @Override
    public void run() {
      try {
        while (!stopped) {
          if (!wanted() || !stockUp()) {
            Thread.sleep(PAUSE);
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        disconnect();
      }
    }

    /** One more of what is missing; false when there is none, or it was refused. */
    private boolean stockUp() throws InterruptedException {
      Stock stock = tasks.missing() > 0 ? tasks : sessions;
      if (!stock.reserve()) {
        return false;
      }
      boolean done = false;
      try {
        RawConnection open = connected();
        stock.add(stock == tasks ? task(open) : Dialogue.id(Dialogue.open(open)));
        done = true;
      } catch (Dialogue.RefusedException e) {
        problem = String.valueOf(e.getMessage());
      } catch (IOException | RuntimeException e) {
        problem = String.valueOf(e.getMessage());
        disconnect();
      } finally {
        if (!done) {
          stock.giveUp();
        }
      }
      return done;
    }

    /** A task may fail as soon as it begins, when there is no room for its tool. */
    private String task(RawConnection open) throws IOException, InterruptedException {
      if (owner.isEmpty() || owned >= TASKS_OF_A_SESSION) {
        owner = Dialogue.open(open);
        owned = 0;
      }
      owned++;
      // An id is used once in a session, and 1 is initialize.
      long number = (long) owned * NUMBERS;
      String id = Dialogue.task(open, owner, number);
      for (int look = 1; look < NUMBERS; look++) {
        Thread.sleep(PAUSE);
        Optional<String> status = Dialogue.status(open, owner, number + look, id);
        if (status.isPresent() && !status.get().equals("working")) {
          throw new Dialogue.RefusedException("the task is " + status.get());
        }
        if (status.isPresent()) {
          return id;
        }
      }
      throw new IOException("a task cannot be seen");
    }

    private RawConnection connected() throws IOException {
      RawConnection open = connection;
      if (open == null) {
        open = new RawConnection(endpoint, TIMEOUT);
        connection = open;
      }
      return open;
    }

    private void disconnect() {
      RawConnection old = connection;
      connection = null;
      if (old != null) {
        try {
          old.close();
        } catch (IOException e) {
          problem = String.valueOf(e.getMessage());
        }
      }
    }
  }
}
