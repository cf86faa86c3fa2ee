package dev.plumbline.conformance.mutant;

import dev.plumbline.evidence.model.Era;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@EnabledIfSystemProperty(named = RecordedMatrix.FOLDER, matches = ".+")
class RecordedHandshakeScriptsTest extends RecordedScripts {
  RecordedHandshakeScriptsTest() {
    super(Era.HANDSHAKE);
  }
}
