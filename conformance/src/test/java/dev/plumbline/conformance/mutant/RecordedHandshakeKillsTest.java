package dev.plumbline.conformance.mutant;

import dev.plumbline.evidence.model.Era;

class RecordedHandshakeKillsTest extends RecordedKills {
  RecordedHandshakeKillsTest() {
    super(Era.HANDSHAKE);
  }
}
