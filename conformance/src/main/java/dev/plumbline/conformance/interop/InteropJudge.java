package dev.plumbline.conformance.interop;

import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Finding;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.Judge;
import dev.plumbline.evidence.model.Level;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.Transport;
import dev.plumbline.evidence.model.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Judges the table of interoperability; a cell that was not run is never a pass. */
public final class InteropJudge implements Judge {
  /** The file it reads, as {@code .ci/interop} leaves it. */
  public static final String TABLE = InteropTable.FILE;

  private static final String RAW = "raw/interop/" + TABLE;

  @Override
  public Suite suite() {
    return Suite.INTEROP;
  }

  @Override
  public SuiteResult judge(Path raw) throws IOException {
    InteropTable table = Json.read(raw.resolve(InteropTable.FILE), InteropTable.class);
    if (!table.schema().equals(InteropTable.SCHEMA)) {
      throw new IOException(InteropTable.FILE + ": unknown form " + table.schema());
    }
    Map<String, String> facts = new TreeMap<>();
    for (InteropTable.Cell cell : table.cells()) {
      facts.put("sdk-" + cell.sdk(), cell.version().isEmpty() ? "not had" : cell.version());
    }
    List<CheckResult> checks = table.cells().stream().map(InteropJudge::check).toList();
    return new SuiteResult(Suite.INTEROP, checks, facts);
  }

  private static CheckResult check(InteropTable.Cell cell) {
    String way =
        cell.direction().equals("client")
            ? "the " + cell.sdk() + " SDK's client with our server"
            : "our client with the " + cell.sdk() + " SDK's server";
    return new CheckResult(
        ("IO-" + cell.sdk() + "-" + cell.direction() + "-" + cell.feature())
            .replaceAll("[^A-Za-z0-9]", "-")
            .toUpperCase(Locale.ROOT),
        cell.feature() + ": " + way,
        Level.MUST,
        null,
        Transport.HTTP,
        "samples/interop",
        verdict(cell, way),
        List.of(),
        List.of(RAW));
  }

  private static Verdict verdict(InteropTable.Cell cell, String way) {
    return switch (cell.outcome()) {
      case "pass" -> new Verdict.Pass(1);
      case "not-supported" -> new Verdict.NotApplicable("the SDK cannot: " + cell.detail());
      case "not-run" -> new Verdict.NotObserved("not run: " + cell.detail());
      default ->
          new Verdict.Fail(
              new Finding(
                  cell.feature() + " does not work between " + way,
                  cell.feature(),
                  cell.detail(),
                  "the feature works with a peer made by others",
                  cell.outcome() + ": " + cell.detail(),
                  "run .ci/interop and read target/interop",
                  List.of(RAW)));
    };
  }
}
