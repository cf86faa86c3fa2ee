package dev.plumbline.conformance.model;

/** One thing that may be done next in a walk. */
public interface Command {
  /** What is done, in a few words; tells it from every other command of the same state. */
  String label();

  /** What is sent. */
  Ask ask();
}
