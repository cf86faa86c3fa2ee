package dev.plumbline.evidence.model;

/** Told by drivers while they work; implementations must be fast, thread-safe and never throw. */
public interface Progress {
  /**
   * The suite knows its plan.
   *
   * @param checks how many checks will run
   * @param skipped how many do not apply
   */
  void planned(Suite suite, int checks, int skipped);

  /** A check starts. */
  void started(Suite suite, String id, String title);

  /** A check is judged. */
  void finished(Suite suite, CheckResult result);

  /** Something worth a line, for example which fault backend is used. */
  void note(Suite suite, String text);

  /** Tells nobody. */
  Progress SILENT =
      new Progress() {
        @Override
        public void planned(Suite suite, int checks, int skipped) {}

        @Override
        public void started(Suite suite, String id, String title) {}

        @Override
        public void finished(Suite suite, CheckResult result) {}

        @Override
        public void note(Suite suite, String text) {}
      };
}
