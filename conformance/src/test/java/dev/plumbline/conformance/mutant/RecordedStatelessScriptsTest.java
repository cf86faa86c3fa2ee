package dev.plumbline.conformance.mutant;

import dev.plumbline.evidence.model.Era;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@EnabledIfSystemProperty(named = RecordedMatrix.FOLDER, matches = ".+")
class RecordedStatelessScriptsTest extends RecordedScripts {
  RecordedStatelessScriptsTest() {
    super(Era.STATELESS);
  }
}
