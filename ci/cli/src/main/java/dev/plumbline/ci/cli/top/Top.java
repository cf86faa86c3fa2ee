package dev.plumbline.ci.cli.top;

import dev.plumbline.ci.cli.config.UsageException;
import dev.plumbline.ci.cli.terminal.Display;
import dev.plumbline.ci.cli.terminal.Line;
import dev.plumbline.ci.cli.terminal.Tone;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Shows the server again and again, in the way the output can bear. */
public final class Top {
  private static final int NOTICES = 8;
  private static final int ROWS = 24;
  private static final Duration FIRST_WAIT = Duration.ofMillis(500);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);

  private final PrintStream out;
  private final Display display;
  private final URI control;
  private final Deque<JsonNode> notices = new ArrayDeque<>();
  private JsonNode last = JsonNodeFactory.instance.objectNode();

  /**
   * Nothing shown yet.
   *
   * @param out where to print
   * @param display what it can show
   * @param control the server, as the user names it
   */
  public Top(PrintStream out, Display display, URI control) {
    this.out = out;
    this.display = display;
    this.control = control;
  }

  /**
   * Prints one frame, or goes on until the server is gone.
   *
   * @param json JSON, one line for each snapshot, instead of lines for people
   * @throws UsageException when the server cannot be asked, or is gone
   */
  public void print(ControlStream stream, Duration every, boolean once, boolean json)
      throws UsageException, InterruptedException {
    try {
      stream.follow(
          every,
          new ControlStream.Listener() {
            @Override
            public boolean snapshot(JsonNode snapshot) {
              if (json) {
                out.println(snapshot);
              } else {
                lines(snapshot, display).forEach(line -> out.println(line.render(display)));
                if (!once) {
                  out.println();
                }
              }
              out.flush();
              return !once && !out.checkError();
            }

            @Override
            public void notice(JsonNode notice) {
              keep(notice);
            }
          });
    } catch (IOException e) {
      throw new UsageException("the connection to " + control + " is lost", e);
    }
  }

  /**
   * Paints frame over frame until the process is ended; comes back when the server does.
   *
   * @throws UsageException when the server cannot be asked at the beginning
   */
  public void watch(ControlStream stream, Duration every)
      throws UsageException, InterruptedException {
    try (Painter painter = new Painter(out)) {
      Runtime.getRuntime()
          .addShutdownHook(
              Thread.ofPlatform()
                  .name("top")
                  .unstarted(
                      () -> {
                        painter.close();
                        // Whoever ends it has seen enough: that is no failure.
                        Runtime.getRuntime().halt(0);
                      }));
      follow(stream, every, painter);
    }
  }

  private void follow(ControlStream stream, Duration every, Painter painter)
      throws UsageException, InterruptedException {
    Duration wait = FIRST_WAIT;
    while (true) {
      boolean[] heard = {false};
      String why;
      try {
        stream.follow(every, painting(painter, heard));
        why = "the server has gone";
      } catch (UsageException e) {
        if (last.isEmpty()) {
          throw e;
        }
        why = String.valueOf(e.getMessage());
      } catch (IOException e) {
        why = "the connection is lost";
      }
      wait = heard[0] ? FIRST_WAIT : longer(wait);
      lost(painter, why, wait);
      Thread.sleep(wait);
      notices.clear();
    }
  }

  private static Duration longer(Duration wait) {
    Duration doubled = wait.multipliedBy(2);
    return doubled.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : doubled;
  }

  private ControlStream.Listener painting(Painter painter, boolean[] heard) {
    return new ControlStream.Listener() {
      private Window window = new Window(ROWS, display.columns());

      @Override
      public boolean snapshot(JsonNode snapshot) {
        heard[0] = true;
        last = snapshot;
        window = window.now();
        Display now = display.withColumns(window.columns());
        painter.paint(lines(snapshot, now), now, window.rows());
        return true;
      }

      @Override
      public void notice(JsonNode notice) {
        keep(notice);
      }
    };
  }

  private void lost(Painter painter, String why, Duration wait) {
    Window window = new Window(ROWS, display.columns()).now();
    Display now = display.withColumns(window.columns());
    List<Line> lines = new ArrayList<>();
    lines.add(
        new Line()
            .add(" " + why + ": what follows is old", Tone.UNSURE)
            .add(" · trying again in " + Math.max(1, wait.toSeconds()) + " s"));
    lines.addAll(lines(last, now));
    painter.paint(lines, now, window.rows());
  }

  private void keep(JsonNode notice) {
    if (notices.size() == NOTICES) {
      notices.removeFirst();
    }
    notices.addLast(notice);
  }

  private List<Line> lines(JsonNode snapshot, Display now) {
    return Frame.of(now, snapshot, List.copyOf(notices), NOTICES);
  }
}
