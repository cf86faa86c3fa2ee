package dev.plumbline.conformance.repro;

import dev.plumbline.evidence.model.Transport;

/**
 * A reproducer as a POSIX shell script: curl over HTTP, pipes for a process. It ends with 1 while
 * the failure is there, and with 0 when the answer is another one.
 */
final class ShellScript {
  private ShellScript() {}

  /** The script; a pure function of the reproducer. */
  static String of(Reproducer reproducer) {
    String head = head(reproducer);
    return switch (reproducer.way()) {
      case Way.Command command -> head + command(reproducer, command);
      case Way.Replay replay -> {
        Story story = new Story(reproducer, replay);
        yield head
            + story
                .obstacle()
                .map(why -> cannot(reproducer, why))
                .orElseGet(
                    () ->
                        story.transport() == Transport.HTTP
                            ? HttpScript.of(reproducer, story)
                            : PipeScript.of(reproducer, story));
      }
    };
  }

  private static String head(Reproducer reproducer) {
    return """
        #!/bin/sh
        %s
        %s
        %s
        %s
        #
        # Exit codes: 1 it fails as recorded, 0 the answer is another one, 2 usage,
        # 3 only Plumbline can tell, 4 it could not be replayed.
        set -u
        LC_ALL=C
        export LC_ALL
        plumbline=${PLUMBLINE:-./plumbline}
        """
        .formatted(
            Shell.comment(
                reproducer.id()
                    + ": "
                    + reproducer.check()
                    + " on "
                    + reproducer.target().name()
                    + " "
                    + reproducer.target().version()),
            Shell.comment(reproducer.finding().summary()),
            Shell.comment("Expected: " + reproducer.finding().expected()),
            Shell.comment("Actual: " + reproducer.finding().actual()));
  }

  private static String command(Reproducer reproducer, Way.Command command) {
    StringBuilder words = new StringBuilder("\"$plumbline\"");
    command.words().forEach(word -> words.append(' ').append(Shell.word(word)));
    StringBuilder own = new StringBuilder();
    reproducer.start().words().forEach(word -> own.append(' ').append(Shell.word(word)));
    return """
        # Runs the same check with the same seed: it needs Plumbline.
        if [ $# -eq 0 ]; then set --%s; fi
        command -v "$plumbline" >/dev/null 2>&1 || {
          echo "set PLUMBLINE to the program of that name" >&2
          exit 4
        }
        %s "$@"
        """
        .formatted(own, words);
  }

  private static String cannot(Reproducer reproducer, String why) {
    return """
        echo %s >&2
        exec "$plumbline" repro run "${0%%.sh}.json"
        """
        .formatted(
            Shell.quoted(
                "This one is replayed by Plumbline itself, since "
                    + why
                    + ": plumbline repro run "
                    + reproducer.id()));
  }

  /** The functions that tell what came back and conclude. */
  static String conclusion(Reproducer reproducer, Story story) {
    Sign sign = story.sign();
    String told =
        """
        show() { # what, file: its beginning, without what a terminal would obey
          printf '%%s\\n' "--- $1"
          head -c 2000 "$2" | tr -cd '\\11\\12\\40-\\176'
          echo
        }
        show 'came back' "$work/%1$d.body"
        printf '%%s\\n' '--- expected' %2$s
        """
            .formatted(story.telling(), Shell.quoted(Shell.line(reproducer.finding().expected())));
    if (!sign.tells()) {
      return told
          + """
          echo "Only the rule can tell: $plumbline repro run %s" >&2
          exit 3
          """
              .formatted(reproducer.id());
    }
    return told
        + """
        if fails; then
          echo %s
          exit 1
        fi
        echo 'no longer there: the answer is another one than was recorded'
        exit 0
        """
            .formatted(Shell.quoted("it fails: " + Shell.line(reproducer.finding().summary())));
  }
}
