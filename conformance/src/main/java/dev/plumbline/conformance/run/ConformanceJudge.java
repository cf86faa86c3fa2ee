package dev.plumbline.conformance.run;

import dev.plumbline.evidence.model.Judge;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.SuiteResult;
import java.io.IOException;
import java.nio.file.Path;

/** Judges a folder of recordings. */
public final class ConformanceJudge implements Judge {
  @Override
  public Suite suite() {
    return Suite.CONFORMANCE;
  }

  @Override
  public SuiteResult judge(Path raw) throws IOException {
    if (!java.nio.file.Files.isDirectory(raw)) {
      throw new IOException(raw.getFileName() + " is missing");
    }
    return new SuiteResult(suite(), java.util.List.of(), java.util.Map.of());
  }
}
