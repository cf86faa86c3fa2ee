package dev.plumbline.ci.cli.fleet;

import dev.plumbline.evidence.bundle.report.Grid.Column;
import dev.plumbline.evidence.model.CheckResult;

/** Told what the runs of a fleet do, from many threads. */
public interface FleetListener {
  /** A server is being asked what it is. */
  void started(int server);

  /** So many clauses apply to it. */
  void planned(int server, int clauses);

  /** A clause is judged. */
  void judged(int server, CheckResult result);

  /** Its run is over. */
  void ended(int server, Column column);
}
