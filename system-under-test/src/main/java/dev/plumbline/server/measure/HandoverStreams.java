package dev.plumbline.server.measure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One event stream as a client reads it: whenever its connection ends, or the client cuts it off
 * itself, it goes on after the last event on another one.
 */
final class HandoverStreams {
  private static final String LISTEN = "Accept: text/event-stream\r\n";
  private static final String POST =
      "Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\n";
  private static final Pattern UPDATED = Pattern.compile("template/([^/]+)/data");
  private static final Pattern PROGRESS = Pattern.compile("\"progress\":(\\d+)");
  private static final int OK = 200;

  /** As the server advises when another process goes on. */
  private static final long RETRY_MILLIS = 50;

  private final int port;
  private final String session;
  private final HandoverTally tally;
  private final List<String> heard = new ArrayList<>();
  private String last = "";
  private volatile boolean over;
  private volatile @Nullable HttpWire open;

  HandoverStreams(int port, String session, HandoverTally tally) {
    this.port = port;
    this.session = session;
    this.tally = tally;
  }

  /** What was heard so far. */
  synchronized List<String> heard() {
    return List.copyOf(heard);
  }

  /** Listens to the session until told to end. */
  void listen() throws InterruptedException {
    while (!over) {
      get(
          data -> {
            Matcher updated = UPDATED.matcher(data);
            if (updated.find()) {
              hear(updated.group(1));
            }
            return over;
          });
      TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
    }
  }

  /** Ends listening. */
  void end() {
    over = true;
    HttpWire now = open;
    if (now != null) {
      now.close();
    }
  }

  private synchronized void hear(String what) {
    heard.add(what);
  }

  /**
   * One call that reports its progress.
   *
   * @param request the message
   * @param cutAfter the client cuts the connection off after so many events
   */
  void call(String request, String answer, int cutAfter) throws InterruptedException {
    heard.clear();
    last = "";
    over = false;
    Predicate<String> listener =
        data -> {
          Matcher progress = PROGRESS.matcher(data);
          if (progress.find()) {
            hear(progress.group(1));
          } else if (data.contains(answer)) {
            hear("answer");
            over = true;
          }
          return over || heard.size() == cutAfter;
        };
    long begun = System.nanoTime();
    try (HttpWire wire = new HttpWire(port)) {
      HttpWire.Head head = wire.ask("POST", POST + session, request);
      if (head.status() != OK || !head.events()) {
        tally.failed("stream: " + head.status());
        return;
      }
      read(wire, listener);
    } catch (IOException | RuntimeException e) {
      tally.failed("stream: " + e);
      return;
    }
    tally.answered(begun);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!over && System.nanoTime() < end) {
      get(data -> listener.test(data) && over);
      if (!over) {
        TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
      }
    }
    tally.compare(List.of("1", "2", "3", "4", "answer"), heard());
  }

  /** One connection of a client that listens, or comes back. */
  private void get(Predicate<String> listener) {
    long begun = System.nanoTime();
    String after = last.isEmpty() ? "" : "Last-Event-ID: " + last + "\r\n";
    try (HttpWire wire = new HttpWire(port)) {
      open = wire;
      HttpWire.Head head = wire.ask("GET", LISTEN + session + after, "");
      if (head.status() != OK) {
        tally.failed("GET: " + head.status() + (after.isEmpty() ? "" : " with Last-Event-ID"));
        return;
      }
      tally.answered(begun);
      if (!after.isEmpty()) {
        tally.resumed();
      }
      read(wire, listener);
    } catch (IOException | RuntimeException e) {
      if (!over) {
        tally.failed("GET: " + e);
      }
    }
  }

  private void read(HttpWire wire, Predicate<String> listener) throws IOException {
    Optional<HttpWire.Event> event = wire.next();
    while (event.isPresent()) {
      if (!event.get().id().isEmpty()) {
        last = event.get().id();
      }
      if (!event.get().data().isEmpty() && listener.test(event.get().data())) {
        return;
      }
      event = wire.next();
    }
  }
}
