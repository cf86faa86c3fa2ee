package dev.plumbline.server.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The clients of {@link HandoverRun}, each on a thread of its own, until they are told to stop. */
final class HandoverLoad {
  /** Between two requests of one client: the machine is to be busy, not overloaded. */
  private static final int PAUSE_MILLIS = 20;

  private static final int LISTENER_PAUSE_MILLIS = 40;

  /** A listener subscribes anew for every event; so many subscriptions are left standing. */
  private static final int STANDING = 20;

  /** What was announced last has this long to arrive. */
  private static final long LAST_EVENTS_SECONDS = 10;

  private static final int PROGRESS_STEPS = 4;
  private static final int QUARTER = 4;
  private static final int TASK_PAUSE_MILLIS = 100;
  private static final int MOST_LOOKS = 100;
  private static final Pattern TASK_ID = Pattern.compile("\"taskId\":\"([^\"]+)\"");

  private final int port;
  private final HandoverTally tally;
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicInteger listeners = new AtomicInteger();
  private volatile boolean over;

  HandoverLoad(int port, HandoverTally tally) {
    this.port = port;
    this.tally = tally;
  }

  private interface Work {
    void run() throws InterruptedException;
  }

  /** Begins: so many of the main kinds, fewer of the others; how many there are. */
  int begin(int clients) {
    int fewer = Math.max(1, clients / QUARTER);
    several(clients, () -> calls(true));
    several(fewer, () -> calls(false));
    several(fewer, this::callsWithoutSession);
    several(fewer, this::shortSessions);
    several(fewer, this::listens);
    several(fewer, this::follows);
    several(fewer, this::tasks);
    return threads.size();
  }

  private void several(int count, Work work) {
    for (int i = 0; i < count; i++) {
      threads.add(
          Thread.ofVirtual()
              .name("handover-client")
              .start(
                  () -> {
                    try {
                      work.run();
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                  }));
    }
  }

  /** Ends them all, each after what it has begun. */
  void end() throws InterruptedException {
    over = true;
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void pause(int millis) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(millis / 2 + ThreadLocalRandom.current().nextInt(millis));
  }

  private static String echo(String text) {
    return "\"name\":\"echo\",\"arguments\":{\"text\":\"" + text + "\"}";
  }

  /** One session, used all the time. */
  private void calls(boolean keeps) throws InterruptedException {
    try (HandoverClient client = new HandoverClient(port, keeps, tally)) {
      boolean opened = client.open();
      for (int i = 0; opened && !over; i++) {
        var _ = client.call("tools/call", echo("call-" + i), "call-" + i);
        pause(PAUSE_MILLIS);
      }
    }
  }

  private void callsWithoutSession() throws InterruptedException {
    try (HandoverClient client = new HandoverClient(port, true, tally)) {
      for (int i = 0; !over; i++) {
        client.callWithoutSession("stateless-" + i);
        pause(PAUSE_MILLIS);
      }
    }
  }

  /** Session after session: opened, used, ended. */
  private void shortSessions() throws InterruptedException {
    try (HandoverClient client = new HandoverClient(port, true, tally)) {
      while (!over) {
        if (client.open()) {
          var _ = client.call("tools/call", echo("short"), "short");
          pause(PAUSE_MILLIS);
          client.end();
        }
        pause(PAUSE_MILLIS);
      }
    }
  }

  /** A session that listens, and announces by itself what it is to hear. */
  private void listens() throws InterruptedException {
    try (HandoverClient client = new HandoverClient(port, true, tally)) {
      if (!client.open()) {
        return;
      }
      HandoverStreams stream = new HandoverStreams(port, client.sessionField(), tally);
      Thread listener =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      stream.listen();
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                  });
      // What others announce is nothing this session subscribed to.
      String mine = "n" + listeners.incrementAndGet() + "-";
      List<String> said = new ArrayList<>();
      for (int i = 0; !over; i++) {
        if (announced(client, mine, i)) {
          said.add(mine + i);
        }
        pause(LISTENER_PAUSE_MILLIS);
      }
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LAST_EVENTS_SECONDS);
      while (!stream.heard().containsAll(said) && System.nanoTime() < end) {
        pause(LISTENER_PAUSE_MILLIS);
      }
      stream.end();
      listener.join();
      tally.compare(said, stream.heard());
    }
  }

  private static boolean announced(HandoverClient client, String mine, int i) {
    if (i >= STANDING) {
      var _ = client.call("resources/unsubscribe", uri(mine + (i - STANDING)), "result");
    }
    return client.call("resources/subscribe", uri(mine + i), "result")
        && client.call(
            "tools/call",
            "\"name\":\"touch_data\",\"arguments\":{\"id\":\"" + mine + i + "\"}",
            "announced");
  }

  private static String uri(String id) {
    return "\"uri\":\"test://template/" + id + "/data\"";
  }

  /** Calls that report their progress, on connections of which many are cut off. */
  private void follows() throws InterruptedException {
    try (HandoverClient client = new HandoverClient(port, true, tally)) {
      if (!client.open()) {
        return;
      }
      HandoverStreams stream = new HandoverStreams(port, client.sessionField(), tally);
      for (int i = 0; !over; i++) {
        String label = "work-" + i;
        String params =
            "\"name\":\"slow_compute\",\"arguments\":{\"seconds\":0.4,\"label\":\""
                + label
                + "\"},\"_meta\":{\"progressToken\":\""
                + label
                + "\"}";
        // The last choice is never reached: that connection is left alone.
        int cutAfter = 1 + ThreadLocalRandom.current().nextInt(PROGRESS_STEPS + 2);
        stream.call(client.request("tools/call", params), label + " took", cutAfter);
      }
    }
  }

  /** Task after task, each looked at until it is completed, and its result collected. */
  private void tasks() throws InterruptedException {
    try (HandoverClient client = new HandoverClient(port, true, tally)) {
      boolean opened = client.open();
      for (int i = 0; opened && !over; i++) {
        String label = "task-" + i;
        int begun = tally.generation();
        String work =
            "\"name\":\"slow_compute\",\"arguments\":{\"seconds\":1,\"label\":\""
                + label
                + "\"},\"task\":{\"ttl\":60000}";
        Optional<String> id =
            client
                .ask("tools/call", work, "taskId")
                .map(TASK_ID::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1));
        if (id.isPresent() && collected(client, "\"taskId\":\"" + id.get() + "\"", label)) {
          tally.task(begun);
        }
      }
    }
  }

  private static boolean collected(HandoverClient client, String task, String label)
      throws InterruptedException {
    for (int i = 0; i < MOST_LOOKS; i++) {
      pause(TASK_PAUSE_MILLIS);
      Optional<String> state = client.ask("tasks/get", task, "status");
      if (state.isEmpty()) {
        return false;
      }
      if (state.get().contains("completed")) {
        break;
      }
    }
    return client.call("tasks/result", task, label + " took");
  }
}
