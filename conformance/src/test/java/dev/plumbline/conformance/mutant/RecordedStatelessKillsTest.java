package dev.plumbline.conformance.mutant;

import dev.plumbline.evidence.model.Era;

class RecordedStatelessKillsTest extends RecordedKills {
  RecordedStatelessKillsTest() {
    super(Era.STATELESS);
  }
}
