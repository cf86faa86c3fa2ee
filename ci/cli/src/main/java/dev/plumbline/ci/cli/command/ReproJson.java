package dev.plumbline.ci.cli.command;

import dev.plumbline.ci.cli.repro.Event;
import dev.plumbline.ci.cli.repro.Known;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * All failures for machines.
 *
 * @param schema the version of this form
 * @param unfixed how many are neither fixed nor accepted
 * @param reproducers one entry a failure, the newest first
 */
record ReproJson(String schema, long unfixed, List<Entry> reproducers) {
  private static final String SCHEMA = "plumbline/reproducer-list/v1";

  /**
   * One failure.
   *
   * @param id its newest reproducer
   * @param fingerprint the same whatever run found it
   * @param file where the newest one lies
   * @param check what failed
   * @param level its weight
   * @param target who failed
   * @param summary what is wrong
   * @param state where it stands
   * @param blocks whether a build has to stop for it
   * @param kept whether the project's folder holds it
   * @param found in how many runs it was found
   * @param ageDays days since it was found last
   * @param how how it is replayed
   * @param history what happened to it
   */
  record Entry(
      String id,
      String fingerprint,
      String file,
      String check,
      String level,
      String target,
      String summary,
      String state,
      boolean blocks,
      boolean kept,
      int found,
      long ageDays,
      String how,
      List<Event> history) {}

  static ReproJson of(List<Known> known, Instant now) {
    return new ReproJson(
        SCHEMA,
        known.stream().filter(k -> k.state().blocks()).count(),
        known.stream().map(k -> entry(k, now)).toList());
  }

  private static Entry entry(Known known, Instant now) {
    var newest = known.newest();
    return new Entry(
        newest.id(),
        newest.fingerprint(),
        Paths.shown(known.file()).toString(),
        newest.check(),
        newest.level().name(),
        newest.target().name() + " " + newest.target().version(),
        newest.finding().summary(),
        known.state().word(),
        known.state().blocks(),
        known.kept(),
        known.seen(),
        Duration.between(newest.created(), now).toDays(),
        ReproText.how(newest),
        known.history());
  }
}
